using System.Globalization;
using System.Text.RegularExpressions;
using Aios.Cli.Processes;

namespace Aios.Cli.Benchmarks.Ros;

/// <summary>A C++ ping-pong on Fast DDS (<c>tests/peers/ping_fastdds.cpp</c>), on loopback as the transport is.</summary>
internal static partial class FastDdsPing
{
    /// <summary>Median of the round trips, microseconds; null when there were none.</summary>
    /// <param name="program">The program; null where it could not be built.</param>
    /// <param name="domain">DDS domain.</param>
    /// <param name="bytes">Payload.</param>
    /// <param name="duration">Time of the measurement.</param>
    /// <param name="wait">How it waits.</param>
    public static double? Latency(string? program, int domain, int bytes, TimeSpan duration, PeerWait wait)
    {
        if (program is null)
        {
            return null;
        }

        double? median = null;
        using var pong = Start(program, "pong", domain, bytes, duration, wait, _ => { });
        using var ping = Start(program, "ping", domain, bytes, duration, wait, line => median ??= ReadMedianUs(line));
        ping.WaitForExit(duration + TimeSpan.FromSeconds(20));
        ChildProcess.StopAll([ping, pong]);
        return median;
    }

    /// <summary>The median a line tells, microseconds; null for another line, and where there were no round trips.</summary>
    internal static double? ReadMedianUs(string line) =>
        MedianPattern().Match(line) is { Success: true } match
        && double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is var median and > 0
            ? median
            : null;

    private static ChildProcess Start(
        string program, string role, int domain, int bytes, TimeSpan duration, PeerWait wait, Action<string> output) => ChildProcess.Start(
        new ProcessSpec
        {
            Name = role,
            Command = [program, role, Text(bytes), Text(duration.TotalSeconds), wait.ToArgument()],
            Environment = new Dictionary<string, string?> { ["ROS_DOMAIN_ID"] = Text(domain) },
        },
        output);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^p50 ([0-9.]+) us$", RegexOptions.None, 1000)]
    private static partial Regex MedianPattern();
}
