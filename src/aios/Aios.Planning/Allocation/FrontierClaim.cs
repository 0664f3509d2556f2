using Aios.Numerics;

namespace Aios.Planning;

/// <summary>A rover's word that it drives to a frontier.</summary>
/// <param name="Rover">Who.</param>
/// <param name="Target">Viewpoint it drives to, m, map frame.</param>
/// <param name="CostM">What it costs that rover, m of free ground.</param>
/// <param name="GainM2">What it expects to see, m².</param>
/// <param name="StampNs">When it was made or renewed, ns.</param>
/// <param name="IsActive">False when the rover gives the frontier up.</param>
public readonly record struct FrontierClaim(
    string Rover, Vector2d Target, double CostM, double GainM2, long StampNs, bool IsActive);

/// <summary>What an allocation decided. The numbers are stable.</summary>
public enum AllocationStatus
{
    /// <summary>A goal other than before.</summary>
    Assigned = 0,

    /// <summary>The goal stays (its exact place may have moved with the frontier).</summary>
    Kept = 1,

    /// <summary>There is no frontier left.</summary>
    NoFrontier = 2,

    /// <summary>Every frontier left has failed recently; ask again when the bans expire.</summary>
    AllBanned = 3,

    /// <summary>Every frontier left is another rover's.</summary>
    AllClaimed = 4,
}

/// <summary>Decision of a <see cref="FrontierAllocator"/>.</summary>
/// <param name="Status">What was decided.</param>
/// <param name="Goal">The frontier, when the status has one.</param>
/// <param name="Utility">Its utility.</param>
public readonly record struct Allocation(AllocationStatus Status, Frontier Goal, double Utility)
{
    /// <summary>True when there is a goal.</summary>
    public bool HasGoal => Status is AllocationStatus.Assigned or AllocationStatus.Kept;
}
