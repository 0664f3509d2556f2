using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

public sealed class GraphTests
{
    [Fact]
    public void Nodes_OfAnotherParticipant_AppearWithTheirEndpoints()
    {
        uint domain = Domain.Next();
        using DdsTransport near = Domain.Open(domain);
        using DdsTransport far = Domain.Open(domain);
        var spinner = new Spinner(near);
        INodeEndpoint node = far.CreateNode("talker", "/demo");
        far.CreatePublisher(node, "/chatter", Wire.String, QosProfile.SensorDataProfile);
        far.CreateServiceServer(node, "/s", Wire.SetBool, QosProfile.ServicesDefaultProfile);
        far.CreateServiceClient(node, "/t", Wire.SetBool, QosProfile.ServicesDefaultProfile);

        spinner.Until(() => near.Graph.GetEndpoints().Count(e => e.NodeName == "talker") == 3, "three endpoints");

        Assert.Equal(new GraphNode("talker", "/demo", "/"), Assert.Single(near.Graph.GetNodes()));
        GraphEndpoint publisher = near.Graph.GetEndpoints().Single(e => e.Name == "/chatter");
        Assert.Equal(GraphEndpointKind.Publisher, publisher.Kind);
        Assert.Equal("std_msgs/msg/String", publisher.TypeName);
        Assert.Equal(Wire.String.Hash, publisher.TypeHash);
        Assert.Equal(QosReliabilityPolicy.BestEffort, publisher.Qos.Reliability);
        GraphEndpoint server = near.Graph.GetEndpoints().Single(e => e.Name == "/s");
        Assert.Equal((GraphEndpointKind.ServiceServer, "std_srvs/srv/SetBool"), (server.Kind, server.TypeName));
        GraphEndpoint client = near.Graph.GetEndpoints().Single(e => e.Name == "/t");
        Assert.Equal((GraphEndpointKind.ServiceClient, "/demo"), (client.Kind, client.NodeNamespace));
        spinner.Until(() => spinner.GraphChanges > 0, "the dispatcher's news of it");
    }

    [Fact]
    public void Nodes_WhenTheParticipantCloses_Disappear()
    {
        uint domain = Domain.Next();
        using DdsTransport near = Domain.Open(domain);
        var spinner = new Spinner(near);
        using (DdsTransport far = Domain.Open(domain))
        {
            far.CreateNode("short_lived", "/");
            spinner.Until(() => near.Graph.GetNodes().Count == 1, "the node");
        }

        spinner.Until(() => near.Graph.GetNodes().Count == 0, "its end");
    }

    [Fact]
    public void OwnNodes_AreInTheGraphAtOnce()
    {
        using DdsTransport transport = Domain.Open(Domain.Next());
        INodeEndpoint node = transport.CreateNode("me", "/here");
        transport.CreateSubscription(node, "/in", Wire.String, QosProfile.DefaultProfile);

        Assert.Equal("me", Assert.Single(transport.Graph.GetNodes()).Name);
        GraphEndpoint endpoint = transport.Graph.GetEndpoints().Single(e => e.Name == "/in");
        Assert.Equal(("me", "/here"), (endpoint.NodeName, endpoint.NodeNamespace));

        node.Dispose();
        Assert.Empty(transport.Graph.GetNodes());
    }

    [Fact]
    public void HumbleAndJazzyParticipants_SeeEachOthersNodes()
    {
        uint domain = Domain.Next();
        using DdsTransport humble = Domain.Open(domain, name => name == "ROS_DISTRO" ? "humble" : null);
        using DdsTransport jazzy = Domain.Open(domain, name => name == "ROS_DISTRO" ? "jazzy" : null);
        humble.CreateNode("old_node", "/");
        jazzy.CreateNode("new_node", "/");

        foreach (DdsTransport transport in new[] { humble, jazzy })
        {
            new Spinner(transport).Until(() => transport.Graph.GetNodes().Count == 2, "both nodes");
        }
    }

    [Fact]
    public void SystemDefault_IsWhatTheVendorsRmwMakesOfIt()
    {
        uint domain = Domain.Next();
        using DdsTransport near = Domain.Open(domain);
        using DdsTransport far = Domain.Open(domain);
        INodeEndpoint node = far.CreateNode("indifferent", "/");
        far.CreatePublisher(node, "/out", Wire.String, QosProfile.SystemDefaultProfile);
        far.CreateSubscription(node, "/in", Wire.String, QosProfile.SystemDefaultProfile);

        new Spinner(near).Until(() => near.Graph.GetEndpoints().Count(e => e.NodeName == "indifferent") == 2, "both endpoints");

        QosProfile writer = near.Graph.GetEndpoints().Single(e => e.Name == "/out").Qos;
        QosProfile reader = near.Graph.GetEndpoints().Single(e => e.Name == "/in").Qos;
        Assert.Equal(QosReliabilityPolicy.Reliable, writer.Reliability);
        Assert.Equal(Domain.DefaultWriterIsTransientLocal ? QosDurabilityPolicy.TransientLocal : QosDurabilityPolicy.Volatile, writer.Durability);
        Assert.Equal(Domain.DefaultReaderIsReliable ? QosReliabilityPolicy.Reliable : QosReliabilityPolicy.BestEffort, reader.Reliability);
        Assert.Equal(QosDurabilityPolicy.Volatile, reader.Durability);
    }

    [Fact]
    public void DiscoveryInfo_Malformed_IsCountedLoggedOnceAndTheProcessLives()
    {
        uint domain = Domain.Next();
        var warnings = new List<string>();
        using DdsTransport near = Domain.Open(domain, warnings: warnings);
        using DdsTransport far = Domain.Open(domain);
        INodeEndpoint node = far.CreateNode("hostile", "/");
        IPublisherEndpoint publisher = far.CreatePublisher(
            node,
            "ros_discovery_info",
            Wire.Type("rmw_dds_common/msg/ParticipantEntitiesInfo"),
            QosProfile.KeepLast(100).WithTransientLocal().WithAvoidRosNamespaceConventions(true));
        long before = near.MalformedSampleCount;

        publisher.Publish([0, 1, 0, 0, 1, 2, 3, 4]);
        publisher.Publish([0, 1, 0, 0, .. new byte[16], 0xff, 0xff, 0xff, 0x7f]);
        publisher.Publish([0, 7, 0, 0, .. new byte[20]]);

        new Spinner(near).Until(
            () => near.MalformedSampleCount >= before + 3 && near.Graph.GetNodes().Any(n => n.Name == "hostile"), "three drops");
        Assert.Single(warnings, line => line.StartsWith("ros_discovery_info", StringComparison.Ordinal));
    }
}
