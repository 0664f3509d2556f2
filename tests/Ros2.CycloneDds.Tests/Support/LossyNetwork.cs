using System.Diagnostics;
using System.Globalization;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>
/// Two network namespaces, each a machine of its own to DDS, joined by a cable that loses a share of all UDP packets in
/// either direction. Needs root, iproute2 and nftables.
/// </summary>
internal sealed class LossyNetwork : IDisposable
{
    public const string ServerAddress = "10.77.0.1";
    public const string ClientAddress = "10.77.0.2";

    private static int s_count;

    private readonly string _server;
    private readonly string _client;

    /// <summary>Makes the namespaces; skips the test where that is not permitted.</summary>
    public LossyNetwork(int dropPercent)
    {
        string name = $"aios{Environment.ProcessId}n{Interlocked.Increment(ref s_count)}";
        (_server, _client) = (name + "a", name + "b");
        string? problem = Run("ip", "netns", "add", _server)
            ?? Run("ip", "netns", "add", _client)
            ?? Run("ip", "link", "add", "cable", "netns", _server, "type", "veth", "peer", "name", "cable", "netns", _client)
            ?? Prepare(_server, ServerAddress, dropPercent)
            ?? Prepare(_client, ClientAddress, dropPercent);
        if (problem is not null)
        {
            Dispose();
            Assert.Skip($"no lossy network here: {problem}");
        }
    }

    /// <summary>Prefix of a command line that runs it as the server's machine.</summary>
    public string[] OnServer => ["ip", "netns", "exec", _server];

    /// <summary>Prefix of a command line that runs it as the client's machine.</summary>
    public string[] OnClient => ["ip", "netns", "exec", _client];

    public void Dispose()
    {
        Run("ip", "netns", "del", _server);
        Run("ip", "netns", "del", _client);
    }

    private static string? Prepare(string name, string address, int dropPercent)
    {
        string drop = dropPercent.ToString(CultureInfo.InvariantCulture);
        string? Nft(string rule) => Run("ip", ["netns", "exec", name, "nft", .. rule.Split(' ')]);
        return Run("ip", "-n", name, "address", "add", address + "/24", "dev", "cable")
            ?? Run("ip", "-n", name, "link", "set", "cable", "up")
            ?? Run("ip", "-n", name, "link", "set", "lo", "up")
            ?? Nft("add table ip loss")
            ?? Nft("add chain ip loss in { type filter hook input priority 0; }")
            ?? Nft($"add rule ip loss in iif cable meta l4proto udp numgen random mod 100 < {drop} drop");
    }

    // Null when it went well.
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program} {string.Join(' ', arguments)}: {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{program}: {e.Message}";
        }
    }
}
