using ROS2.Dds;
using ROS2.Transport;

namespace Ros2.Dds.Tests;

public sealed class RosEnvironmentTests
{
    [Fact]
    public void Read_OfNothing_GivesDefaults()
    {
        RosEnvironment environment = RosEnvironment.Read(_ => null);

        Assert.Equal((0u, DiscoveryRange.Unset, 16), (environment.DomainId, environment.Range, environment.GidSize));
        Assert.Empty(environment.StaticPeers);
    }

    [Theory]
    [InlineData("ROS_DOMAIN_ID", "233")]
    [InlineData("ROS_DOMAIN_ID", "-1")]
    [InlineData("ROS_DOMAIN_ID", "abc")]
    [InlineData("ROS_DOMAIN_ID", " 1")]
    [InlineData("ROS_DOMAIN_ID", "0xE9")]
    [InlineData("ROS_DOMAIN_ID", "09")]
    [InlineData("ROS_DOMAIN_ID", "0777777777777")]
    [InlineData("ROS_LOCALHOST_ONLY", "yes")]
    [InlineData("ROS_AUTOMATIC_DISCOVERY_RANGE", "WORLD")]
    public void Read_OfAWrongValue_NamesVariableAndValue(string name, string value)
    {
        var e = Assert.Throws<RosTransportException>(() => RosEnvironment.Read(n => n == name ? value : null));

        Assert.StartsWith($"{name}={value}: expected ", e.Message, StringComparison.Ordinal);
        Assert.Equal(RosTransportError.Configuration, e.Error);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("0", 0)]
    [InlineData("42", 42)]
    [InlineData("0x2a", 42)]
    [InlineData("052", 42)]
    public void DomainId_IsReadAsRclReadsIt(string text, uint expected) =>
        Assert.Equal(expected, RosEnvironment.Read(name => name == "ROS_DOMAIN_ID" ? text : null).DomainId);

    [Theory]
    [InlineData("1", "SUBNET", DiscoveryRange.Localhost)]
    [InlineData("0", null, DiscoveryRange.Subnet)]
    [InlineData("0", "LOCALHOST", DiscoveryRange.Localhost)]
    [InlineData(null, "SUBNET", DiscoveryRange.Subnet)]
    [InlineData(null, "OFF", DiscoveryRange.Off)]
    [InlineData("", "SYSTEM_DEFAULT", DiscoveryRange.SystemDefault)]
    [InlineData(null, null, DiscoveryRange.Unset)]
    public void Read_OfBothRangeVariables_LetsTheOlderOneWin(string? localhostOnly, string? range, DiscoveryRange expected)
    {
        RosEnvironment environment = RosEnvironment.Read(name => name switch
        {
            "ROS_LOCALHOST_ONLY" => localhostOnly,
            "ROS_AUTOMATIC_DISCOVERY_RANGE" => range,
            _ => null,
        });

        Assert.Equal(expected, environment.Range);
    }

    [Theory]
    [InlineData("humble", 24)]
    [InlineData("foxy", 24)]
    [InlineData("iron", 16)]
    [InlineData("jazzy", 16)]
    [InlineData("unheard_of", 16)]
    public void GidSize_FollowsTheDistribution(string distribution, int size) =>
        Assert.Equal(size, RosEnvironment.Read(name => name == "ROS_DISTRO" ? distribution : null).GidSize);

    [Fact]
    public void StaticPeers_WithLocalhostOnly_AreIgnored() => Assert.Empty(
        RosEnvironment.Read(name => name switch { "ROS_STATIC_PEERS" => "10.0.0.1", "ROS_LOCALHOST_ONLY" => "1", _ => null }).StaticPeers);

    [Fact]
    public void StaticPeers_AreSplitAtSemicolons() => Assert.Equal(
        ["10.0.0.1", "rover.local"],
        RosEnvironment.Read(name => name == "ROS_STATIC_PEERS" ? "10.0.0.1; rover.local;" : null).StaticPeers);
}
