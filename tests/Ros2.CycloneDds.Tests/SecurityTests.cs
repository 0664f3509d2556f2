using example_interfaces.srv;
using ROS2;
using ROS2.Dds;
using ROS2.Security;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>
/// DDS Security between processes: this one, secured by <c>ROS_SECURITY_…</c>, and programs that know DDS only and secure
/// themselves with the same keystore, or do not. Secured programs are of the same vendor: the vendors' handshakes differ
/// (https://github.com/eclipse-cyclonedds/cyclonedds/issues/1547).
/// </summary>
public sealed class SecurityTests : IDisposable
{
    private readonly SecuredGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void Topic_BetweenSecuredProcesses_GoesBothWays()
    {
        using DdsTransport transport = _graph.Open();
        using PeerProcess peer = _graph.Start(Domain.TopicPeer, "60");
        var echo = new Echo(transport);

        echo.Expect("hello");

        echo.End();
        peer.ExpectExit(0);
    }

    [Theory]
    [InlineData("topic_peer_cyclone")]
    [InlineData("topic_peer_fastdds")]
    public void ProcessWithoutCertificate_SeesAndSendsNothing(string program)
    {
        using PeerProcess stranger = PeerProcess.Start(program, _graph.Domain, "60");
        using DdsTransport transport = _graph.Open();
        using PeerProcess peer = _graph.Start(Domain.TopicPeer, "60");
        var echo = new Echo(transport);

        for (int i = 0; i < 20; i++)
        {
            echo.Expect($"{i}");
        }

        Assert.Equal((1, 1), (echo.Readers, echo.Writers)); // the secured peer's, though the stranger came first
        echo.End();
        peer.ExpectExit(0);
        Assert.False(stranger.HasExited, "what ends the secured program must not reach the other");
    }

    [Fact]
    public void Service_BetweenSecuredProcesses_Answers()
    {
        using var context = new RosContext(_graph.Open());
        context.CreateNode("adder").CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>(
            "add_two_ints", (request, response) => response.Sum = request.A + request.B);
        using PeerProcess peer = _graph.Start(Domain.ServicePeer, "client", "10", "50");

        while (!peer.HasExited)
        {
            context.SpinOnce(TimeSpan.FromMilliseconds(20));
        }

        peer.ExpectExit(0);
    }

    [Fact]
    public void Endpoint_WithoutPermission_IsRefusedAndOneWithIsNot()
    {
        _graph.Keystore.CreatePermission(
            SecuredGraph.Tester,
            [new(PolicyAction.Publish, "/in/*", true), new(PolicyAction.Subscribe, "/out/string", true)],
            _graph.Domain);
        using DdsTransport transport = _graph.Open();
        using PeerProcess peer = _graph.Start(Domain.TopicPeer, "60");
        INodeEndpoint node = transport.CreateNode("tester", "/");

        var publish = Assert.Throws<RosTransportException>(
            () => transport.CreatePublisher(node, "/out/string", Wire.String, QosProfile.DefaultProfile));
        var subscribe = Assert.Throws<RosTransportException>(
            () => transport.CreateSubscription(node, "/in/string", Wire.String, QosProfile.DefaultProfile));
        Assert.Equal(
            "cannot publish rt/out/string with type std_msgs/msg/String: not allowed by the security permissions", publish.Message);
        Assert.Equal(
            "cannot subscribe to rt/in/string with type std_msgs/msg/String: not allowed by the security permissions", subscribe.Message);
        new Echo(transport).Expect("what is allowed goes on");
    }

    [Fact]
    public void Services_WithoutPermission_AreRefusedAndThoseWithAreNot()
    {
        _graph.Keystore.CreatePermission(
            SecuredGraph.Tester,
            [new(PolicyAction.Reply, "/answered", true), new(PolicyAction.Request, "/asked", true), new(PolicyAction.Call, "/drive", true)],
            _graph.Domain);
        using DdsTransport transport = _graph.Open();
        INodeEndpoint node = transport.CreateNode("tester", "/");

        Assert.All(
            (Action[])[() => Serve("/asked"), () => Ask("/answered"), () => Serve("/drive/_action/send_goal"), () => Ask("/other"), () => Serve("/other")],
            refused => Assert.EndsWith(": not allowed by the security permissions", Assert.Throws<RosTransportException>(refused).Message, StringComparison.Ordinal));
        Serve("/answered");
        Ask("/asked");
        Array.ForEach(["send_goal", "cancel_goal", "get_result"], part => Ask($"/drive/_action/{part}"));
        transport.CreateSubscription(node, "/drive/_action/feedback", Wire.String, QosProfile.DefaultProfile);

        void Serve(string service) => transport.CreateServiceServer(node, service, Wire.SetBool, QosProfile.ServicesDefaultProfile);
        void Ask(string service) => transport.CreateServiceClient(node, service, Wire.SetBool, QosProfile.ServicesDefaultProfile);
    }

    /// <summary>Sends text to a peer that sends it back.</summary>
    private sealed class Echo
    {
        private readonly Spinner _spinner;
        private readonly IPublisherEndpoint _publisher;
        private readonly ISubscriptionEndpoint _subscription;
        private readonly Collector _got = new();

        public Echo(DdsTransport transport)
        {
            _spinner = new Spinner(transport);
            INodeEndpoint node = transport.CreateNode("echo_tester", "/");
            QosProfile qos = QosProfile.KeepLast(100);
            _publisher = transport.CreatePublisher(node, "/in/string", Wire.String, qos);
            _subscription = transport.CreateSubscription(node, "/out/string", Wire.String, qos);
        }

        public int Readers => _publisher.SubscriptionCount;

        public int Writers => _subscription.PublisherCount;

        public void Expect(string text)
        {
            _spinner.Until(() => Readers > 0 && Writers > 0, "the peer");
            _spinner.Until(
                () => _publisher.Publish(Wire.Text(text))
                    && _subscription.Take(100, _got) >= 0
                    && _got.Samples.Any(sample => Wire.ReadText(sample) == text),
                text);
        }

        public void End() => _publisher.Publish(Wire.Text("end"));
    }
}
