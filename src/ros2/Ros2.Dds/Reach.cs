namespace ROS2.Dds;

/// <summary>How far a participant reaches, decided from options, ROS' variables and the user's configuration.</summary>
/// <param name="Interface">Name or address; null leaves it to DDS or the user.</param>
/// <param name="Multicast">Whether multicast may be used.</param>
/// <param name="Peers">Addresses to look for participants at, besides multicast.</param>
/// <param name="Nobody">No discovery at all.</param>
/// <param name="LoopbackOnly">Receive from this machine only.</param>
internal sealed record Reach(
    string? Interface, bool Multicast, IReadOnlyList<string> Peers, bool Nobody, bool LoopbackOnly)
{
    private const string Loopback = "127.0.0.1";

    /// <summary>Decides.</summary>
    /// <param name="options">May name an interface.</param>
    /// <param name="environment">ROS' variables.</param>
    /// <param name="userSetsInterfaces">Whether the user's configuration names interfaces.</param>
    /// <param name="userSetsPeers">Whether it names peers.</param>
    public static Reach Decide(
        DdsOptions options, RosEnvironment environment, bool userSetsInterfaces, bool userSetsPeers)
    {
        IReadOnlyList<string> named = userSetsPeers ? [] : environment.StaticPeers;
        if (options.NetworkInterface is { Length: > 0 } networkInterface)
        {
            return IsLoopback(networkInterface)
                ? OnLoopback(userSetsPeers)
                : new Reach(networkInterface, Multicast: true, named, Nobody: false, LoopbackOnly: false);
        }

        if (userSetsInterfaces)
        {
            return new Reach(null, Multicast: true, named, Nobody: false, LoopbackOnly: false);
        }

        return environment.Range switch
        {
            DiscoveryRange.Off => new Reach(Loopback, Multicast: false, [], Nobody: true, LoopbackOnly: true),
            DiscoveryRange.SystemDefault => new Reach(null, Multicast: true, [], Nobody: false, LoopbackOnly: false),
            DiscoveryRange.Subnet => new Reach(null, Multicast: true, named, Nobody: false, LoopbackOnly: false),
            DiscoveryRange.Unset when named.Count > 0 || userSetsPeers =>
                new Reach(null, Multicast: true, named, Nobody: false, LoopbackOnly: false),
            // As ROS understands it, on every interface: other nodes of the machine give addresses of its network.
            DiscoveryRange.Localhost => new Reach(
                null, Multicast: false, userSetsPeers ? [] : ["localhost", .. named], Nobody: false, LoopbackOnly: false),
            _ => OnLoopback(userSetsPeers),
        };
    }

    private static Reach OnLoopback(bool userSetsPeers) => userSetsPeers
        ? new Reach(Loopback, Multicast: false, [], Nobody: false, LoopbackOnly: false)
        : new Reach(Loopback, Multicast: false, [Loopback], Nobody: false, LoopbackOnly: true);

    private static bool IsLoopback(string networkInterface) =>
        networkInterface is "lo" or "localhost" or Loopback;
}
