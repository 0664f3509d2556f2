using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>What only rmw_cyclonedds' mapping of services has.</summary>
public sealed class ServiceHeaderTests
{
    [Fact]
    public void Request_WithoutRoomForAHeader_IsCountedAndDropped()
    {
        var warnings = new List<string>();
        using DdsTransport transport = Domain.Open(Domain.Next(), warnings: warnings);
        var spinner = new Spinner(transport);
        INodeEndpoint node = transport.CreateNode("tester", "/");
        IServiceServerEndpoint server =
            transport.CreateServiceServer(node, "/s", Wire.SetBool, QosProfile.ServicesDefaultProfile);
        IPublisherEndpoint raw = transport.CreatePublisher(
            node, "rq/sRequest", Wire.SetBool.Request, QosProfile.DefaultProfile.WithAvoidRosNamespaceConventions(true));
        long before = transport.MalformedSampleCount;

        raw.Publish([0, 1, 0, 0, 9, 9, 9, 9]);
        raw.Publish([0, 1, 0, 0, 9, 9, 9, 9]);
        var collector = new Collector();
        spinner.Until(() => server.TakeRequests(10, collector) == 0 && transport.MalformedSampleCount >= before + 2, "two drops");

        Assert.Empty(collector.Samples);
        Assert.Single(warnings);
    }
}
