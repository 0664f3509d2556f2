using System.Xml.Linq;
using ROS2.CycloneDds;
using ROS2.CycloneDds.Configuration;
using ROS2.Dds;

namespace Ros2.CycloneDds.Tests;

public sealed class ConfigurationTests
{
    [Fact]
    public void Default_KeepsToThisMachineWithMulticastThatNoInterfaceSends()
    {
        CycloneConfiguration configuration = Create(networks: ["eth0", "a\"b"]);

        Assert.True(configuration.LoopbackOnly);
        XElement ours = Ours(configuration);
        Assert.Equal(
            ["127.0.0.1", "eth0", "a\"b"],
            ours.Descendants("NetworkInterface").Select(network => (network.Attribute("address") ?? network.Attribute("name"))!.Value));
        Assert.All(ours.Descendants("NetworkInterface").Skip(1), network => Assert.Equal("false", network.Attribute("presence_required")!.Value));
        Assert.Equal(("spdp", "0"), (ours.Descendants("AllowMulticast").Single().Value, ours.Descendants("MulticastTimeToLive").Single().Value));
        Assert.Equal("127.0.0.1", ours.Descendants("Peer").Single().Attribute("address")!.Value);
        Assert.Equal("119", ours.Descendants("MaxAutoParticipantIndex").Single().Value);
    }

    [Fact]
    public void Default_WithoutANetwork_HasNoMulticast() =>
        Assert.Equal("false", Ours(Create()).Descendants("AllowMulticast").Single().Value);

    [Fact]
    public void Loopback_AskedFor_HasNoOtherInterface() => Assert.Equal(
        "127.0.0.1",
        Ours(Create(new CycloneDdsOptions { NetworkInterface = "lo" }, networks: ["eth0"])).Descendants("NetworkInterface").Single().Attribute("address")!.Value);

    [Fact]
    public void NetworkInterface_ByOption_IsUsedWithMulticast()
    {
        CycloneConfiguration configuration = Create(new CycloneDdsOptions { NetworkInterface = "eth\"0" });

        Assert.False(configuration.LoopbackOnly);
        XElement ours = Ours(configuration);
        Assert.Equal("eth\"0", ours.Descendants("NetworkInterface").Single().Attribute("name")!.Value);
        Assert.Empty(ours.Descendants("AllowMulticast"));
    }

    [Theory]
    [InlineData("ROS_AUTOMATIC_DISCOVERY_RANGE", "SUBNET")]
    [InlineData("ROS_AUTOMATIC_DISCOVERY_RANGE", "SYSTEM_DEFAULT")]
    [InlineData("ROS_LOCALHOST_ONLY", "0")]
    [InlineData("ROS_STATIC_PEERS", "10.0.0.1")]
    public void Variables_ThatAskForANetwork_LiftTheLimit(string name, string value)
    {
        CycloneConfiguration configuration = Create(variable: n => n == name ? value : null);

        Assert.False(configuration.LoopbackOnly);
        Assert.Empty(Ours(configuration).Descendants("NetworkInterface"));
    }

    [Fact]
    public void Localhost_AskedFor_IsOnTheNetworksInterfaceWithoutMulticastAsInRmwCyclonedds()
    {
        CycloneConfiguration configuration = Create(variable: name => name == "ROS_AUTOMATIC_DISCOVERY_RANGE" ? "LOCALHOST" : null);

        XElement ours = Ours(configuration);
        Assert.Empty(ours.Descendants("NetworkInterface"));
        Assert.Equal("false", ours.Descendants("AllowMulticast").Single().Value);
        Assert.Equal("localhost", ours.Descendants("Peer").Single().Attribute("address")!.Value);
        Assert.Equal("auto", ours.Descendants("ParticipantIndex").Single().Value);
        Assert.False(configuration.LoopbackOnly);
    }

    [Fact]
    public void Subnet_HasNumberedPorts_ThatPeersLookAt()
    {
        XElement ours = Ours(Create(variable: name => name == "ROS_AUTOMATIC_DISCOVERY_RANGE" ? "SUBNET" : null));

        Assert.Equal("auto", ours.Descendants("ParticipantIndex").Single().Value);
        Assert.Empty(ours.Descendants("Peers"));
    }

