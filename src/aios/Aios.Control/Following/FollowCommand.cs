namespace Aios.Control;

/// <summary>What a <see cref="PathFollower"/> is doing. The numbers are stable.</summary>
public enum FollowStatus
{
    /// <summary>No path.</summary>
    Idle = 0,

    /// <summary>Turning on the spot towards the path.</summary>
    Rotating = 1,

    /// <summary>Following the path.</summary>
    Following = 2,

    /// <summary>At the goal; the path is finished.</summary>
    Arrived = 3,

    /// <summary>Backing up to get free.</summary>
    BackingUp = 4,

    /// <summary>Standing: the way ahead is blocked, or the rover got free or off the path. A new path is wanted.</summary>
    WantsPath = 5,

    /// <summary>Recoveries are used up: the goal cannot be reached this way.</summary>
    Failed = 6,

    /// <summary>Standing: pose or time is not usable.</summary>
    BadInput = 7,
}

/// <summary>Why a follower stands, backs up or gave up. The numbers are stable.</summary>
public enum FollowReason
{
    /// <summary>All is well.</summary>
    None = 0,

    /// <summary>Pose, tilt or time is NaN, infinite or runs backwards.</summary>
    NotFinite = 1,

    /// <summary>An obstacle lies within the stopping distance.</summary>
    Blocked = 2,

    /// <summary>The rover is farther from the path than allowed.</summary>
    OffPath = 3,

    /// <summary>The wheels turn, the rover does not move.</summary>
    Stuck = 4,

    /// <summary>Too many recoveries in a row.</summary>
    RecoveriesExhausted = 5,
}

/// <summary>Output of one control period.</summary>
/// <param name="ForwardMps">Speed along body x, m/s; always finite.</param>
/// <param name="TurnRadps">Turn rate, rad/s; always finite.</param>
/// <param name="Status">What the follower is doing.</param>
/// <param name="Reason">Why, when it stands, backs up or failed.</param>
/// <param name="RemainingM">Distance left along the path, m.</param>
/// <param name="CrossTrackM">Distance to the path, m.</param>
public readonly record struct FollowCommand(
    double ForwardMps, double TurnRadps, FollowStatus Status, FollowReason Reason, double RemainingM, double CrossTrackM);

/// <summary>What a follower sees in one control period.</summary>
/// <param name="MapFromBase">Pose, m and rad, map frame.</param>
/// <param name="Roll">Roll, rad.</param>
/// <param name="Pitch">Pitch, rad.</param>
/// <param name="TimeNs">Time, ns.</param>
/// <param name="IsHeld">True while somebody else keeps the rover from moving: it is not stuck then.</param>
public readonly record struct FollowInput(
    Aios.Numerics.Pose2 MapFromBase, double Roll, double Pitch, long TimeNs, bool IsHeld = false);
