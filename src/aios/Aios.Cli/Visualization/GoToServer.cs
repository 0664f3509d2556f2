using aios_interfaces.action;
using Aios.Numerics;
using ROS2;
using Handle = ROS2.ActionServerGoalHandle<
    aios_interfaces.action.GoTo, aios_interfaces.action.GoTo_Goal, aios_interfaces.action.GoTo_Result, aios_interfaces.action.GoTo_Feedback>;

namespace Aios.Cli.Visualization;

/// <summary>The action <c>/ROVER/go_to</c>: a place to go as <see cref="Viewing.OperatorOrders"/> passes it on, with the way still to go and an end.</summary>
/// <remarks>On the executor's thread. A newer goal, or any other order to go, ends the one before.</remarks>
internal sealed class GoToServer
{
    private const double UsualTolerance = 0.75;
    private const long SecondNs = 1_000_000_000;

    private readonly Node _node;
    private readonly Func<Vector2d?> _placeOf;
    private readonly Action<Vector2d> _send;
    private Handle? _goal;
    private long _startedNs;

    /// <param name="node">Of the operator.</param>
    /// <param name="name">The action's name.</param>
    /// <param name="placeOf">Where the rover says it is; null before it has.</param>
    /// <param name="send">Tells the rover to go to a place.</param>
    /// <param name="isPlace">Whether a place is one to which a rover may be sent.</param>
    public GoToServer(Node node, string name, Func<Vector2d?> placeOf, Action<Vector2d> send, Func<Vector2d, bool> isPlace)
    {
        (_node, _placeOf, _send) = (node, placeOf, send);
        node.CreateActionServer<GoTo, GoTo_Goal, GoTo_Result, GoTo_Feedback>(
            name,
            Begin,
            (_, goal) => placeOf() is not null && isPlace(PlaceOf(goal)) && goal.Tolerance >= 0 && goal.Timeout >= 0 ? GoalResponse.AcceptAndExecute : GoalResponse.Reject,
            _ => CancelResponse.Accept);
    }

    /// <summary>Tells how far it still is, and ends what has ended. Call a few times a second.</summary>
    public void Update()
    {
        if (_goal is not { IsActive: true } goal || _placeOf() is not { } place)
        {
            return;
        }

        var distance = place.DistanceTo(PlaceOf(goal.Goal));
        if (goal.IsCanceling)
        {
            _send(place); // reached at once, so that the rover goes on with its mission
            goal.Canceled(Result(distance, "cancelled"));
        }
        else if (distance <= (goal.Goal.Tolerance > 0 ? goal.Goal.Tolerance : UsualTolerance))
        {
            goal.Succeed(Result(distance, "arrived"));
        }
        else if (goal.Goal.Timeout > 0 && _node.Clock.NowNanoseconds - _startedNs > goal.Goal.Timeout * SecondNs)
        {
            goal.Abort(Result(distance, "not there in time"));
        }
        else
        {
            goal.PublishFeedback(new GoTo_Feedback { Distance = distance });
        }
    }

    /// <summary>Another order took the place of this one.</summary>
    public void Supersede()
    {
        if (_goal is { IsActive: true } goal)
        {
            goal.Abort(Result(_placeOf()?.DistanceTo(PlaceOf(goal.Goal)) ?? double.NaN, "another order came"));
        }
    }

    private void Begin(Handle goal)
    {
        Supersede();
        (_goal, _startedNs) = (goal, _node.Clock.NowNanoseconds);
        _send(PlaceOf(goal.Goal));
    }

    private static GoTo_Result Result(double distance, string message) => new() { Distance = distance, Message = message };

    private static Vector2d PlaceOf(GoTo_Goal goal) => new(goal.X, goal.Y);
}
