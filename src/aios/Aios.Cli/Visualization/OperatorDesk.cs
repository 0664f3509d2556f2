using Aios.Cli.Viewing;
using Aios.Nodes;
using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;
using std_srvs.srv;

namespace Aios.Cli.Visualization;

/// <summary>
/// Where the tools of RViz and Foxglove hand in what people want: goals, speeds, and a service for each rover that makes it
/// stand. It passes them on as <see cref="OperatorOrders"/> does, to the rovers' navigators and safety gates.
/// </summary>
internal sealed class OperatorDesk
{
    private const double RepeatPeriod = 0.1;
    private const double FarthestGoal = 1e4;

    private readonly Node _node;
    private readonly IReadOnlyList<string> _rovers;
    private readonly Vector2d?[] _places;
    private readonly OperatorOrders _orders;

    public OperatorDesk(Node node, IReadOnlyList<string> rovers)
    {
        (_node, _rovers) = (node, rovers);
        _places = new Vector2d?[rovers.Count];
        _orders = new OperatorOrders(node, rovers);
        node.CreateSubscription<PoseStamped>(OperatorTopics.FleetGoal, goal => GoTo(NearestTo(goal), goal));
        for (var i = 0; i < rovers.Count; i++)
        {
            var rover = i;
            node.CreateSubscription<PoseWithCovarianceStamped>(
                Topics.Of(rovers[i], Topics.Pose), pose => _places[rover] = new Vector2d(pose.Pose.Pose.Position.X, pose.Pose.Pose.Position.Y));
            node.CreateSubscription<PoseStamped>(Topics.Of(rovers[i], OperatorTopics.Goal), goal => GoTo(rover, goal));
            node.CreateSubscription<Twist>(Topics.Of(rovers[i], OperatorTopics.Teleoperation), twist => _orders.Drive(rover, twist));
            node.CreateService<SetBool, SetBool_Request, SetBool_Response>(
                Topics.Of(rovers[i], OperatorTopics.Hold), (request, response) => Hold(rover, request.Data, response));
        }

        node.CreateTimer(TimeSpan.FromSeconds(RepeatPeriod), _ => _orders.Repeat());
    }

    private void Hold(int rover, bool held, SetBool_Response response)
    {
        _orders.Hold(rover, held);
        response.Success = true;
        response.Message = held ? $"{_rovers[rover]} is told to stand" : $"{_rovers[rover]} may go on";
    }

    private void GoTo(int rover, PoseStamped goal)
    {
        var (x, y) = (goal.Pose.Position.X, goal.Pose.Position.Y);
        if (goal.Header.FrameId is not (Topics.MapFrame or ""))
        {
            _node.Logger.Warn($"a goal in frame '{goal.Header.FrameId}' is passed over, expected '{Topics.MapFrame}'");
        }
        else if (!(Math.Abs(x) <= FarthestGoal && Math.Abs(y) <= FarthestGoal))
        {
            _node.Logger.Warn("a goal that is no place, or too far away, is passed over");
        }
        else if (rover < 0)
        {
            _node.Logger.Warn("a goal is passed over: no rover has told yet where it is");
        }
        else
        {
            _orders.GoTo(rover, x, y);
        }
    }

    private int NearestTo(PoseStamped goal)
    {
        var place = new Vector2d(goal.Pose.Position.X, goal.Pose.Position.Y);
        var (best, least) = (-1, double.PositiveInfinity);
        for (var i = 0; i < _places.Length; i++)
        {
            if (_places[i]?.DistanceTo(place) is { } distance && distance < least)
            {
                (best, least) = (i, distance);
            }
        }

        return best;
    }
}
