using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using ROS2.Dds;
using ROS2.Transport;

namespace ROS2.FastDds.Configuration;

/// <summary>
/// The configuration of a participant in the form of <c>native/src/afd.h</c>. Where the user configures Fast DDS (an XML
/// profile or a discovery server) and names no interface here, nothing is said: Fast DDS reads the rest itself.
/// </summary>
internal static class FastConfiguration
{
    // Where RTPS participants announce themselves (RTPS 2.2, 9.6.1.4.1).
    private const string MulticastPeer = "239.255.0.1";

    private const string PublicationMode = "RMW_FASTRTPS_PUBLICATION_MODE";

    private static readonly string[] UserVariables =
        ["FASTRTPS_DEFAULT_PROFILES_FILE", "FASTDDS_DEFAULT_PROFILES_FILE", "ROS_DISCOVERY_SERVER"];

    /// <summary>How far the participant reaches.</summary>
    public static Reach Decide(DdsOptions options, RosEnvironment environment)
    {
        bool userConfigures = Array.Exists(UserVariables, name => !string.IsNullOrEmpty(options.Variable(name)));
        return Reach.Decide(options, environment, userConfigures, userSetsPeers: userConfigures);
    }

    /// <summary>Warns of a publication mode that there is not; the native side then takes the usual one.</summary>
    public static void CheckPublicationMode(DdsOptions options)
    {
        if (options.Variable(PublicationMode) is { Length: > 0 } mode && mode is not ("SYNCHRONOUS" or "ASYNCHRONOUS" or "AUTO"))
        {
            options.Warn($"{PublicationMode}={mode}: expected SYNCHRONOUS, ASYNCHRONOUS or AUTO; it is SYNCHRONOUS then");
        }
    }

    /// <summary>The text for the native side.</summary>
    /// <exception cref="RosTransportException">An interface or peer has no IPv4 address.</exception>
    public static string Write(Reach reach)
    {
        var text = new StringBuilder();
        if (reach.Interface is { } networkInterface)
        {
            Append(text, "interface", AddressOfInterface(networkInterface));
        }

        if (!reach.Multicast)
        {
            Append(text, "multicast", "0");
        }

        foreach (string peer in reach.Peers)
        {
            Append(text, "peer", AddressOfHost(peer));
        }

        if (reach.Multicast && reach.Peers.Count > 0)
        {
            Append(text, "peer", MulticastPeer);
        }

        if (reach.Nobody)
        {
            Append(text, "discovery", "0");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string key, string value) =>
        text.Append(key).Append(' ').Append(value).Append('\n');

    private static string AddressOfInterface(string nameOrAddress)
    {
        if (IPAddress.TryParse(nameOrAddress, out IPAddress? address))
        {
            return address.ToString();
        }

        NetworkInterface? found = Array.Find(
            NetworkInterface.GetAllNetworkInterfaces(), i => string.Equals(i.Name, nameOrAddress, StringComparison.Ordinal));
        return found?.GetIPProperties().UnicastAddresses
            .Select(unicast => unicast.Address)
            .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork)?.ToString()
            ?? throw Unknown($"there is no network interface '{nameOrAddress}' with an IPv4 address");
    }

    private static string AddressOfHost(string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? address))
        {
            return address.ToString();
        }

        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork).FirstOrDefault()?.ToString()
                ?? throw Unknown($"peer '{host}' has no IPv4 address");
        }
        catch (SocketException e)
        {
            throw Unknown($"peer '{host}' cannot be resolved: {e.Message}");
        }
    }

    private static RosTransportException Unknown(string message) => new(message, RosTransportError.Configuration);
}
