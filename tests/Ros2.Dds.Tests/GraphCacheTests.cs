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
        var talker = new Gid(1, (7UL << 32) | 1);
        cache.AddParticipant(Participant, "/");
        cache.AddEndpoint(Endpoint(talker, "rt/chatter", "std_msgs::msg::dds_::String_", isReader: false));
        Assert.Equal("_NODE_NAME_UNKNOWN_", Assert.Single(cache.GetEndpoints()).NodeName);

        cache.SetNodes(new ParticipantEntities(Participant, [new NodeEntities("/ns", "talker", [], [talker])]));

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
    public void Participant_ThatFellSilentAndIsHeardAgain_HasItsNodesBack()
    {
        var cache = new GraphCache();
        cache.AddParticipant(Participant, "/");
        cache.SetNodes(new ParticipantEntities(Participant, [new NodeEntities("/", "n", [], [])]));
        cache.RemoveParticipant(Participant);

        cache.AddParticipant(Participant, "/");

        Assert.Equal("n", Assert.Single(cache.GetNodes()).Name);
    }

    [Fact]
    public void SetNodes_AfterTheParticipantLeft_ShowsNoGhost()
    {
        var cache = new GraphCache();
        cache.AddParticipant(Participant, "/");
        cache.RemoveParticipant(Participant);

        cache.SetNodes(new ParticipantEntities(Participant, [new NodeEntities("/", "ghost", [], [])]));

        Assert.Empty(cache.GetNodes());
    }

    [Fact]
    public void SetNodes_BeforeTheParticipantIsDiscovered_ShowsThemThen()
    {
        var cache = new GraphCache();
        cache.SetNodes(new ParticipantEntities(Participant, [new NodeEntities("/", "early", [], [])]));
        Assert.Empty(cache.GetNodes());

        cache.AddParticipant(Participant, "/e");

        Assert.Equal(new GraphNode("early", "/", "/e"), Assert.Single(cache.GetNodes()));
    }

    [Fact]
    public void SetNodes_OfThousandsThatAreNotThere_KeepsFew()
    {
        var cache = new GraphCache();
        for (ulong i = 0; i < 5000; i++)
        {
            cache.SetNodes(new ParticipantEntities(new Gid(5, i), [new NodeEntities("/", $"n{i}", [], [])]));
        }

        for (ulong i = 0; i < 5000; i++)
        {
            cache.AddParticipant(new Gid(5, i), "/");
        }

        Assert.InRange(cache.GetNodes().Count, 1, 256);
        Assert.Contains(cache.GetNodes(), node => node.Name == "n4999");
    }

    [Fact]
    public void SetNodes_ThatListsAnothersEndpoint_DoesNotGetIt()
    {
        var cache = new GraphCache();
        var thief = new Gid(2, 1);
        var talker = new Gid(1, (7UL << 32) | 1);
        cache.AddParticipant(Participant, "/");
        cache.AddParticipant(thief, "/");
        cache.AddEndpoint(Endpoint(talker, "rt/chatter", "T", isReader: false));
        cache.SetNodes(new ParticipantEntities(Participant, [new NodeEntities("/", "talker", [], [talker])]));

        cache.SetNodes(new ParticipantEntities(thief, [new NodeEntities("/", "thief", [], [talker])]));

        Assert.Equal("talker", Assert.Single(cache.GetEndpoints()).NodeName);
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
