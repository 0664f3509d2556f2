using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ROS2.CycloneDds;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>A network namespace whose loopback device drops a share of all UDP packets. Needs root and nftables.</summary>
internal sealed partial class LossyNetwork : IDisposable
{
    // Quick discovery: the first announcements may be among what is lost.
    public const string Configuration =
        "<CycloneDDS><Domain><General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces>"
        + "<AllowMulticast>false</AllowMulticast></General><Discovery><ParticipantIndex>auto</ParticipantIndex>"
        + "<MaxAutoParticipantIndex>4</MaxAutoParticipantIndex><SPDPInterval>200ms</SPDPInterval>"
        + "<Peers><Peer address=\"127.0.0.1\"/></Peers></Discovery></Domain></CycloneDDS>";

    private readonly string _name = $"aios{Environment.ProcessId}";

    /// <summary>Makes the namespace; skips the test where that is not permitted.</summary>
    public LossyNetwork(int dropPercent)
    {
        string drop = dropPercent.ToString(CultureInfo.InvariantCulture);
        string? problem = Run("ip", "netns", "add", _name)
            ?? Run("ip", "-n", _name, "link", "set", "lo", "up")
            ?? Nft("add table ip loss")
            ?? Nft("add chain ip loss in { type filter hook input priority 0; }")
            ?? Nft($"add rule ip loss in meta l4proto udp numgen random mod 100 < {drop} drop");
        if (problem is not null)
        {
            Dispose();
            Assert.Skip($"no lossy network here: {problem}");
        }
    }

    /// <summary>Prefix of a command line that runs it inside.</summary>
    public string[] Command => ["ip", "netns", "exec", _name];

    /// <summary>Opens a transport whose sockets lie inside.</summary>
    public CycloneDdsTransport Open(uint domain)
    {
        CycloneDdsTransport? transport = null;
        var thread = new Thread(() =>
        {
            // A thread of its own: the namespace is the thread's, and Cyclone's threads and sockets inherit it.
            using var file = File.OpenHandle($"/run/netns/{_name}");
            if (SetNamespace((int)file.DangerousGetHandle(), 0) == 0)
            {
                transport = Domain.Open(domain, name => name == "CYCLONEDDS_URI" ? Configuration : null);
            }
        });
        thread.Start();
        thread.Join();
        Assert.SkipWhen(transport is null, "no lossy network here: setns is not permitted");
        return transport;
    }

    public void Dispose() => Run("ip", "netns", "del", _name);

    private string? Nft(string rule) =>
        Run("ip", ["netns", "exec", _name, "nft", .. rule.Split(' ')]);

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

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int file, int kind);
}
