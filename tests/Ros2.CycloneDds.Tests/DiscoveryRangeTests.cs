using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>
/// <c>ROS_AUTOMATIC_DISCOVERY_RANGE</c>, <c>ROS_LOCALHOST_ONLY</c> and <c>ROS_STATIC_PEERS</c> in real processes on two
/// machines, which are network namespaces: who meets whom.
/// </summary>
public sealed class DiscoveryRangeTests : IDisposable
{
    private const string RangeVariable = "ROS_AUTOMATIC_DISCOVERY_RANGE";
    private const string LocalhostOnlyVariable = "ROS_LOCALHOST_ONLY";
    private const string PeersVariable = "ROS_STATIC_PEERS";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LossyNetwork _network = new(dropPercent: 0);
    private readonly uint _domain = Domain.Next();
    private readonly List<PeerProcess> _processes = [];

    public DiscoveryRangeTests() => Domain.Open(_domain).Dispose(); // skips where this DDS is not installed

    private string[] Here => _network.OnClient;

    private string[] There => _network.OnServer;

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        _network.Dispose();
    }

    [Theory]
    [InlineData("LOCALHOST")]
    [InlineData("")]
    public void OfThisMachine_MeetsTheNearNotTheFar(string range)
    {
        Talk(There, "far", "SUBNET");
        Talk(Here, "near", range);

        Meet(range, "", expect: "near", avoid: "far");
    }

    [Fact]
    public void Untold_IsNotMetByTheFarThatKnowsItsAddress()
    {
        Talk(There, "far", "SUBNET", LossyNetwork.ClientAddress);
        Talk(Here, "near", "SUBNET");

        Meet("", "", expect: "near", avoid: "far");
    }

    [Fact]
    public void Untold_HearsWhatTheNearPublishes()
    {
        Talk(Here, "near", "SUBNET");

        Start(Here, TalkPeer.Hear, "", "", "").ExpectExit(0, 2 * Patience);
    }

    [Theory]
    [InlineData("LOCALHOST", "SUBNET")]
    [InlineData("SUBNET", "LOCALHOST")]
    [InlineData("SUBNET", "SUBNET")]
    [InlineData("SUBNET", "")]
    [InlineData("", "SUBNET")]
    [InlineData("LOCALHOST", "")]
    [InlineData("", "LOCALHOST")]
    public void Ranges_OnTheSameMachine_MeetAsInRos(string talker, string listener)
    {
        Talk(Here, "silent", "OFF");
        Talk(Here, "near", talker);

        Meet(listener, "", expect: "near", avoid: "silent");
    }

    // As those of Humble, to which SYSTEM_DEFAULT is the default: over Cyclone DDS they look for each other by multicast alone.
    [Theory]
    [InlineData("SYSTEM_DEFAULT", "")]
    [InlineData("", "SYSTEM_DEFAULT")]
    public void Untold_MeetsTheNearThatKnowMulticastAloneNotTheFar(string talker, string listener)
    {
        Talk(There, "far", talker);
        Talk(Here, "near", talker);

        Meet(listener, "", expect: "near", avoid: "far");
    }

    [Fact]
    public void Off_IsMetByNobodyOnTheSameMachine()
    {
        Talk(Here, "silent", "OFF");
        Talk(Here, "near", "LOCALHOST");

        Meet("LOCALHOST", "", expect: "near", avoid: "silent");
    }

    [Fact]
    public void Subnet_MeetsTheFarNotTheSilent()
    {
        Talk(There, "silent", "OFF");
        Talk(There, "far", "SUBNET");

        Meet("SUBNET", "", expect: "far", avoid: "silent");
    }

    [Fact]
    public void LocalhostOnly_OverridesTheRange()
    {
        Talk(There, "far", "SUBNET");
        Talk(Here, "near", "LOCALHOST");

        Meet("SUBNET", "", expect: "near", avoid: "far", localhostOnly: "1");
    }

    [Fact]
    public void LocalhostOnly_SwitchedOff_MeetsTheFar()
    {
        Talk(There, "silent", "OFF");
        Talk(There, "far", "", localhostOnly: "0");

        Meet("", "", expect: "far", avoid: "silent", localhostOnly: "0");
    }

    [Fact]
    public void StaticPeers_BesideTheOwnMachine_AreMetOthersAreNot()
    {
        Talk(There, "stranger", "");
        Talk(There, "friend", "LOCALHOST", LossyNetwork.ClientAddress);

        Meet("LOCALHOST", LossyNetwork.ServerAddress, expect: "friend", avoid: "stranger");
    }

    private void Talk(string[] machine, string name, string range, string peers = "", string localhostOnly = "")
    {
        PeerProcess talker = Start(machine, TalkPeer.Talk, range, peers, localhostOnly, (TalkPeer.NameVariable, name));
        Assert.True(
            SpinWait.SpinUntil(() => talker.HasExited || talker.Output.Contains(TalkPeer.Talking, StringComparison.Ordinal), Patience)
                && !talker.HasExited,
            $"'{name}' does not talk: {talker.Output}");
    }

    private void Meet(string range, string peers, string expect, string avoid, string localhostOnly = "")
    {
        (string, string)[] names = [(TalkPeer.ExpectVariable, expect), (TalkPeer.AvoidVariable, avoid)];
        Start(Here, TalkPeer.Meet, range, peers, localhostOnly, names).ExpectExit(0, 2 * Patience);
    }

    private PeerProcess Start(
        string[] machine, Action role, string range, string peers, string localhostOnly, params (string Name, string Value)[] names)
    {
        PeerProcess process = PeerProcess.StartRole(
            machine,
            role,
            _domain,
            [.. names, (RangeVariable, range), (PeersVariable, peers), (LocalhostOnlyVariable, localhostOnly)]);
        _processes.Add(process);
        return process;
    }
}
