using Aios.Numerics;
using Aios.Planning;

namespace Aios.Nodes;

/// <summary>Remembers what lost rovers were about until this rover takes it over.</summary>
public sealed class LostWork
{
    /// <summary>A task that leads this near to the lost rover's goal is its work, m.</summary>
    private const double TakeOverRadius = 6.0;

    /// <summary>Without a frontier this near to the lost rover's goal there is nothing left to see there, m.</summary>
    private const double KnownRadius = 4.0;
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

    /// <summary>Work of lost rovers that is settled now, each once, and how.</summary>
    /// <param name="task">Where this rover's present task leads, null without one.</param>
    /// <param name="frontiers">Frontiers known to this rover.</param>
    public IReadOnlyList<SettledWork> Settle(Vector2d? task, IReadOnlyList<Frontier> frontiers)
    {
        if (_open.Count == 0)
        {
            return [];
        }

        var settled = new List<SettledWork>();
        foreach (var claim in _open)
        {
            if (HowSettled(claim, task, frontiers) is { } how)
            {
                settled.Add(new SettledWork(claim, how));
            }
        }

        _open.RemoveAll(claim => settled.Exists(work => work.Claim == claim));
        return settled;
    }

    private static string? HowSettled(in FrontierClaim claim, Vector2d? task, IReadOnlyList<Frontier> frontiers)
    {
        if (!claim.IsActive)
        {
            return "it had no task";
        }

        if (task is { } target && target.DistanceTo(claim.Target) <= TakeOverRadius)
        {
            return "its frontier is this rover's task now";
        }

        foreach (var frontier in frontiers)
        {
            if (frontier.Centroid.DistanceTo(claim.Target) <= KnownRadius)
            {
                return null;
            }
        }

        return "what it aimed at is known";
    }
}

/// <summary>Work of a lost rover, and how it was settled.</summary>
public sealed record SettledWork(FrontierClaim Claim, string How);
