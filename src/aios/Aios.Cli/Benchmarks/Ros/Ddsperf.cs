using System.Globalization;
using System.Text.RegularExpressions;
using Aios.Cli.Processes;

namespace Aios.Cli.Benchmarks.Ros;

/// <summary>Cyclone DDS' own measuring program, in the same configuration as the transport: loopback, unicast.</summary>
internal static partial class Ddsperf
{
    private const string Configuration =
        "<CycloneDDS><Domain Id=\"any\"><General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces>"
        + "<AllowMulticast>false</AllowMulticast><MaxMessageSize>65500B</MaxMessageSize></General>"
        + "<Discovery><ParticipantIndex>auto</ParticipantIndex><MaxAutoParticipantIndex>20</MaxAutoParticipantIndex>"
        + "<Peers><Peer address=\"127.0.0.1\"/></Peers></Discovery>"
        + "<Internal><SocketReceiveBufferSize max=\"4MB\"/></Internal></Domain></CycloneDDS>";

    /// <summary>Median of the round trips, microseconds; null when it is not installed or there were none.</summary>
    public static double? Latency(int domain, int bytes, TimeSpan duration, PeerWait wait) => IsInstalled
        ? Median(Run(domain, ["pong", wait.ToArgument()], ["ping", "size", Text(bytes), wait.ToArgument()], duration, readOther: false), ReadMedianUs)
        : null;

    /// <summary>Messages a second received by its listener; null when it is not installed or there were none.</summary>
    public static double? Throughput(int domain, int bytes, TimeSpan duration) => IsInstalled
        ? Median(Run(domain, ["sub"], ["pub", "size", Text(bytes)], duration, readOther: true), ReadRate)
        : null;

    /// <summary>The round trip a line of <c>ddsperf ping</c> tells, microseconds; null for another line. It prints half.</summary>
    internal static double? ReadMedianUs(string line) =>
        MedianPattern().Match(line) is { Success: true } match ? 2 * Number(match.Groups[1].Value) : null;

    /// <summary>The rate a line of <c>ddsperf sub</c> tells, messages a second; null for another line.</summary>
    internal static double? ReadRate(string line) =>
        RatePattern().Match(line) is { Success: true } match ? Number(match.Groups[1].Value) * 1000 : null;

    private static bool IsInstalled => ChildProcess.FindProgram("ddsperf") is not null;

    private static double? Median(IEnumerable<string> lines, Func<string, double?> read)
    {
        // The first second has discovery in it.
        double[] values = [.. lines.Select(read).OfType<double>().Skip(1).Order()];
        return values.Length == 0 ? null : values[values.Length / 2];
    }

    private static List<string> Run(int domain, string[] other, string[] own, TimeSpan duration, bool readOther)
    {
        var lines = new List<string>();
        using var first = Start(domain, other, duration, readOther ? lines.Add : _ => { });
        using var second = Start(domain, own, duration, readOther ? _ => { } : lines.Add);
        var ended = second.WaitForExit(duration + TimeSpan.FromSeconds(20)) & first.WaitForExit(TimeSpan.FromSeconds(20));
        if (!ended)
        {
            ChildProcess.StopAll([first, second]);
            return [];
        }

        return lines;
    }

    private static ChildProcess Start(int domain, string[] mode, TimeSpan duration, Action<string> output) => ChildProcess.Start(
        new ProcessSpec
        {
            Name = "ddsperf",
            Command = ["ddsperf", "-i", Text(domain), "-D", Text((int)Math.Ceiling(duration.TotalSeconds) + 2), .. mode],
            Environment = new Dictionary<string, string?> { ["CYCLONEDDS_URI"] = Configuration },
        },
        output);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@" 50% ([0-9.]+)us ", RegexOptions.None, 1000)]
    private static partial Regex MedianPattern();

    [GeneratedRegex(@" lost [0-9]+ rate ([0-9.]+) kS/s", RegexOptions.None, 1000)]
    private static partial Regex RatePattern();
}
