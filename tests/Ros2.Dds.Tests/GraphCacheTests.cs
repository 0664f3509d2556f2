using ROS2;
using ROS2.Dds;
using ROS2.Transport;

namespace Ros2.Dds.Tests;

public sealed class GraphCacheTests
{
    private static readonly Gid Participant = new(1, 1);

    [Fact]
    public void Endpoints_ThatArriveBeforeTheirNode_GetItLater()
    {
        var cache = new GraphCache();
        cache.AddEndpoint(Endpoint(new Gid(2, 1), "rt/chatter", "std_msgs::msg::dds_::String_", isReader: false));
        Assert.Equal("_NODE_NAME_UNKNOWN_", Assert.Single(cache.GetEndpoints()).NodeName);

        cache.SetNodes(new ParticipantEntities(Participant, [new NodeEntities("/ns", "talker", [], [new Gid(2, 1)])]));

        GraphEndpoint endpoint = Assert.Single(cache.GetEndpoints());
        Assert.Equal(("/chatter", "talker", "/ns"), (endpoint.Name, endpoint.NodeName, endpoint.NodeNamespace));
    }

    [Fact]
    public void Service_WithItsTwoTopics_IsOneEndpoint()
    {
        var cache = new GraphCache();
        cache.AddEndpoint(Endpoint(new Gid(2, 1), "rq/sRequest", "std_srvs::srv::dds_::Trigger_Request_", isReader: true));
        cache.AddEndpoint(Endpoint(new Gid(2, 2), "rr/sReply", "std_srvs::srv::dds_::Trigger_Response_", isReader: false));

        GraphEndpoint server = Assert.Single(cache.GetEndpoints());

        Assert.Equal(
            (GraphEndpointKind.ServiceServer, "/s", "std_srvs/srv/Trigger"), (server.Kind, server.Name, server.TypeName));
    }

    [Fact]
    public void RemoveParticipant_TakesItsNodesAway()
    {
        var cache = new GraphCache();
        cache.AddParticipant(Participant, "/secret");
        cache.SetNodes(new ParticipantEntities(Participant, [new NodeEntities("/", "n", [], [])]));
        Assert.Equal(new GraphNode("n", "/", "/secret"), Assert.Single(cache.GetNodes()));

        cache.RemoveParticipant(Participant);

        Assert.Empty(cache.GetNodes());
    }

    [Fact]
    public void GetEndpoints_WhateverTheOrderOfDiscovery_AreInTheSameOrder()
    {
        DiscoveredEndpoint[] endpoints =
        [
            Endpoint(new Gid(9, 1), "rt/b", "T", isReader: false),
            Endpoint(new Gid(3, 1), "rt/b", "T", isReader: false),
            Endpoint(new Gid(5, 1), "rt/a", "T", isReader: true),
        ];
        var forward = new GraphCache();
        var backward = new GraphCache();
        Array.ForEach(endpoints, forward.AddEndpoint);
        Array.ForEach(endpoints.Reverse().ToArray(), backward.AddEndpoint);

        Assert.Equal(forward.GetEndpoints().Select(e => e.Gid), backward.GetEndpoints().Select(e => e.Gid));
    }

    private static DiscoveredEndpoint Endpoint(Gid gid, string topic, string type, bool isReader) =>
        new(isReader, gid, Participant, topic, type, "", DdsQos.From(QosProfile.DefaultProfile));
}
