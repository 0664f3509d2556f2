using aios_interfaces.srv;
using Aios.Cli.Viewing;
using Aios.Nodes;
using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;
using std_srvs.srv;

namespace Aios.Cli.Visualization;

/// <summary>
/// Where the tools of RViz and Foxglove, and programs, hand in what people want: goals as messages, service or action, speeds, and a
/// service for each rover that makes it stand. It passes them on as <see cref="OperatorOrders"/> does, to the rovers' navigators and safety gates.
/// </summary>
internal sealed class OperatorDesk
{
    private const double RepeatPeriod = 0.1;
    private const double ActionPeriod = 0.5;
    private const double FarthestGoal = 1e4;

    private readonly Node _node;
    private readonly IReadOnlyList<string> _rovers;
    private readonly Vector2d?[] _places;
    private readonly OperatorOrders _orders;
    private readonly GoToServer[] _actions;

    public OperatorDesk(Node node, IReadOnlyList<string> rovers)
    {
        (_node, _rovers) = (node, rovers);
        _places = new Vector2d?[rovers.Count];
        _orders = new OperatorOrders(node, rovers);
        node.CreateSubscription<PoseStamped>(OperatorTopics.FleetGoal, goal => GoTo(NearestTo(new Vector2d(goal.Pose.Position.X, goal.Pose.Position.Y)), goal));
        node.CreateService<SendRover, SendRover_Request, SendRover_Response>(OperatorTopics.Send, Send);
        _actions = new GoToServer[rovers.Count];
        for (var i = 0; i < rovers.Count; i++)
        {
            var rover = i;
            node.CreateSubscription<PoseWithCovarianceStamped>(
                Topics.Of(rovers[i], Topics.Pose), pose => _places[rover] = new Vector2d(pose.Pose.Pose.Position.X, pose.Pose.Pose.Position.Y));
            node.CreateSubscription<PoseStamped>(Topics.Of(rovers[i], OperatorTopics.Goal), goal => GoTo(rover, goal));
            node.CreateSubscription<Twist>(Topics.Of(rovers[i], OperatorTopics.Teleoperation), twist => _orders.Drive(rover, twist));
            node.CreateService<SetBool, SetBool_Request, SetBool_Response>(
                Topics.Of(rovers[i], OperatorTopics.Hold), (request, response) => Hold(rover, request.Data, response));
            _actions[i] = new GoToServer(
                node, Topics.Of(rovers[i], OperatorTopics.GoTo), () => _places[rover], place => _orders.GoTo(rover, place.X, place.Y), IsPlace);
        }

        node.CreateTimer(TimeSpan.FromSeconds(RepeatPeriod), _ => _orders.Repeat());
        node.CreateTimer(TimeSpan.FromSeconds(ActionPeriod), _ => Array.ForEach(_actions, action => action.Update()));
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
        else if (!IsPlace(new Vector2d(x, y)))
        {
            _node.Logger.Warn("a goal that is no place, or too far away, is passed over");
        }
        else if (rover < 0)
        {
            _node.Logger.Warn("a goal is passed over: no rover has told yet where it is");
        }
        else
        {
            Order(rover, x, y);
        }
    }

    private void Send(SendRover_Request request, SendRover_Response response)
    {
        var place = new Vector2d(request.X, request.Y);
        var rover = request.Rover.Length == 0 ? NearestTo(place) : _rovers.ToList().IndexOf(request.Rover);
        response.Success = rover >= 0 && IsPlace(place);
        if (response.Success)
        {
            Order(rover, place.X, place.Y);
            response.Rover = _rovers[rover];
            return;
        }

        response.Message = !IsPlace(place) ? "no place, or too far away"
            : request.Rover.Length == 0 ? "no rover has told yet where it is"
            : $"no rover '{request.Rover}', expected one of {string.Join(", ", _rovers)}";
    }

    private void Order(int rover, double x, double y)
    {
        _actions[rover].Supersede();
        _orders.GoTo(rover, x, y);
    }

    private static bool IsPlace(Vector2d place) => Math.Abs(place.X) <= FarthestGoal && Math.Abs(place.Y) <= FarthestGoal;

    private int NearestTo(Vector2d place)
    {
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
