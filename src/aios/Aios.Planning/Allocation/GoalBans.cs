using Aios.Numerics;

namespace Aios.Planning;

/// <summary>Places that failed as goals, each for a time that doubles with every failure there.</summary>
internal sealed class GoalBans
{
    private const int MaxDoublings = 6;
    private readonly List<Ban> _bans = [];
    private readonly double _radius;
    private readonly long _durationNs;

    public GoalBans(double radiusM, double durationS)
    {
        _radius = radiusM;
        _durationNs = (long)(durationS * 1e9);
    }

    public void Add(Vector2d place, long nowNs)
    {
        for (int i = 0; i < _bans.Count; i++)
        {
            if (_bans[i].Place.DistanceTo(place) <= _radius)
            {
                int failures = Math.Min(_bans[i].Failures + 1, MaxDoublings);
                _bans[i] = new Ban(_bans[i].Place, nowNs + (_durationNs << failures), failures);
                return;
            }
        }

        _bans.Add(new Ban(place, nowNs + _durationNs, 0));
    }

    public bool IsBanned(Vector2d place, long nowNs)
    {
        foreach (Ban ban in _bans)
        {
            if (ban.UntilNs > nowNs && ban.Place.DistanceTo(place) <= _radius)
            {
                return true;
            }
        }

        return false;
    }

    public void Clear() => _bans.Clear();

    private readonly record struct Ban(Vector2d Place, long UntilNs, int Failures);
}
