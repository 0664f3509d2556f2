using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ROS2.CycloneDds.Configuration;

/// <summary>
/// The interfaces besides loopback that this machine has an IPv4 address on, in the system's order, in which Cyclone DDS looks
/// for one as well. Looked up once: all participants of a process share one configuration.
/// </summary>
internal static class LocalNetworks
{
    /// <summary>Cyclone DDS 0.10 sends on at most four; loopback is one.</summary>
    private const int Most = 3;

    private static readonly Lazy<string[]> Found = new(Find);

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => Found.Value;

    private static string[] Find()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(network => network.NetworkInterfaceType != NetworkInterfaceType.Loopback
                        && network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
                        && network.GetIPProperties().UnicastAddresses.Any(unicast => IsUsable(unicast.Address)))
                    .Select(network => network.Name)
                    .Take(Most),
            ];
        }
        catch (NetworkInformationException)
        {
            return []; // a sandbox that hides them: loopback remains
        }
    }

    // Beside a link-local address Cyclone takes no other interface.
    private static bool IsUsable(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address) && address.GetAddressBytes() is not [169, 254, ..];
}
