using Aios.Nodes;
using geometry_msgs.msg;
using ROS2;

namespace Aios.Cli.Visualization;

/// <summary>The topics on which people give orders. Whatever is said there passes a rover's navigator and safety gate.</summary>
internal static class OperatorTopics
{
    /// <summary>A place for the rover that is nearest to it; absolute. What RViz's goal tool says unless told otherwise.</summary>
    public const string FleetGoal = "/goal_pose";

    /// <summary>A place for one rover.</summary>
    public const string Goal = "goal_pose";

    /// <summary>Speeds from a joystick or a panel, without a stamp.</summary>
    public const string Teleoperation = "cmd_vel_teleop";

    /// <summary>Service that lets a rover stand (true) or go on (false).</summary>
    public const string Hold = "hold";

    /// <summary>Service that sends a rover, or the one that is nearest, to a place; absolute.</summary>
    public const string Send = "/operator/send";

    /// <summary>Action of a rover: go to a place and tell how far it still is.</summary>
    public const string GoTo = "go_to";

    /// <summary>All, for people.</summary>
    public static string Names { get; } =
        $"{FleetGoal}, /ROVER/{Goal}, /ROVER/{Teleoperation}, /ROVER/{Topics.GoalOperator}, /ROVER/{Topics.CommandOperator}";

    /// <summary>The type of a topic on which people may publish; null for any other topic.</summary>
    /// <param name="topic">Absolute name.</param>
    public static RosMessageType? TypeOf(string topic) => topic switch
    {
        FleetGoal => RosMessageType.Of<PoseStamped>(),

        // Foxglove's panels announce these beside the goal; nobody listens.
        "/clicked_point" => RosMessageType.Of<PointStamped>(),
        "/initialpose" => RosMessageType.Of<PoseWithCovarianceStamped>(),
        _ => topic.Split('/') is ["", { Length: > 0 }, var name] ? TypeOfRovers(name) : null,
    };

    private static RosMessageType? TypeOfRovers(string name) => name switch
    {
        Goal or Topics.GoalOperator => RosMessageType.Of<PoseStamped>(),
        Teleoperation => RosMessageType.Of<Twist>(),
        Topics.CommandOperator => RosMessageType.Of<TwistStamped>(),
        _ => null,
    };
}
