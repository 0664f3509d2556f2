using Aios.Numerics;

namespace Aios.Cli.Models;

/// <summary>What a robot is made of: a tree of links. SDF and URDF are both written from this.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Text">For people, one line.</param>
/// <param name="Links">Parents before children; the first is the root and has no joint.</param>
internal sealed record RobotDescription(string Name, string Text, IReadOnlyList<RobotLink> Links)
{
    /// <value>Wheels, for the drive; null for what does not drive.</value>
    public RobotDrive? Drive { get; init; }

    /// <value>Usable energy of the battery, Wh; 0 for none.</value>
    public double BatteryWh { get; init; }

    /// <summary>Mass of the whole, kg.</summary>
    public double Mass => Links.Sum(link => link.Mass);
}

/// <summary>A rigid body and how it hangs on its parent.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Shapes">What it is made of; together they have its mass. Empty for a frame alone.</param>
internal sealed record RobotLink(string Name, IReadOnlyList<RobotShape> Shapes)
{
    /// <value>Null for the root.</value>
    public RobotJoint? Joint { get; init; }

    /// <value>What it measures; none for most.</value>
    public RobotSensor? Sensor { get; init; }

    /// <summary>Mass, kg.</summary>
    public double Mass => Shapes.Sum(shape => shape.Mass);
}

/// <summary>Joint between a link and its parent; its frame is the link's.</summary>
/// <param name="Parent">Name of the parent link.</param>
/// <param name="Kind">What it allows.</param>
/// <param name="X">Place in the parent's frame, m.</param>
/// <param name="Y">Place in the parent's frame, m.</param>
/// <param name="Z">Place in the parent's frame, m.</param>
internal sealed record RobotJoint(string Parent, RobotJointKind Kind, double X, double Y, double Z)
{
    /// <value>Pitch of the link in its parent's frame, rad.</value>
    public double Pitch { get; init; }

    /// <value>Range of a <see cref="RobotJointKind.Revolute"/> joint to either side, rad.</value>
    public double Limit { get; init; }

    /// <value>Spring towards 0, N·m/rad.</value>
    public double Stiffness { get; init; }

    /// <value>N·m·s/rad.</value>
    public double Damping { get; init; }
}

/// <summary>What a joint allows. All turn about y.</summary>
internal enum RobotJointKind
{
    Fixed,
    Revolute,
    Continuous,
}

/// <summary>A simple body of even density.</summary>
/// <param name="Kind">Its form.</param>
/// <param name="Size">Box: edges; cylinder: radius, radius, length along z; sphere: radius three times. m.</param>
/// <param name="Centre">In the link's frame, m.</param>
/// <param name="Mass">kg.</param>
/// <param name="Colour">Name of a colour of <see cref="RobotColours"/>.</param>
internal sealed record RobotShape(RobotShapeKind Kind, Vector3d Size, Vector3d Centre, double Mass, string Colour)
{
    /// <value>Turn about x of a cylinder's axis away from z, rad.</value>
    public double Roll { get; init; }

    /// <value>Turn about y, rad.</value>
    public double Pitch { get; init; }

    /// <value>False for what is only seen.</value>
    public bool Collides { get; init; } = true;
}

/// <summary>Forms of <see cref="RobotShape"/>.</summary>
internal enum RobotShapeKind
{
    Box,
    Cylinder,
    Sphere,
}

/// <summary>Colours, red, green, blue, 0 … 1.</summary>
internal static class RobotColours
{
    public static IReadOnlyDictionary<string, Vector3d> All { get; } = new Dictionary<string, Vector3d>(StringComparer.Ordinal)
    {
        ["body"] = new(0.86, 0.84, 0.80),
        ["dark"] = new(0.13, 0.13, 0.14),
        ["panel"] = new(0.08, 0.12, 0.26),
        ["metal"] = new(0.45, 0.45, 0.47),
        ["accent"] = new(0.88, 0.44, 0.23),
    };
}

/// <summary>Wheels of a skid-steered robot.</summary>
/// <param name="Left">Joints of the left wheels, front to rear.</param>
/// <param name="Right">Joints of the right wheels.</param>
/// <param name="TrackM">Between the middle planes of the left and right wheels, m.</param>
/// <param name="WheelRadiusM">m.</param>
/// <param name="MaxSpeedMps">m/s.</param>
/// <param name="MaxYawRateRps">rad/s.</param>
internal sealed record RobotDrive(
    IReadOnlyList<string> Left, IReadOnlyList<string> Right, double TrackM, double WheelRadiusM, double MaxSpeedMps, double MaxYawRateRps);

/// <summary>What a link measures.</summary>
internal enum RobotSensor
{
    Lidar,
    Imu,
    Camera,
}
