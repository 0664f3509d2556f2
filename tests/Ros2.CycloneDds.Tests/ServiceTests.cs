using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

public sealed class ServiceTests : IDisposable
{
    private readonly DdsTransport _transport = Domain.Open(Domain.Next());
    private readonly Spinner _spinner;
    private readonly INodeEndpoint _node;

    public ServiceTests()
    {
        _spinner = new Spinner(_transport);
        _node = _transport.CreateNode("tester", "/");
    }

    public void Dispose() => _transport.Dispose();

    [Fact]
    public void Call_ToAServer_IsAnsweredUnderItsSequence()
    {
        IServiceServerEndpoint server = CreateServer();
        IServiceClientEndpoint client = CreateClient();
        _spinner.Until(() => client.IsServerAvailable, "server");

        RequestId request = Send(client, Wire.Text("ping"));
        Collector requests = TakeRequests(server, 1);
        Assert.Equal("ping", Wire.ReadText(requests.Samples[0]));
        Assert.True(Answer(server, requests.Requests[0], Wire.Text("pong")));
        Collector responses = TakeResponses(client, 1);

        Assert.Equal("pong", Wire.ReadText(responses.Samples[0]));
        Assert.Equal(request, responses.Requests[0]);
    }

    [Fact]
    public void Responses_OfTwoClients_ReachOnlyTheirOwn()
    {
        IServiceServerEndpoint server = CreateServer();
        IServiceClientEndpoint first = CreateClient();
        IServiceClientEndpoint second = CreateClient();
        _spinner.Until(() => first.IsServerAvailable && second.IsServerAvailable, "server");

        Send(first, Wire.Text("1"));
        Send(second, Wire.Text("2"));
        Collector requests = TakeRequests(server, 2);
        for (int i = 0; i < 2; i++)
        {
            Answer(server, requests.Requests[i], requests.Samples[i]);
        }

        Assert.Equal("1", Wire.ReadText(Assert.Single(TakeResponses(first, 1).Samples)));
        Assert.Equal("2", Wire.ReadText(Assert.Single(TakeResponses(second, 1).Samples)));
    }

    [Fact]
    public void IsServerAvailable_AfterTheServerLeft_IsFalse()
    {
        IServiceServerEndpoint server = CreateServer();
        IServiceClientEndpoint client = CreateClient();
        _spinner.Until(() => client.IsServerAvailable, "server");

        server.Dispose();

        _spinner.Until(() => !client.IsServerAvailable, "the server's end");
    }

    [Fact]
    public void SendResponse_ToAClientThatLeft_SaysSo()
    {
        IServiceServerEndpoint server = CreateServer();
        IServiceClientEndpoint client = CreateClient();
        _spinner.Until(() => client.IsServerAvailable, "server");
        Send(client, Wire.Text("ping"));
        Collector requests = TakeRequests(server, 1);

        client.Dispose();

        _spinner.Until(() => !Answer(server, requests.Requests[0], Wire.Text("pong")), "the client's end");
    }

    private IServiceServerEndpoint CreateServer() =>
        _transport.CreateServiceServer(_node, "/s", Wire.SetBool, QosProfile.ServicesDefaultProfile);

    private IServiceClientEndpoint CreateClient() =>
        _transport.CreateServiceClient(_node, "/s", Wire.SetBool, QosProfile.ServicesDefaultProfile);

    private static RequestId Send(IServiceClientEndpoint client, byte[] sample)
    {
        TransportBuffer buffer = client.Rent(sample.Length);
        sample.CopyTo(buffer.Bytes);
        RequestId id = client.SendRequest(in buffer);
        Assert.True(id.Sequence > 0);
        return id;
    }

    private static bool Answer(IServiceServerEndpoint server, in RequestId request, byte[] sample)
    {
        TransportBuffer buffer = server.Rent(sample.Length);
        sample.CopyTo(buffer.Bytes);
        return server.SendResponse(in request, in buffer);
    }

    private Collector TakeRequests(IServiceServerEndpoint server, int count)
    {
        var collector = new Collector();
        _spinner.Until(() => server.TakeRequests(10, collector) >= 0 && collector.Samples.Count >= count, "requests");
        return collector;
    }

    private Collector TakeResponses(IServiceClientEndpoint client, int count)
    {
        var collector = new Collector();
        _spinner.Until(() => client.TakeResponses(10, collector) >= 0 && collector.Samples.Count >= count, "responses");
        return collector;
    }
}
