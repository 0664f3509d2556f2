using Aios.Nodes;
using geometry_msgs.msg;
using ROS2;

namespace Aios.Cli.Viewing;

/// <summary>
/// What a person orders a rover to do, as messages to the rover's own safety gate and navigator: nothing here reaches a wheel
/// by another way.
/// </summary>
/// <remarks>
/// To hold a rover is to command speed 0 on <c>cmd_vel_operator</c> again and again: the gate lets an operator's fresh command
/// outrank all others. When the operator's link is lost, the rover goes on with its mission.
/// </remarks>
internal sealed class OperatorOrders(Node node, IReadOnlyList<string> rovers)
{
    private readonly Publisher<TwistStamped>[] _commands =
        [.. rovers.Select(rover => node.CreatePublisher<TwistStamped>(Topics.Of(rover, Topics.CommandOperator)))];

    private readonly Publisher<PoseStamped>[] _goals =
        [.. rovers.Select(rover => node.CreatePublisher<PoseStamped>(Topics.Of(rover, Topics.GoalOperator)))];

    private readonly bool[] _held = new bool[rovers.Count];

    /// <summary>Lets a rover stand, or go on.</summary>
    public void Hold(int rover, bool held) => _held[rover] = held;

    /// <summary>Says again what has to be said again and again. Call at 5 Hz or more.</summary>
    public void Repeat()
    {
        for (var i = 0; i < _held.Length; i++)
        {
            if (_held[i])
            {
                Drive(i, new Twist());
            }
        }
    }

    /// <summary>Lets a rover drive as somebody steers; its gate bounds that, and forgets it when it is not said again.</summary>
    public void Drive(int rover, Twist twist)
    {
        var command = new TwistStamped { Twist = twist };
        Write(command.Header, Topics.BaseFrame(rovers[rover]));
        _commands[rover].Publish(command);
    }

    /// <summary>Sends a rover somewhere; then it goes on with its mission.</summary>
    /// <param name="rover">Which.</param>
    /// <param name="x">East, m, map frame.</param>
    /// <param name="y">North, m, map frame.</param>
    public void GoTo(int rover, double x, double y)
    {
        var goal = new PoseStamped();
        Write(goal.Header, Topics.MapFrame);
        goal.Pose.Position.X = x;
        goal.Pose.Position.Y = y;
        goal.Pose.Orientation.W = 1;
        _goals[rover].Publish(goal);
    }

    private void Write(std_msgs.msg.Header header, string frame)
    {
        header.FrameId = frame;
        NodeTime.Write(header.Stamp, node.Clock.NowNanoseconds);
    }
}
