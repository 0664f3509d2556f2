using ROS2;

namespace Ros2.Common.Tests;

public sealed class RosTypeTests
{
    [Theory]
    [InlineData("std_msgs/msg/String", "std_msgs::msg::dds_::String_")]
    [InlineData("std_srvs/srv/Empty_Request", "std_srvs::srv::dds_::Empty_Request_")]
    public void ToDds_AndBack_SameName(string name, string dds)
    {
        Assert.Equal(dds, RosTypeName.ToDds(name));
        Assert.Equal(name, RosTypeName.FromDds(dds));
    }

    [Theory]
    [InlineData("DCPSParticipant")]
    [InlineData("std_msgs::msg::dds_::String")]
    [InlineData("::dds_::String_")]
    [InlineData("")]
    public void FromDds_NoRosType_Null(string dds) => Assert.Null(RosTypeName.FromDds(dds));

    [Fact]
    public void Definition_NestedTypes_EachOnceSortedAndSeparated()
    {
        RosMessageType type = RosMessageType.Of<geometry_msgs.msg.PoseStamped>();
        string[] parts = type.Definition.Split(new string('=', 80) + "\n");
        Assert.Equal("std_msgs/Header header\nPose pose\n", parts[0]);
        Assert.Equal(
            ["builtin_interfaces/Time", "geometry_msgs/Point", "geometry_msgs/Pose", "geometry_msgs/Quaternion", "std_msgs/Header"],
            parts[1..].Select(part => part.Split('\n')[0]["MSG: ".Length..]));
    }

    [Fact]
    public void Fields_OfBoundedTypes_DescribeThem()
    {
        IReadOnlyList<RosField> fields = RosMessageType.Of<rcl_interfaces.msg.ParameterDescriptor>().Fields;
        RosField range = fields.Single(field => field.Name == "integer_range");
        Assert.Equal("rcl_interfaces/IntegerRange[<=1] integer_range", range.ToString());
        Assert.Equal(97, range.TypeId);
        Assert.Equal("false", fields.Single(field => field.Name == "read_only").DefaultValue);
        Assert.Equal("string<=22", RosMessageType.Of<test_msgs.msg.Strings>().Fields.First(f => f.StringCapacity == 22).TypeText);
        Assert.True(RosMessageType.Of<std_msgs.msg.Empty>().Fields[0].IsPlaceholder);
    }

    [Theory]
    [InlineData("""{"sec":1,"nano":2}""", "builtin_interfaces/msg/Time: builtin_interfaces/msg/Time has no field 'nano'")]
    [InlineData("""{"sec":1.5}""", "builtin_interfaces/msg/Time.sec: 1.5 is no Int32")]
    [InlineData("""{"nanosec":-1}""", "builtin_interfaces/msg/Time.nanosec: -1 is no UInt32")]
    [InlineData("[]", "builtin_interfaces/msg/Time: expected an object, found Array")]
    public void JsonRead_WrongInput_SaysWhereAndWhat(string json, string expected)
    {
        Assert.Equal(expected, Assert.Throws<FormatException>(() => RosJsonReader.Read(json, new builtin_interfaces.msg.Time())).Message);
    }

    [Fact]
    public void JsonRead_SomeFields_LeavesTheOthers()
    {
        var odometry = new nav_msgs.msg.Odometry { ChildFrameId = "base" };
        RosJsonReader.Read("""{"header":{"frame_id":"odom"},"pose":{"pose":{"position":{"x":-Infinity,"y":NaN}}}}""", odometry);
        Assert.Equal(("base", "odom"), (odometry.ChildFrameId, odometry.Header.FrameId));
        Assert.Equal(double.NegativeInfinity, odometry.Pose.Pose.Position.X);
        Assert.True(double.IsNaN(odometry.Pose.Pose.Position.Y));
        Assert.Throws<FormatException>(() => RosJsonReader.Read("{", odometry));
        Assert.Throws<FormatException>(() => RosJsonReader.Read("""{"pose":{"covariance":[1]}}""", odometry));
    }
}
