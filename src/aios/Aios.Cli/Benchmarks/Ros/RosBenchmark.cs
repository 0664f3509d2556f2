using System.Diagnostics;
using System.Globalization;
using Aios.Cli.Processes;

namespace Aios.Cli.Benchmarks.Ros;

/// <summary>Measures topics between two processes, and beside them ddsperf, in turn: only one measurement runs at a time.</summary>
/// <param name="domain">DDS domain of all of it; must be nobody else's.</param>
/// <param name="duration">Time of each measurement.</param>
internal sealed class RosBenchmark(int domain, TimeSpan duration)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    /// <summary>Round trips of one size.</summary>
    public LatencyFigures Latency(int bytes)
    {
        long[] times = WithPeer("echo", bytes, () => RosPeer.Ping(bytes, WarmUp, duration));
        if (times.Length == 0)
        {
            throw new AiosException(ExitCode.Failure, "the other process of the benchmark does not answer");
        }

        return new LatencyFigures(
            bytes,
            times.Length,
            times[times.Length / 2] / 1000.0,
            times[(int)(times.Length * 0.99)] / 1000.0,
            Ddsperf.IsInstalled ? Ddsperf.Latency(domain, bytes, duration) : null);
    }

    /// <summary>Rate of one size.</summary>
    public ThroughputFigures Throughput(int bytes) => new(
        bytes,
        WithPeer("flood", bytes, () => RosPeer.Count(WarmUp, duration)),
        Ddsperf.IsInstalled ? Ddsperf.Throughput(domain, bytes, duration) : null);

    /// <summary>The Fast-CDR program, built if need be; null where Fast DDS is not installed.</summary>
    public static string? BuildFastCdrProgram()
    {
        var script = Path.Combine(AiosHome.Directory, "tests", "peers", "build.sh");
        if (!File.Exists(script))
        {
            return null;
        }

        using var build = Process.Start(new ProcessStartInfo(script) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = build.StandardOutput.ReadToEndAsync();
        build.StandardError.ReadToEnd();
        build.WaitForExit();
        var program = Path.Combine(AiosHome.Directory, "artifacts", "peers", "bin", "cdr_speed_fastcdr");
        return build.ExitCode == 0 && File.Exists(program) ? program : null;
    }

    private T WithPeer<T>(string role, int bytes, Func<T> measure)
    {
        var number = domain.ToString(CultureInfo.InvariantCulture);
        Environment.SetEnvironmentVariable("ROS_DOMAIN_ID", number);
        using var peer = ChildProcess.Start(
            new ProcessSpec
            {
                Name = role,
                Command = [.. OwnProgram.Command, "bench", "ros-peer", role, bytes.ToString(CultureInfo.InvariantCulture)],
            },
            _ => { },
            Console.Error.WriteLine);
        try
        {
            return measure();
        }
        finally
        {
            ChildProcess.StopAll([peer]);
        }
    }
}
