using ROS2.Dds;
using ROS2.FastDds;
using ROS2.FastDds.Configuration;
using ROS2.Transport;

namespace Ros2.FastDds.Tests;

public sealed class FastConfigurationTests
{
    [Fact]
    public void Configuration_WithoutAWord_KeepsToLoopback() =>
        Assert.Equal("interface 127.0.0.1\nmulticast 0\npeer 127.0.0.1\n", Write());

    [Theory]
    [InlineData("ROS_AUTOMATIC_DISCOVERY_RANGE", "SUBNET")]
    [InlineData("ROS_AUTOMATIC_DISCOVERY_RANGE", "SYSTEM_DEFAULT")]
    [InlineData("ROS_LOCALHOST_ONLY", "0")]
    [InlineData("FASTRTPS_DEFAULT_PROFILES_FILE", "profiles.xml")]
    [InlineData("ROS_DISCOVERY_SERVER", "10.0.0.1:11811")]
    public void Configuration_WhereANetworkIsAskedFor_LeavesItToFastDds(string variable, string value) =>
        Assert.Equal("", Write((variable, value)));

    [Fact]
    public void Configuration_WithStaticPeers_LooksAtThemAndMulticast() => Assert.Equal(
        "peer 10.0.0.7\npeer 239.255.0.1\n",
        Write(("ROS_AUTOMATIC_DISCOVERY_RANGE", "SUBNET"), ("ROS_STATIC_PEERS", "10.0.0.7")));

    [Fact]
    public void Configuration_WithDiscoveryOff_HasNone() => Assert.Equal(
        "interface 127.0.0.1\nmulticast 0\ndiscovery 0\n", Write(("ROS_AUTOMATIC_DISCOVERY_RANGE", "OFF")));

    [Fact]
    public void Configuration_OfAnUnknownInterface_ThrowsOneLineThatNamesIt()
    {
        var options = new FastDdsOptions { NetworkInterface = "nosuch0" };

        var e = Assert.Throws<RosTransportException>(
            () => FastConfiguration.Write(FastConfiguration.Decide(options, RosEnvironment.Read(_ => null))));

        Assert.Equal(RosTransportError.Configuration, e.Error);
        Assert.Contains("nosuch0", e.Message, StringComparison.Ordinal);
    }

    private static string Write(params (string Name, string Value)[] variables)
    {
        string? Variable(string name) => Array.Find(variables, v => v.Name == name).Value;
        var options = new FastDdsOptions { Variable = Variable };
        return FastConfiguration.Write(FastConfiguration.Decide(options, RosEnvironment.Read(Variable)));
    }
}
