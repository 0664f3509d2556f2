using System.Globalization;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>
/// Two machines and a bad cable between them: what is reliable in ROS completes, what is not arrives in proportion. The
/// machines are processes that run <see cref="LossyPeer"/>.
/// </summary>
public sealed class LossyLinkTests
{
    // Discovery is repeated often, for much of it is lost too; Fast DDS does so at the beginning anyway.
    private const string Cyclone =
        "<CycloneDDS><Domain><Discovery><SPDPInterval>300ms</SPDPInterval></Discovery></Domain></CycloneDDS>";

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public void TopicsServicesParametersAndActions_OverALossyLink_Complete(int dropPercent)
    {
        using var network = new LossyNetwork(dropPercent);
        uint domain = Domain.Next();
        Domain.Open(domain).Dispose(); // skips where this DDS is not installed
        using PeerProcess server = Start(network.OnServer, LossyPeer.Serve, domain, LossyNetwork.ClientAddress, dropPercent);
        using PeerProcess client = Start(network.OnClient, LossyPeer.Call, domain, LossyNetwork.ServerAddress, dropPercent);

        client.ExpectExit(0, TimeSpan.FromSeconds(120));
    }

    private static PeerProcess Start(string[] command, Action role, uint domain, string other, int dropPercent) =>
        PeerProcess.StartRole(
            command,
            role,
            domain,
            ("ROS_AUTOMATIC_DISCOVERY_RANGE", "SUBNET"),
            ("ROS_STATIC_PEERS", other),
            ("CYCLONEDDS_URI", Cyclone),
            (LossyPeer.DropVariable, dropPercent.ToString(CultureInfo.InvariantCulture)));
}
