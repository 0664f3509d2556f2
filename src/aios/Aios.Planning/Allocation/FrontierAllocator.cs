using Aios.Numerics;

namespace Aios.Planning;

/// <summary>
/// Picks this rover's frontier so that the fleet spreads out, from what the rovers tell each other and nothing else.
/// </summary>
/// <remarks>
/// Burgard, Moors, Stachniss and Schneider, "Coordinated Multi-Robot Exploration", T-RO 2005: a frontier's utility is
/// its gain less the cost to get there, and falls near goals of others. Their assignment is central and in rounds; here
/// each rover decides alone and the claims are the coordination: where two want the same frontier, the one to whom it
/// is cheaper keeps it, ties by name (ordinal), and only the claim that stands before repels the other, so that both
/// sides decide alike from the same claims and do not both give way. A goal changes
/// only for a clear gain. The claims of a rover count until they expire, are withdrawn, or the rover is released as
/// lost. Not thread-safe.
/// </remarks>
public sealed class FrontierAllocator
{
    private const double NanosecondsPerSecond = 1e9;
    private readonly AllocatorOptions _options;
    private readonly List<FrontierClaim> _claims = [];
    private readonly GoalBans _bans;
    private Frontier _goal;
    private bool _hasGoal;

    /// <param name="self">This rover's name; peers' claims under it are ignored.</param>
    /// <param name="options">Weights; throws <see cref="ArgumentException"/> when invalid.</param>
    public FrontierAllocator(string self, AllocatorOptions? options = null)
    {
        Self = self;
        _options = options ?? new AllocatorOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        _bans = new GoalBans(_options.BanRadiusM, _options.BanDurationS);
    }

    /// <summary>This rover's name.</summary>
    public string Self { get; }

    /// <summary>Claims of the peers, ordered by name; expired ones are dropped at the next selection.</summary>
    public IReadOnlyList<FrontierClaim> Claims => _claims;

    /// <summary>Takes a peer's claim; a newer one replaces the older, an older or broken one is ignored.</summary>
    /// <returns>True when it was taken.</returns>
    public bool Observe(in FrontierClaim claim)
    {
        if (string.IsNullOrEmpty(claim.Rover) || string.Equals(claim.Rover, Self, StringComparison.Ordinal)
            || !double.IsFinite(claim.Target.X + claim.Target.Y) || !double.IsFinite(claim.CostM + claim.GainM2))
        {
            return false;
        }

        int place = 0;
        while (place < _claims.Count && string.CompareOrdinal(_claims[place].Rover, claim.Rover) < 0)
        {
            place++;
        }

        bool known = place < _claims.Count && string.Equals(_claims[place].Rover, claim.Rover, StringComparison.Ordinal);
        if (known && _claims[place].StampNs >= claim.StampNs)
        {
            return false;
        }

        if (known)
        {
            _claims[place] = claim;
        }
        else
        {
            _claims.Insert(place, claim);
        }

        return true;
    }

    /// <summary>Forgets a peer's claim: it is lost, and its frontier is anybody's.</summary>
    public void Release(string rover)
    {
        for (int i = _claims.Count - 1; i >= 0; i--)
        {
            if (string.Equals(_claims[i].Rover, rover, StringComparison.Ordinal))
            {
                _claims.RemoveAt(i);
            }
        }
    }

    /// <summary>The goal could not be reached: leave it alone for a while.</summary>
    public void ReportFailure(Vector2d target, long nowNs)
    {
        _bans.Add(target, nowNs);
        _hasGoal = false;
    }

    /// <summary>The goal was reached, or is of no interest any more.</summary>
    public void DropGoal() => _hasGoal = false;

    /// <summary>Forgets all bans: the map has changed so much that what failed may work.</summary>
    public void ForgetFailures() => _bans.Clear();

    /// <summary>This rover's own claim, for its peers; inactive when it has no goal.</summary>
    public FrontierClaim OwnClaim(long nowNs) =>
        new(Self, _goal.Viewpoint, _hasGoal ? _goal.TravelCostM : 0, _hasGoal ? _goal.GainM2 : 0, nowNs, _hasGoal);

    /// <summary>Picks the goal among the frontiers of the moment.</summary>
    /// <param name="frontiers">Frontiers this rover can reach, with its own travel costs.</param>
    /// <param name="nowNs">Time, ns.</param>
    public Allocation Select(IReadOnlyList<Frontier> frontiers, long nowNs)
    {
        DropExpired(nowNs);
        int best = -1, same = -1, banned = 0;
        double bestUtility = double.NegativeInfinity, sameUtility = double.NegativeInfinity;
        for (int i = 0; i < frontiers.Count; i++)
        {
            Frontier frontier = frontiers[i];
            if (_bans.IsBanned(frontier.Viewpoint, nowNs))
            {
                banned++;
                continue;
            }

            if (IsLostToPeer(frontier))
            {
                continue;
            }

            double utility = Utility(frontier);
            bool isSame = _hasGoal && IsSameGoal(frontier) && utility > sameUtility;
            if (isSame)
            {
                (same, sameUtility) = (i, utility);
            }

            if (utility > bestUtility)
            {
                (best, bestUtility) = (i, utility);
            }
        }

        if (best < 0)
        {
            _hasGoal = false;
            AllocationStatus why = frontiers.Count == 0 ? AllocationStatus.NoFrontier
                : banned == frontiers.Count ? AllocationStatus.AllBanned : AllocationStatus.AllClaimed;
            return new Allocation(why, default, 0);
        }

        bool keep = same >= 0 && bestUtility <= sameUtility + _options.SwitchMarginM;
        _goal = frontiers[keep ? same : best];
        _hasGoal = true;
        return new Allocation(keep ? AllocationStatus.Kept : AllocationStatus.Assigned, _goal, keep ? sameUtility : bestUtility);
    }

    private bool IsSameGoal(in Frontier frontier) =>
        frontier.Viewpoint.DistanceTo(_goal.Viewpoint) <= _options.SameGoalRadiusM
        || frontier.Centroid.DistanceTo(_goal.Centroid) <= _options.SameGoalRadiusM;

    private double Utility(in Frontier frontier)
    {
        double utility = (_options.GainWeight * frontier.GainM2) - frontier.TravelCostM;
        foreach (FrontierClaim claim in _claims)
        {
            double nearness = 1 - (claim.Target.DistanceTo(frontier.Viewpoint) / _options.DiscountRangeM);
            if (nearness > 0 && Precedes(claim, frontier))
            {
                utility -= nearness * (_options.CrowdingCostM + (_options.GainWeight * frontier.GainM2));
            }
        }

        return utility;
    }

    private bool IsLostToPeer(in Frontier frontier)
    {
        foreach (FrontierClaim claim in _claims)
        {
            if (claim.Target.DistanceTo(frontier.Viewpoint) <= _options.ConflictRadiusM && Precedes(claim, frontier))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a peer's claim stands before this rover's interest in a frontier. Only such claims count: if two rovers
    /// gave way to each other, both would leave, and come back, for ever.
    /// </summary>
    private bool Precedes(in FrontierClaim claim, in Frontier frontier) =>
        claim.IsActive
        && (claim.CostM < frontier.TravelCostM
            || (claim.CostM == frontier.TravelCostM && string.CompareOrdinal(claim.Rover, Self) < 0));

    private void DropExpired(long nowNs)
    {
        for (int i = _claims.Count - 1; i >= 0; i--)
        {
            if ((nowNs - _claims[i].StampNs) / NanosecondsPerSecond > _options.ClaimLifetimeS)
            {
                _claims.RemoveAt(i);
            }
        }
    }
}
