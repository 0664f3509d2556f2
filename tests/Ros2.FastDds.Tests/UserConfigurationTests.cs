using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ROS2;
using ROS2.Dds;
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

    [Theory]
    [InlineData("/chatter", 1.5)]
    [InlineData("/other", double.PositiveInfinity)]
    public void Profile_NamedAfterATopic_IsFollowedByItsPublisher(string topic, double deadlineSeconds)
    {
        File.WriteAllText(_file, $"""
            <profiles xmlns="http://www.eprosima.com/XMLSchemas/fastRTPS_Profiles">
              <publisher profile_name="{topic}">
                <qos><deadline><period><sec>1</sec><nanosec>500000000</nanosec></period></deadline></qos>
              </publisher>
            </profiles>
            """);
        uint domain = Domain.Next();
        using DdsTransport transport = Domain.Open(domain, name => name == "ROS_AUTOMATIC_DISCOVERY_RANGE" ? "SUBNET" : null);
        using PeerProcess talker = PeerProcess.StartRole([], TalkPeer.Talk, domain, ("FASTRTPS_DEFAULT_PROFILES_FILE", _file));
        GraphEndpoint publisher = PublisherOf(transport);

        TimeSpan expected = double.IsInfinity(deadlineSeconds) ? QosProfile.InfiniteDuration : TimeSpan.FromSeconds(deadlineSeconds);
        Assert.Equal(expected.TotalSeconds, publisher.Qos.Deadline.TotalSeconds, 1e-6);
    }

    [Theory]
    [InlineData("yes", QosReliabilityPolicy.BestEffort, QosDurabilityPolicy.Volatile)]
    [InlineData("", QosReliabilityPolicy.Reliable, QosDurabilityPolicy.Volatile)]
    public void Profile_OfATopic_DecidesWhatTheProgramLeavesToTheSystem(string isLeft, QosReliabilityPolicy reliability, QosDurabilityPolicy durability)
    {
        File.WriteAllText(_file, """
            <profiles xmlns="http://www.eprosima.com/XMLSchemas/fastRTPS_Profiles">
              <publisher profile_name="/chatter">
                <qos><reliability><kind>BEST_EFFORT</kind></reliability><durability><kind>VOLATILE</kind></durability></qos>
              </publisher>
            </profiles>
            """);
        uint domain = Domain.Next();
        using DdsTransport transport = Domain.Open(domain, name => name == "ROS_AUTOMATIC_DISCOVERY_RANGE" ? "SUBNET" : null);
        using PeerProcess talker = PeerProcess.StartRole(
            [], TalkPeer.Talk, domain, ("FASTRTPS_DEFAULT_PROFILES_FILE", _file), (TalkPeer.SystemDefaultVariable, isLeft));

        QosProfile qos = PublisherOf(transport).Qos;

        Assert.Equal((reliability, durability), (qos.Reliability, qos.Durability));
    }

    [Theory]
    [InlineData("SYNCHRONOUS", false)]
    [InlineData("ASYNCHRONOUS", false)]
    [InlineData("AUTO", false)]
    [InlineData("asynchron", true)]
    public void PublicationMode_OfTheEnvironment_IsTakenOrToldToBeUnknown(string mode, bool isUnknown)
    {
        uint domain = Domain.Next();
        var warnings = new List<string>();
        Domain.Open(domain, name => name == "RMW_FASTRTPS_PUBLICATION_MODE" ? mode : null, warnings).Dispose();
        using PeerProcess talker = PeerProcess.StartRole([], TalkPeer.Talk, domain, ("RMW_FASTRTPS_PUBLICATION_MODE", mode));
        using PeerProcess listener = PeerProcess.StartRole([], TalkPeer.Hear, domain);

        listener.ExpectExit(0);

        Assert.Equal(isUnknown, warnings.Exists(line => line.Contains(mode, StringComparison.Ordinal)));
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

    private static GraphEndpoint PublisherOf(DdsTransport transport)
    {
        GraphEndpoint? publisher = null;
        new Spinner(transport).Until(
            () => (publisher = transport.Graph.GetEndpoints().FirstOrDefault(e => e.Name == "/chatter")) is not null,
            "the talker's publisher");
        return publisher!;
    }
}
