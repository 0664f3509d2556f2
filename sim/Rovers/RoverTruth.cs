using Aios.Numerics;

namespace Aios.Sim;

/// <summary>What has become of a rover.</summary>
public enum RoverCondition
{
    /// <summary>Alive and on its wheels.</summary>
    Active = 0,

    /// <summary>Its computer is dead (an injected fault); the body stays where it is.</summary>
    ComputerDead = 1,

    /// <summary>Its battery is empty; the body stays where it is.</summary>
    BatteryEmpty = 2,

    /// <summary>It lies on its side or back. The computer still runs.</summary>
    TippedOver = 3,

    /// <summary>Its computer has crashed and will start again.</summary>
    ComputerDown = 4,
}

/// <summary>
/// The true state of a rover, for scoring and tests. It never goes over the bus, and no node may read it.
/// </summary>
public readonly record struct RoverTruth
{
    /// <summary>Time of this state, ns of mission time.</summary>
    public long TimeNs { get; init; }

    /// <summary>Body origin in the map frame, m.</summary>
    public Vector3d Position { get; init; }

    /// <summary>Roll, pitch and yaw of the body in the map frame (Rz·Ry·Rx), rad; yaw in (−π, π].</summary>
    public double Roll { get; init; }

    /// <inheritdoc cref="Roll"/>
    public double Pitch { get; init; }

    /// <inheritdoc cref="Roll"/>
    public double Yaw { get; init; }

    /// <summary>Angle between the body's z axis and the vertical, rad.</summary>
    public double TiltRad { get; init; }

    /// <summary>Velocity of the body's origin along its own x and y axes, m/s.</summary>
    public Vector2d BodyVelocity { get; init; }

    /// <summary>Yaw rate, rad/s.</summary>
    public double YawRateRps { get; init; }

    /// <summary>Rim speed of the left and right wheels, m/s.</summary>
    public double RimLeftMps { get; init; }

    /// <inheritdoc cref="RimLeftMps"/>
    public double RimRightMps { get; init; }

    /// <summary>Path length so far, m.</summary>
    public double DistanceM { get; init; }

    /// <summary>Energy drawn so far, Wh.</summary>
    public double EnergyWh { get; init; }

    /// <summary>Battery charge, [0, 1].</summary>
    public double Charge { get; init; }

    /// <summary>Contact episodes with rocks, other rovers or the edge of the world.</summary>
    public int Collisions { get; init; }

    /// <summary>Times the belly came to rest on the ground.</summary>
    public int HighCentrings { get; init; }

    /// <summary>0 or 1: a rover that has tipped over stays so.</summary>
    public int TipOvers { get; init; }

    public RoverCondition Condition { get; init; }

    /// <summary>Pose in the plane.</summary>
    public Pose2 Pose => new(Position.X, Position.Y, Yaw);
}
