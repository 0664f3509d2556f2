using Aios.Numerics;
using Aios.Planning;

namespace Aios.Nodes;

/// <summary>Remembers what lost rovers were about until this rover takes it over.</summary>
public sealed class LostWork
{
    private readonly Dictionary<string, FrontierClaim> _lastClaim = new(StringComparer.Ordinal);
    private readonly List<string> _lost = [];
    private readonly List<FrontierClaim> _open = [];

    /// <summary>True for a rover declared lost.</summary>
    public bool IsLost(string rover) => _lost.Contains(rover);

    /// <summary>Takes a rover's newest claim.</summary>
    public void OnClaim(in FrontierClaim claim) => _lastClaim[claim.Rover] = claim;

    /// <summary>A rover was declared lost.</summary>
    /// <returns>True the first time.</returns>
    public bool OnLost(string rover)
    {
        if (_lost.Contains(rover))
        {
            return false;
        }

        _lost.Add(rover);
        _open.Add(_lastClaim.TryGetValue(rover, out var claim)
            ? claim
            : new FrontierClaim(rover, new Vector2d(double.NaN, double.NaN), 0, 0, 0, false));
        return true;
    }

    /// <summary>
    /// Work of lost rovers that goes over to this one with its new task. A fleet shares all frontiers, so the first task
    /// that a rover takes after a loss, with the lost rover's claim released, is a share of the lost rover's work.
    /// </summary>
    public IReadOnlyList<FrontierClaim> TakeOver(Vector2d newTarget)
    {
        if (_open.Count == 0 || !double.IsFinite(newTarget.X))
        {
            return [];
        }

        var taken = _open.ToList();
        _open.Clear();
        return taken;
    }
}
