using Aios.Numerics;

namespace Aios.Sim;

/// <summary>What a rover may not do, judged by the truth.</summary>
public sealed record SafetyLimits
{
    /// <value>Largest ground speed, m/s.</value>
    public double MaxSpeedMps { get; init; } = 0.7;

    /// <value>Largest tilt, rad.</value>
    public double MaxTiltRad { get; init; } = 0.52;

    /// <value>Geofence in the map frame, m.</value>
    public double MinX { get; init; } = double.NegativeInfinity;

    /// <inheritdoc cref="MinX"/>
    public double MinY { get; init; } = double.NegativeInfinity;

    /// <inheritdoc cref="MinX"/>
    public double MaxX { get; init; } = double.PositiveInfinity;

    /// <inheritdoc cref="MinX"/>
    public double MaxY { get; init; } = double.PositiveInfinity;

    /// <value>Ground not to be entered; area i is open while bit i of the permits is set.</value>
    public IReadOnlyList<Polygon> Zones { get; init; } = [];

    /// <value>A rover that has been told to stop may roll on for this long, s.</value>
    public double StopTimeS { get; init; } = 1.0;

    /// <value>Wheels turning slower than this stand still, m/s at the rim.</value>
    public double StandstillMps { get; init; } = 0.02;

    /// <value>An excess must last this long to count, s.</value>
    public double PersistenceS { get; init; } = 0.1;
}

/// <summary>Kinds of safety violation.</summary>
public enum SafetyViolation
{
    Speed = 0,
    Tilt = 1,
    Geofence = 2,
    MovingWhileStopped = 3,
    Zone = 4,
}

/// <summary>Counts the safety violations of one rover: one per unbroken episode of each kind.</summary>
public sealed class SafetyScorer(SafetyLimits limits)
{
    private readonly int[] _counts = new int[5];
    private readonly long[] _sinceNs = [-1, -1, -1, -1, -1];
    private readonly bool[] _counted = new bool[5];
    private long _stoppedSinceNs = -1;

    /// <summary>All violations so far.</summary>
    public int Total => _counts.Sum();

    /// <summary>Largest tilt seen, rad.</summary>
    public double MaxTiltRad { get; private set; }

    /// <summary>Largest ground speed seen, m/s.</summary>
    public double MaxSpeedMps { get; private set; }

    public int Count(SafetyViolation kind) => _counts[(int)kind];

    /// <summary>Judges one instant; times must not run backward.</summary>
    /// <param name="truth">The rover's true state.</param>
    /// <param name="stopped">The rover's gate says that it has stopped the rover.</param>
    /// <param name="permits">Zones that the fleet lets it enter, as bits.</param>
    /// <returns>True when a new violation was counted.</returns>
    public bool Update(in RoverTruth truth, bool stopped, ulong permits = 0)
    {
        double speed = truth.BodyVelocity.Length;
        MaxTiltRad = Math.Max(MaxTiltRad, truth.TiltRad);
        MaxSpeedMps = Math.Max(MaxSpeedMps, speed);
        _stoppedSinceNs = !stopped ? -1 : _stoppedSinceNs < 0 ? truth.TimeNs : _stoppedSinceNs;
        bool wheelsTurn = Math.Max(Math.Abs(truth.RimLeftMps), Math.Abs(truth.RimRightMps)) > limits.StandstillMps;
        bool shouldStand = stopped && truth.TimeNs - _stoppedSinceNs > (long)(limits.StopTimeS * 1e9);
        double x = truth.Position.X;
        double y = truth.Position.Y;
        bool inside = x >= limits.MinX && x <= limits.MaxX && y >= limits.MinY && y <= limits.MaxY;
        return Judge(SafetyViolation.Speed, speed > limits.MaxSpeedMps, truth.TimeNs)
            | Judge(SafetyViolation.Tilt, truth.TiltRad > limits.MaxTiltRad, truth.TimeNs)
            | Judge(SafetyViolation.Geofence, !inside, truth.TimeNs)
            | Judge(SafetyViolation.MovingWhileStopped, shouldStand && wheelsTurn, truth.TimeNs)
            | Judge(SafetyViolation.Zone, IsInClosedZone(x, y, permits), truth.TimeNs);
    }

    private bool IsInClosedZone(double x, double y, ulong permits)
    {
        for (int i = 0; i < limits.Zones.Count; i++)
        {
            if ((i >= 64 || ((permits >> i) & 1) == 0) && limits.Zones[i].SignedDistance(x, y) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool Judge(SafetyViolation kind, bool violated, long nowNs)
    {
        int k = (int)kind;
        if (!violated)
        {
            _sinceNs[k] = -1;
            _counted[k] = false;
            return false;
        }

        _sinceNs[k] = _sinceNs[k] < 0 ? nowNs : _sinceNs[k];
        if (_counted[k] || nowNs - _sinceNs[k] < (long)(limits.PersistenceS * 1e9))
        {
            return false;
        }

        _counted[k] = true;
        _counts[k]++;
        return true;
    }
}
