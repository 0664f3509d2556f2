using ROS2;
using ROS2.Simulation;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>Two rovers on one machine, with an emulated radio between them.</summary>
public sealed class LinkEmulationTests : IDisposable
{
    private static readonly string[] Hosts = ["rover_1", "rover_2"];

    private readonly Radio _radio = new();
    private readonly LinkEmulatingTransport _near;
    private readonly IRosTransport _far;
    private readonly Spinner _spinner;
    private readonly INodeEndpoint _node;

    public LinkEmulationTests()
    {
        uint domain = Domain.Next();
        _near = new LinkEmulatingTransport(Domain.Open(domain, host: "rover_1"), _radio, Hosts);
        _far = Domain.Open(domain, host: "rover_2");
        _spinner = new Spinner(_near);
        _node = _near.CreateNode("listener", "/rover_1");
    }

    public void Dispose()
    {
        _far.Dispose();
        _near.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TopicOfAnotherHost_CrossesTheLink(bool reliable)
    {
        QosProfile qos = reliable ? QosProfile.DefaultProfile : QosProfile.SensorDataProfile;
        Listener heard = Listen("/rover_2/fleet/heartbeat", qos);
        IPublisherEndpoint publisher = Talk("/rover_2/fleet/heartbeat", qos);

        _spinner.Until(() => publisher.Publish(Wire.Text("up")) && heard.Texts.Contains("up"), "the link");
        Assert.True(_radio.Attempts > 0);
        Assert.Contains(heard.Endpoint, _spinner.Ready.Select(ready => ready.Endpoint));

        _radio.Outcome = LinkOutcome.Lost;
        Drain(heard);
        int attempts = _radio.Attempts;
        _spinner.Until(() => publisher.Publish(Wire.Text("down")) && _radio.Attempts > attempts + 5, "lost attempts");

        Assert.DoesNotContain("down", heard.Texts);
        Assert.True(reliable || _near.LostCount > 0);
    }

    [Fact]
    public void ReliableSample_LostOnce_ArrivesAfterTheLinkIsBack()
    {
        Listener heard = Listen("/rover_2/map", QosProfile.DefaultProfile);
        IPublisherEndpoint publisher = Talk("/rover_2/map", QosProfile.DefaultProfile);
        _spinner.Until(() => publisher.Publish(Wire.Text("up")) && heard.Texts.Contains("up"), "the link");

        _radio.Outcome = LinkOutcome.Lost;
        int attempts = _radio.Attempts;
        publisher.Publish(Wire.Text("patient"));
        _spinner.Until(() => _radio.Attempts > attempts + 1, "two attempts");
        _radio.Outcome = new LinkOutcome(true, 0);

        _spinner.Until(() => heard.Texts.Contains("patient"), "the sample");
    }

    [Fact]
    public void Sample_WhereMissionTimeIsKept_ArrivesWhenThatHasPassed()
    {
        long missionNs = 0;
        uint domain = Domain.Next();
        using var near = new LinkEmulatingTransport(
            Domain.Open(domain, host: "rover_1"), _radio, Hosts, () => Volatile.Read(ref missionNs));
        using IRosTransport far = Domain.Open(domain, host: "rover_2");
        var spinner = new Spinner(near);
        Listener heard = Listen(near, spinner, near.CreateNode("listener", "/rover_1"), "/rover_2/map", QosProfile.DefaultProfile);
        IPublisherEndpoint publisher = far.CreatePublisher(
            far.CreateNode("talker", "/rover_2"), "/rover_2/map", Wire.String, QosProfile.DefaultProfile);
        _radio.Outcome = new LinkOutcome(true, 1_000);

        spinner.Until(() => publisher.Publish(Wire.Text("x")) && _radio.Attempts > 0, "the first attempt");
        Assert.False(near.Wait(20_000_000) && heard.Texts.Count > 0);

        Volatile.Write(ref missionNs, 1_000);
        spinner.Until(() => heard.Texts.Count > 0, "the sample");
    }

    [Theory]
    [InlineData("/rover_1/odom")]
    [InlineData("/clock")]
    [InlineData("/rover_3/odom")]
    public void OtherTopics_PassUntouched(string topic)
    {
        _radio.Outcome = LinkOutcome.Lost;
        Listener heard = Listen(topic, QosProfile.DefaultProfile);
        IPublisherEndpoint publisher = Talk(topic, QosProfile.DefaultProfile);

        _spinner.Until(() => publisher.Publish(Wire.Text("x")) && heard.Texts.Contains("x"), topic);
        Assert.Equal(0, _radio.Attempts);
    }

    private Listener Listen(string topic, QosProfile qos) => Listen(_near, _spinner, _node, topic, qos);

    private static Listener Listen(IRosTransport transport, Spinner spinner, INodeEndpoint node, string topic, QosProfile qos)
    {
        var listener = new Listener(transport.CreateSubscription(node, topic, Wire.String, qos));
        spinner.WhenReady = (endpoint, readiness) =>
        {
            if (endpoint == listener.Endpoint && (readiness & Readiness.Data) != 0)
            {
                listener.Endpoint.Take(100, listener);
            }
        };
        return listener;
    }

    private IPublisherEndpoint Talk(string topic, QosProfile qos) =>
        _far.CreatePublisher(_far.CreateNode("talker", "/rover_2"), topic, Wire.String, qos);

    private void Drain(Listener heard)
    {
        while (_near.Wait(50_000_000))
        {
        }

        heard.Texts.Clear();
    }

    private sealed class Listener(ISubscriptionEndpoint endpoint) : ISampleHandler
    {
        public ISubscriptionEndpoint Endpoint { get; } = endpoint;

        public List<string> Texts { get; } = [];

        public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info) => Texts.Add(Wire.ReadText(cdr));
    }

    private sealed class Radio : ILinkModel
    {
        public LinkOutcome Outcome { get; set; } = new(true, 3_000_000);

        public int Attempts { get; private set; }

        public LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs)
        {
            Assert.Equal(("rover_2", "rover_1"), (fromHost, toHost));
            Attempts++;
            return Outcome;
        }
    }
}
