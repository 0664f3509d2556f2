using example_interfaces.action;
using ROS2;
using ROS2.Transport;
using Ros2.Tests.Support;
using service_msgs.msg;

namespace Ros2.Client.Tests;

public sealed class ActionIntrospectionTests : IDisposable
{
    private readonly TestGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Theory]
    [InlineData(ServiceIntrospectionState.Contents, 1)]
    [InlineData(ServiceIntrospectionState.Metadata, 0)]
    public void SendGoal_OfBothEnds_TellsFourEventsOfOneCall(ServiceIntrospectionState state, int contents)
    {
        var server = _graph.Node("a", "server").CreateActionServer<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>(
            "f", goal => goal.Succeed(new Fibonacci_Result()), (_, _) => GoalResponse.AcceptAndExecute);
        var client = _graph.Node("b", "caller").CreateActionClient<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>("f");
        var events = new List<Fibonacci_SendGoal_Event>();
        _graph.Node("c", "watcher").CreateSubscription<Fibonacci_SendGoal_Event>("/f/_action/send_goal/_service_event", events.Add);
        server.ConfigureIntrospection(state);
        client.ConfigureIntrospection(state);
        _graph.Bus.RunUntil(TestGraph.Ms(100));
        client.SendGoalAsync(new Fibonacci_Goal { Order = 7 });
        _graph.Bus.RunUntil(TestGraph.Ms(1000));

        Assert.Equal(
            [ServiceEventInfo.REQUEST_SENT, ServiceEventInfo.REQUEST_RECEIVED, ServiceEventInfo.RESPONSE_SENT, ServiceEventInfo.RESPONSE_RECEIVED],
            events.Select(e => e.Info.EventType).Order());
        Assert.Single(events.Select(e => (e.Info.SequenceNumber, Convert.ToHexString(e.Info.ClientGid))).Distinct());
        Assert.All(events, e => Assert.Equal(contents, e.Request.Count + e.Response.Count));
        Assert.All(events.SelectMany(e => e.Request), request => Assert.Equal(7, request.Goal.Order));

        server.ConfigureIntrospection(ServiceIntrospectionState.Off);
        client.ConfigureIntrospection(ServiceIntrospectionState.Off);
        Assert.Empty(new RosGraphView(_graph.Host("d").Transport.Graph).EndpointsOf("/f/_action/send_goal/_service_event", GraphEndpointKind.Publisher));
    }
}
