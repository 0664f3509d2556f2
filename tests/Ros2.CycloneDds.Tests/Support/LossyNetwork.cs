using Aios.Cli.Networks;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>
/// Two network namespaces, each a machine of its own to DDS, whose link loses a share of all UDP packets in either
/// direction. Needs root, iproute2 and nftables.
/// </summary>
internal sealed class LossyNetwork : IDisposable
{
    private readonly RadioNetwork? _network;

    /// <summary>Makes the namespaces; skips the test where that is not permitted.</summary>
    public LossyNetwork(int dropPercent)
    {
        _network = RadioNetwork.TryCreate(2, out string problem);
        Assert.SkipWhen(_network is null, $"no lossy network here: {problem}");
        _network!.SetLoss(dropPercent / 100.0);
    }

    public static string ServerAddress => RadioNetwork.AddressOf(0);

    public static string ClientAddress => RadioNetwork.AddressOf(1);

    /// <summary>Prefix of a command line that runs it as the server's machine.</summary>
    public string[] OnServer => [.. _network!.Enter(0)];

    /// <summary>Prefix of a command line that runs it as the client's machine.</summary>
    public string[] OnClient => [.. _network!.Enter(1)];

    public void Dispose() => _network?.Dispose();
}
