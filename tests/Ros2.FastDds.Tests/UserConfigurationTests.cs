using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ROS2.Transport;
using Ros2.CycloneDds.Tests;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.FastDds.Tests;

/// <summary>XML profiles and discovery server in real processes: those that use them meet, those that do not stay apart.</summary>
public sealed class UserConfigurationTests : IDisposable
{
    // The ports of RTPS begin elsewhere, so nobody without the profile is found.
    private const string Profile = """
        <?xml version="1.0" encoding="UTF-8" ?>
        <profiles xmlns="http://www.eprosima.com/XMLSchemas/fastRTPS_Profiles">
          <transport_descriptors>
            <transport_descriptor>
              <transport_id>loopback</transport_id><type>UDPv4</type>
              <interfaceWhiteList><address>127.0.0.1</address></interfaceWhiteList>
              <maxInitialPeersRange>20</maxInitialPeersRange>
            </transport_descriptor>
          </transport_descriptors>
          <participant profile_name="field_day" is_default_profile="true">
            <rtps>
              <userTransports><transport_id>loopback</transport_id></userTransports>
              <useBuiltinTransports>false</useBuiltinTransports>
              <port><portBase>1400</portBase></port>
              <builtin>
                <metatrafficUnicastLocatorList><locator><udpv4><address>127.0.0.1</address></udpv4></locator></metatrafficUnicastLocatorList>
                <initialPeersList><locator><udpv4><address>127.0.0.1</address></udpv4></locator></initialPeersList>
              </builtin>
            </rtps>
          </participant>
        </profiles>
        """;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("FASTRTPS_DEFAULT_PROFILES_FILE")]
    [InlineData("FASTDDS_DEFAULT_PROFILES_FILE")]
    public void ProfilesFile_WithPortsOfItsOwn_IsFollowed(string variable)
    {
        File.WriteAllText(_file, Profile);

        ConfiguredPair.ExpectToMeetApart((variable, _file));
    }

    [Theory]
    [InlineData("FASTRTPS_DEFAULT_PROFILES_FILE", "<profiles><participant/></profiles>")]
    [InlineData("FASTDDS_DEFAULT_PROFILES_FILE", "not XML")]
    [InlineData("FASTRTPS_DEFAULT_PROFILES_FILE", null)]
    public void ProfilesFile_ThatCannotBeUsed_StopsTheProgramWithItsName(string variable, string? content)
    {
        string file = content is null ? _file + ".missing" : _file;
        File.WriteAllText(_file, content);
        uint domain = Domain.Next();
        Domain.Open(domain).Dispose(); // skips where this DDS is not installed
        using PeerProcess talker = PeerProcess.StartRole([], TalkPeer.Talk, domain, (variable, file));

        talker.ExpectExit(1);

        Assert.Contains(nameof(RosTransportException), talker.Output, StringComparison.Ordinal);
        Assert.Contains(file, talker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void DiscoveryServer_OfTheEnvironment_IsUsed()
    {
        string port = FreePort().ToString(CultureInfo.InvariantCulture);
        using PeerProcess server = PeerProcess.Start("discovery_server_fastdds", 0, port, "120");

        ConfiguredPair.ExpectToMeetApart(("ROS_DISCOVERY_SERVER", $"127.0.0.1:{port}"));
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
