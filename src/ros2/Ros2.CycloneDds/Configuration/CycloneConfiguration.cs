using System.Globalization;
using System.Security;
using System.Text;
using ROS2.Dds;

namespace ROS2.CycloneDds.Configuration;

/// <summary>
/// What Cyclone is told: our defaults, then the user's <c>CYCLONEDDS_URI</c>, which wins, then what must not be otherwise.
/// </summary>
/// <remarks>
/// Without a word from the user, DDS keeps to this machine: nothing but the loopback device is received from and nobody outside
/// is spoken to. Other programs of the machine that were told nothing either use its network's address, which the kernel brings
/// to the loopback device as well; to meet them, Cyclone is told of that interface too, and looks for those that have no
/// numbered ports, as Humble's, by multicast packets that no interface sends (their time to live is 0). A network is asked for by
/// <see cref="Dds.DdsOptions.NetworkInterface"/>, an interface in <c>CYCLONEDDS_URI</c>,
/// <c>ROS_AUTOMATIC_DISCOVERY_RANGE=SUBNET</c> or <c>SYSTEM_DEFAULT</c>, <c>ROS_LOCALHOST_ONLY=0</c>, or
/// <c>ROS_STATIC_PEERS</c>. On loopback there need not be multicast, so participants look for each other on the ports of
/// every participant number.
/// </remarks>
/// <param name="Xml">Configuration fragments, separated by commas.</param>
/// <param name="LoopbackOnly">Whether nothing from outside this machine is to come in.</param>
internal sealed record CycloneConfiguration(string Xml, bool LoopbackOnly)
{
    /// <summary>
    /// Highest participant number whose ports do not collide with the next domain's (RTPS 2.2, 9.6.1.1: offset
    /// 10 + 2 · 119 &lt; 250).
    /// </summary>
    public const int MaxParticipantIndex = 119;

    private const string MulticastOnMachine = "<AllowMulticast>spdp</AllowMulticast><MulticastTimeToLive>0</MulticastTimeToLive>";

    // The largest UDP payload that needs no jumbo datagram: above 64 KiB of data it saves most of the system calls.
    private const string MessageSize = "<MaxMessageSize>65500B</MaxMessageSize>";

    // The receive buffer is asked for, not demanded: the kernel caps it at net.core.rmem_max. Written samples wait for
    // the shim's flush (native/src/batch.c), which lets those of a flood share packets. A reliable writer stops when so much
    // is not acknowledged, until all is: each stop costs several switches of threads, so there are to be few. Cyclone lowers
    // the bound by itself where readers do not keep up.
    private const string Internals = "<Internal><SocketReceiveBufferSize max=\"4MB\"/><WriteBatch>true</WriteBatch>"
        + "<Watermarks><WhcHigh>2MB</WhcHigh></Watermarks></Internal>";

    /// <summary>Puts the configuration together.</summary>
    /// <param name="options">For the network interface.</param>
    /// <param name="environment">ROS' variables.</param>
    /// <param name="userUri">Value of <c>CYCLONEDDS_URI</c>, or null.</param>
    /// <param name="hasSharedMemory">Whether the Cyclone build knows the element SharedMemory.</param>
    /// <param name="processId">Of this process.</param>
    /// <param name="networks">Interfaces besides loopback, on which other programs of this machine may be.</param>
    public static CycloneConfiguration Create(
        CycloneDdsOptions options,
        RosEnvironment environment,
        string? userUri,
        bool hasSharedMemory,
        int processId,
        IReadOnlyList<string> networks)
    {
        UserConfiguration user = UserConfiguration.Read(userUri);
        Reach reach = Reach.Decide(options, environment, user.SetsInterfaces, user.SetsPeers);
        var xml = new StringBuilder("<CycloneDDS><Domain Id=\"any\"><General>");
        bool isUntold = reach.LoopbackOnly && environment.Range == DiscoveryRange.Unset && string.IsNullOrEmpty(options.NetworkInterface);
        AppendInterfaces(xml, reach.Interface, isUntold ? networks : []);
        if (isUntold && networks.Count > 0)
        {
            xml.Append(MulticastOnMachine);
        }
        else if (!reach.Multicast)
        {
            xml.Append("<AllowMulticast>false</AllowMulticast>");
        }

        xml.Append(MessageSize).Append("</General>");
        AppendDiscovery(xml, reach, isFoundByPort: environment.Range == DiscoveryRange.Subnet, processId);
        xml.Append(Internals).Append("</Domain></CycloneDDS>");
        if (!string.IsNullOrWhiteSpace(userUri))
        {
            xml.Append(',').Append(userUri.Trim());
        }

        if (hasSharedMemory)
        {
            // Without its daemon the process would hang, and samples are serialized here anyway.
            xml.Append(",<CycloneDDS><Domain Id=\"any\"><SharedMemory><Enable>false</Enable></SharedMemory></Domain></CycloneDDS>");
        }

        return new CycloneConfiguration(xml.ToString(), reach.LoopbackOnly);
    }

    private static void AppendInterfaces(StringBuilder xml, string? networkInterface, IReadOnlyList<string> others)
    {
        if (networkInterface is null)
        {
            return;
        }

        string attribute = System.Net.IPAddress.TryParse(networkInterface, out _) ? "address" : "name";
        xml.Append(CultureInfo.InvariantCulture, $"<Interfaces><NetworkInterface {attribute}=\"")
            .Append(SecurityElement.Escape(networkInterface))
            .Append(others.Count > 0 ? "\" multicast=\"true\"/>" : "\"/>"); // one without it, as loopback, would switch it off for all
        foreach (string other in others)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<NetworkInterface name=\"{SecurityElement.Escape(other)}\" presence_required=\"false\" multicast=\"true\"/>");
        }

        xml.Append("</Interfaces>");
    }

    // Who keeps to LOCALHOST, or names this machine as a static peer, looks at the ports of numbered participants.
    private static void AppendDiscovery(StringBuilder xml, Reach reach, bool isFoundByPort, int processId)
    {
        if (reach.Nobody)
        {
            // A tag of its own keeps even those out who know the ports.
            xml.Append(CultureInfo.InvariantCulture, $"<Discovery><ParticipantIndex>none</ParticipantIndex><Tag>ros_discovery_off_{processId}</Tag></Discovery>");
            return;
        }

        if (reach.Peers.Count == 0 && !isFoundByPort)
        {
            return;
        }

        xml.Append(CultureInfo.InvariantCulture, $"<Discovery><ParticipantIndex>auto</ParticipantIndex><MaxAutoParticipantIndex>{MaxParticipantIndex}</MaxAutoParticipantIndex>");
        if (reach.Peers.Count > 0)
        {
            xml.Append("<Peers>").AppendJoin("", reach.Peers.Select(peer => $"<Peer address=\"{SecurityElement.Escape(peer)}\"/>")).Append("</Peers>");
        }

        xml.Append("</Discovery>");
    }
}