    [Fact]
    public void StaticPeers_OnLocalhost_AreAddedToLocalhost()
    {
        CycloneConfiguration configuration = Create(variable: name => name switch
        {
            "ROS_AUTOMATIC_DISCOVERY_RANGE" => "LOCALHOST",
            "ROS_STATIC_PEERS" => "10.0.0.1",
            _ => null,
        });

        Assert.Equal(
            ["localhost", "10.0.0.1"],
            Ours(configuration).Descendants("Peer").Select(peer => peer.Attribute("address")!.Value));
    }

    [Fact]
    public void DiscoveryOff_KeepsEverybodyOut()
    {
        XElement ours = Ours(Create(variable: name => name == "ROS_AUTOMATIC_DISCOVERY_RANGE" ? "OFF" : null));

        Assert.Equal("none", ours.Descendants("ParticipantIndex").Single().Value);
        Assert.Equal("ros_discovery_off_42", ours.Descendants("Tag").Single().Value);
        Assert.Empty(ours.Descendants("Peer"));
    }

    [Theory]
    [InlineData("<CycloneDDS><Domain><General><Interfaces><NetworkInterface name='eth0'/></Interfaces></General></Domain></CycloneDDS>")]
    [InlineData("<cyclonedds><domain><general><networkinterfaceaddress>eth0</networkinterfaceaddress></general></domain></cyclonedds>")]
    [InlineData("<Tracing/>,<General><NetworkInterfaceAddress>eth0</NetworkInterfaceAddress></General>")]
    public void UsersInterfaces_ReplaceOurs(string uri)
    {
        CycloneConfiguration configuration = Create(uri: uri);

        Assert.False(configuration.LoopbackOnly);
        Assert.Empty(Ours(configuration).Descendants("NetworkInterface"));
        Assert.Empty(Ours(configuration).Descendants("Peer"));
        Assert.Contains(uri, configuration.Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void UsersInterfaces_InAFile_ReplaceOurs()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "<CycloneDDS><Domain><General><Interfaces><NetworkInterface name=\"x\"/></Interfaces></General></Domain></CycloneDDS>");

            Assert.False(Create(uri: $"file://{file}").LoopbackOnly);
            Assert.False(Create(uri: $" file://{file} , <CycloneDDS/>").LoopbackOnly);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("<CycloneDDS><Domain><Tracing><Verbosity>warning</Verbosity></Tracing></Domain></CycloneDDS>")]
    [InlineData("file:///nowhere/at/all.xml")]
    [InlineData("<not closed")]
    [InlineData("")]
    public void UsersOtherSettings_KeepOurLoopback(string uri) => Assert.True(Create(uri: uri).LoopbackOnly);

    [Fact]
    public void SharedMemory_WhereTheBuildKnowsIt_IsSwitchedOffLast()
    {
        string uri = "<CycloneDDS><Domain><SharedMemory><Enable>true</Enable></SharedMemory></Domain></CycloneDDS>";

        string xml = Create(uri: uri, sharedMemory: true).Xml;

        Assert.True(xml.LastIndexOf("<Enable>false", StringComparison.Ordinal) > xml.IndexOf(uri, StringComparison.Ordinal));
        Assert.DoesNotContain("SharedMemory", Create().Xml, StringComparison.Ordinal);
    }

    private static CycloneConfiguration Create(
        CycloneDdsOptions? options = null, Func<string, string?>? variable = null, string? uri = null, bool sharedMemory = false, string[]? networks = null) =>
        CycloneConfiguration.Create(
            options ?? new CycloneDdsOptions(), RosEnvironment.Read(variable ?? (_ => null)), uri, sharedMemory, processId: 42, networks ?? []);

    private static XElement Ours(CycloneConfiguration configuration) =>
        XElement.Parse(configuration.Xml[..(configuration.Xml.IndexOf("</CycloneDDS>", StringComparison.Ordinal) + 13)]);
}
