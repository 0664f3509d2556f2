using example_interfaces.srv;
using ROS2;
using Ros2.Tests.Support;
using service_msgs.msg;

namespace Ros2.Client.Tests;

public sealed class ServiceIntrospectionTests : IDisposable
{
    private readonly TestGraph _graph = new();
    private readonly List<AddTwoInts_Event> _events = [];
    private readonly Service<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response> _service;
    private readonly Client<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response> _client;

    public ServiceIntrospectionTests()
    {
        _service = _graph.Node("a", "server").CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>(
            "add", (request, response) => response.Sum = request.A + request.B);
        _client = _graph.Node("b", "caller").CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add");
        _graph.Node("c", "watcher").CreateSubscription<AddTwoInts_Event>("/add/_service_event", _events.Add);
    }

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void Contents_OfBothEnds_TellFourEventsOfOneCall()
    {
        _service.ConfigureIntrospection(ServiceIntrospectionState.Contents);
        _client.ConfigureIntrospection(ServiceIntrospectionState.Contents);
        Call();

        Assert.Equal(
            [ServiceEventInfo.REQUEST_SENT, ServiceEventInfo.REQUEST_RECEIVED, ServiceEventInfo.RESPONSE_SENT, ServiceEventInfo.RESPONSE_RECEIVED],
            _events.Select(e => e.Info.EventType).Order());
        Assert.Single(_events.Select(e => (e.Info.SequenceNumber, Convert.ToHexString(e.Info.ClientGid))).Distinct());
        Assert.All(_events, e => Assert.Equal(1, e.Request.Count + e.Response.Count));
        Assert.Equal([20, 20], _events.SelectMany(e => e.Request).Select(r => r.A));
        Assert.Equal([42, 42], _events.SelectMany(e => e.Response).Select(r => r.Sum));
    }

    [Fact]
    public void Metadata_OfTheServer_TellsNoContents()
    {
        _service.ConfigureIntrospection(ServiceIntrospectionState.Metadata);
        Call();

        Assert.Equal(
            [ServiceEventInfo.REQUEST_RECEIVED, ServiceEventInfo.RESPONSE_SENT], _events.Select(e => e.Info.EventType));
        Assert.All(_events, e => Assert.Equal(0, e.Request.Count + e.Response.Count));
    }

    [Fact]
    public void Off_AfterContents_TellsNothingMore()
    {
        _service.ConfigureIntrospection(ServiceIntrospectionState.Contents);
        _service.ConfigureIntrospection(ServiceIntrospectionState.Off);
        Call();

        Assert.Empty(_events);
        Assert.DoesNotContain(
            _graph.Host("d").Transport.Graph.GetEndpoints(),
            e => e.Name == "/add/_service_event" && e.Kind == ROS2.Transport.GraphEndpointKind.Publisher);
    }

    [Fact]
    public void State_ChangedWhileOn_KeepsTheTopic()
    {
        _service.ConfigureIntrospection(ServiceIntrospectionState.Metadata);
        Call();
        string before = Publishers();
        _service.ConfigureIntrospection(ServiceIntrospectionState.Contents, QosProfile.KeepLast(99));
        Call();

        Assert.Equal(before, Publishers());
        Assert.Equal([0, 0, 1, 1], _events.Select(e => e.Request.Count + e.Response.Count));
    }

    [Fact]
    public void Answer_ThatComesTooLate_IsTold()
    {
        _client.ConfigureIntrospection(ServiceIntrospectionState.Metadata);
        _graph.Node("a", "slow").CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add", (_, _) => { });
        _graph.Bus.RunUntil(TestGraph.Ms(1));
        Task<AddTwoInts_Response> answer = _client.SendRequestAsync(new AddTwoInts_Request());
        _graph.Bus.RunUntil(TestGraph.Ms(20));

        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(1, _client.UnexpectedCount); // two servers answered
        Assert.Equal(
            [ServiceEventInfo.REQUEST_SENT, ServiceEventInfo.RESPONSE_RECEIVED, ServiceEventInfo.RESPONSE_RECEIVED],
            _events.Select(e => e.Info.EventType));
    }

    private string Publishers() => string.Join(' ', _graph.Host("d").Transport.Graph.GetEndpoints()
        .Where(e => e.Name == "/add/_service_event" && e.Kind == ROS2.Transport.GraphEndpointKind.Publisher)
        .Select(e => $"{e.Gid} {e.Qos}"));

    private void Call()
    {
        _graph.Bus.RunUntil(_graph.Bus.NowNs + TestGraph.Ms(1));
        Task<AddTwoInts_Response> answer = _client.SendRequestAsync(new AddTwoInts_Request { A = 20, B = 22 });
        _graph.Bus.RunUntil(_graph.Bus.NowNs + TestGraph.Ms(20));
        Assert.Equal(42, answer.Result.Sum);
    }
}
