using ROS2;
using ROS2.CycloneDds;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.FastDds.Tests;

/// <summary>Cyclone DDS and Fast DDS in one graph: topics and nodes go across, services do not and nobody is harmed.</summary>
public sealed class CrossVendorTests : IDisposable
{
    private readonly DdsTransport _fast;
    private readonly DdsTransport _cyclone;
    private readonly Spinner _spinner;

    public CrossVendorTests()
    {
        uint domain = Domain.Next();
        _fast = Domain.Open(domain);
        try
        {
            _cyclone = CycloneDdsTransport.Open(new CycloneDdsOptions { DomainId = domain, Variable = _ => null, Warn = _ => { } });
        }
        catch (RosTransportException e) when (e.Error == RosTransportError.PrerequisiteMissing)
        {
            _fast.Dispose();
            Assert.Skip(e.Message);
            throw;
        }

        _spinner = new Spinner(_fast);
    }

    public void Dispose()
    {
        _cyclone.Dispose();
        _fast.Dispose();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(300_000)]
    public void Topic_FromEitherVendor_ReachesTheOther(int length)
    {
        string text = new('x', length);
        Exchange(_fast, _cyclone, "/a", text);
        Exchange(_cyclone, _fast, "/b", text);
    }

    [Fact]
    public void Graph_OfEitherVendor_HasTheOthersNodes()
    {
        _cyclone.CreateSubscription(_cyclone.CreateNode("ear", "/"), "/t", Wire.String, QosProfile.DefaultProfile);
        _fast.CreatePublisher(_fast.CreateNode("mouth", "/"), "/t", Wire.String, QosProfile.DefaultProfile);
        foreach (DdsTransport transport in new[] { _fast, _cyclone })
        {
            _spinner.Until(
                () => transport.Graph.GetNodes().Count == 2 && transport.Graph.GetEndpoints().Count(e => e.Name == "/t") == 2,
                transport.Identifier);
            Assert.Equal(["ear", "mouth"], transport.Graph.GetNodes().Select(n => n.Name));
            Assert.Equal(
                [("mouth", Wire.String.Hash), ("ear", Wire.String.Hash)],
                transport.Graph.GetEndpoints().Where(e => e.Name == "/t").Select(e => (e.NodeName, e.TypeHash)));
        }
    }

    [Fact]
    public void Service_OfTheOtherVendor_IsNotTakenForAvailable()
    {
        QosProfile qos = QosProfile.ServicesDefaultProfile;
        _cyclone.CreateServiceServer(_cyclone.CreateNode("server", "/"), "/s", Wire.SetBool, qos);
        IServiceClientEndpoint client = _fast.CreateServiceClient(_fast.CreateNode("client", "/"), "/s", Wire.SetBool, qos);
        _spinner.Until(() => _fast.Graph.GetNodes().Count == 2, "the server's node");
        _fast.Wait(50_000_000);

        Assert.False(client.IsServerAvailable);
    }

    private void Exchange(DdsTransport from, DdsTransport to, string topic, string text)
    {
        using IPublisherEndpoint publisher =
            from.CreatePublisher(from.CreateNode("out", "/"), topic, Wire.String, QosProfile.DefaultProfile);
        using ISubscriptionEndpoint subscription =
            to.CreateSubscription(to.CreateNode("in", "/"), topic, Wire.String, QosProfile.DefaultProfile);
        _spinner.Until(() => publisher.SubscriptionCount > 0 && subscription.PublisherCount > 0, "match");
        var got = new Collector();
        _spinner.Until(
            () => publisher.Publish(Wire.Text(text)) && subscription.Take(10, got) >= 0 && got.Samples.Count > 0, topic);

        Assert.Equal(text, Wire.ReadText(got.Samples[0]));
        Assert.Equal(publisher.Gid, got.Infos[0].Publisher);
    }
}
