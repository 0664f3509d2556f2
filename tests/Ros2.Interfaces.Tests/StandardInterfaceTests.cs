using ROS2;

namespace Ros2.Interfaces.Tests;

public sealed class StandardInterfaceTests
{
    private static readonly string[] Packages =
    [
        "action_msgs", "builtin_interfaces", "composition_interfaces", "diagnostic_msgs", "example_interfaces", "geographic_msgs",
        "geometry_msgs", "grid_map_msgs", "lifecycle_msgs", "nav2_msgs", "nav_msgs", "rcl_interfaces", "rmw_dds_common", "rosbag2_interfaces",
        "rosgraph_msgs", "sensor_msgs", "service_msgs", "shape_msgs", "statistics_msgs", "std_msgs", "std_srvs", "stereo_msgs",
        "test_msgs", "tf2_msgs", "trajectory_msgs", "type_description_interfaces", "unique_identifier_msgs", "visualization_msgs",
    ];

    [Fact]
    public void Registry_StandardPackages_AreAllThere()
    {
        var found = AllTypes.Messages.Select(type => type.Package).ToHashSet();
        Assert.Empty(Packages.Where(package => !found.Contains(package)));
    }

    [Fact]
    public void Registry_EveryName_FindsThatType()
    {
        Assert.All(AllTypes.Messages, type => Assert.Same(type, AllTypes.Registry.FindMessage(type.Name)));
        Assert.All(AllTypes.Registry.ServiceNames, name => Assert.Equal(name, AllTypes.Registry.FindService(name)!.Name));
        Assert.All(AllTypes.Registry.ActionNames, name => Assert.Equal(name, AllTypes.Registry.FindAction(name)!.Name));
    }

    [Fact]
    public void EveryType_Hash_IsWellFormedAndUnique()
    {
        Assert.All(AllTypes.Messages, type => Assert.Matches("^RIHS01_[0-9a-f]{64}$", type.TypeHash));
        Assert.Equal(AllTypes.Messages.Count, AllTypes.Messages.Select(type => type.TypeHash).Distinct().Count());
    }

    // Hashes that ROS 2 Jazzy prints with `ros2 topic info --verbose`, apart from the recorded file.
    [Fact]
    public void StdMsgsString_Hash_IsThatOfRos2() =>
        Assert.Equal(
            "RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18",
            RosMessageType.Of<std_msgs.msg.String>().TypeHash);

    [Fact]
    public void StringsDefaults_QuotesAndEscapes_AsInRos2DotnetsTest()
    {
        var strings = new test_msgs.msg.Strings();
        Assert.Equal("Hello world!", test_msgs.msg.Strings.STRING_CONST);
        Assert.Equal("Hello'world!", strings.StringValueDefault2);
        Assert.Equal("Hello\"world!", strings.StringValueDefault3);
        Assert.Equal("Hello'world!", strings.StringValueDefault4);
        Assert.Equal("Hello\"world!", strings.StringValueDefault5);
    }

    [Fact]
    public void Verifier_WrongHashUnknownTypeAndWrongBytes_AreEachReported()
    {
        var verifier = new InterfaceVerifier(AllTypes.Registry);
        verifier.VerifyLine("""{"type":"std_msgs/msg/Bool","hash":"RIHS01_0","parts":{"std_msgs/msg/Nope":"x"},"samples":[]}""", 1);
        verifier.VerifyLine(
            """{"type":"std_msgs/msg/Float64","hash":"RIHS01_705ba9c3d1a09df43737eb67095534de36fd426c0587779bda2bc51fe790182a","parts":{},"""
            + """ "samples":[{"type":"std_msgs/msg/Float64","value":{"data":NaN},"cdr":"00010000000000000000f03f"}]}""", 2);

        InterfaceVerificationReport report = verifier.Report();
        Assert.False(report.IsSuccess);
        Assert.Equal(2, report.Interfaces);
        Assert.Equal(
            [
                "std_msgs/msg/Bool: hash " + RosMessageType.Of<std_msgs.msg.Bool>().TypeHash + ", expected RIHS01_0",
                "std_msgs/msg/Nope: not among the interfaces here",
                "std_msgs/msg/Float64 sample 0 (std_msgs/msg/Float64), default-constructed: 12 bytes, expected 12; first difference at byte 10",
                "std_msgs/msg/Float64 sample 0 (std_msgs/msg/Float64), value → bytes: 12 bytes, expected 12; first difference at byte 10",
            ],
            report.Mismatches.Take(4));
        Assert.EndsWith("mismatches", report.Lines.Last(), StringComparison.Ordinal);
    }
}
