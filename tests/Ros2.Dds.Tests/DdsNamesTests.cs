using ROS2;
using ROS2.Dds;

namespace Ros2.Dds.Tests;

public sealed class DdsNamesTests
{
    [Theory]
    [InlineData("rt/chatter", DdsTopicRole.Topic, "/chatter")]
    [InlineData("rt/a/b", DdsTopicRole.Topic, "/a/b")]
    [InlineData("rq/sRequest", DdsTopicRole.Request, "/s")]
    [InlineData("rr/ns/sReply", DdsTopicRole.Response, "/ns/s")]
    [InlineData("rq/Request", DdsTopicRole.Plain, "rq/Request")]
    [InlineData("rq/s", DdsTopicRole.Plain, "rq/s")]
    [InlineData("rtx", DdsTopicRole.Plain, "rtx")]
    [InlineData("ros_discovery_info", DdsTopicRole.Plain, "ros_discovery_info")]
    [InlineData("", DdsTopicRole.Plain, "")]
    public void Demangle_OfAWireName_GivesRoleAndRosName(string wire, DdsTopicRole role, string rosName)
    {
        Assert.Equal(role, DdsNames.Demangle(wire, out string name));
        Assert.Equal(rosName, name);
    }

    [Fact]
    public void Mangle_ThenDemangle_GivesTheNameBack()
    {
        foreach (string name in new[] { "/a", "/ns/b", "/x/_action/send_goal" })
        {
            DdsNames.Demangle(DdsNames.Topic(name, QosProfile.DefaultProfile), out string topic);
            DdsNames.Demangle(DdsNames.Request(name, QosProfile.DefaultProfile), out string request);
            DdsNames.Demangle(DdsNames.Response(name, QosProfile.DefaultProfile), out string response);
            Assert.Equal([name, name, name], [topic, request, response]);
        }
    }

    [Fact]
    public void Mangle_AvoidingRosConventions_KeepsTheName()
    {
        QosProfile plain = QosProfile.DefaultProfile.WithAvoidRosNamespaceConventions(true);

        Assert.Equal("plain", DdsNames.Topic("plain", plain));
        Assert.Equal("plainRequest", DdsNames.Request("plain", plain));
    }

    [Theory]
    [InlineData("std_msgs::msg::dds_::String_", DdsTopicRole.Topic, "std_msgs/msg/String")]
    [InlineData("std_srvs::srv::dds_::SetBool_Request_", DdsTopicRole.Request, "std_srvs/srv/SetBool")]
    [InlineData("std_srvs::srv::dds_::SetBool_Response_", DdsTopicRole.Response, "std_srvs/srv/SetBool")]
    [InlineData("HelloWorldData::Msg", DdsTopicRole.Plain, "HelloWorldData::Msg")]
    public void DemangleType_OfAWireType_GivesTheRosType(string wire, DdsTopicRole role, string rosType) =>
        Assert.Equal(rosType, DdsNames.DemangleType(wire, role));
}
