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
        var times = RoundTrips(null, bytes);
        return new LatencyFigures(
            bytes, times.Length, P50Us(times), P99Us(times), Ddsperf.Latency(domain, bytes, duration, PeerWait.Listener))
        {
            DdsperfWaitsetP50Us = Ddsperf.Latency(domain, bytes, duration, PeerWait.Waitset),
        };
    }

    /// <summary>Round trips of one size on Fast DDS, beside a C++ program's.</summary>
    /// <exception cref="ROS2.Transport.RosTransportException">Fast DDS cannot be used here.</exception>
    public FastDdsLatencyFigures FastDdsLatency(int bytes)
    {
        var program = PeerProgram("ping_fastdds");
        Build("src", "ros2", "Ros2.FastDds", "native"); // else it could be an old one that is measured
        var times = RoundTrips("rmw_fastrtps_cpp", bytes);
        return new FastDdsLatencyFigures(
            bytes, times.Length, P50Us(times), P99Us(times), FastDdsPing.Latency(program, domain, bytes, duration, PeerWait.Listener))
        {
            NativeWaitsetP50Us = FastDdsPing.Latency(program, domain, bytes, duration, PeerWait.Waitset),
        };
    }

    /// <summary>Rate of one size.</summary>
    public ThroughputFigures Throughput(int bytes) => new(
        bytes,
        WithPeer("flood", bytes, null, () => RosPeer.Count(WarmUp, duration)),
        Ddsperf.Throughput(domain, bytes, duration));

    /// <summary>The Fast-CDR program, built if need be; null where Fast DDS is not installed.</summary>
    public static string? BuildFastCdrProgram() => PeerProgram("cdr_speed_fastcdr");

    private static string? PeerProgram(string name)
    {
        var program = Path.Combine(AiosHome.Directory, "artifacts", "peers", "bin", name);
        return Build("tests", "peers") && File.Exists(program) ? program : null;
    }

    /// <summary>Brings native programs up to date; false where that cannot be.</summary>
    private static bool Build(params ReadOnlySpan<string> folder)
    {
        var script = Path.Combine([AiosHome.Directory, .. folder, "build.sh"]);
        if (!File.Exists(script))
        {
            return false;
        }

        using var build = Process.Start(new ProcessStartInfo(script) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = build.StandardOutput.ReadToEndAsync();
        build.StandardError.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0;
    }

    private static double P50Us(long[] times) => times[times.Length / 2] / 1000.0;

    private static double P99Us(long[] times) => times[(int)(times.Length * 0.99)] / 1000.0;

    private long[] RoundTrips(string? rmw, int bytes)
    {
        var times = WithPeer("echo", bytes, rmw, () => RosPeer.Ping(rmw, bytes, WarmUp, duration));
        return times.Length > 0
            ? times
            : throw new AiosException(ExitCode.Failure, "the other process of the benchmark does not answer");
    }

    private T WithPeer<T>(string role, int bytes, string? rmw, Func<T> measure)
    {
        var number = domain.ToString(CultureInfo.InvariantCulture);
        Environment.SetEnvironmentVariable("ROS_DOMAIN_ID", number);
        using var peer = ChildProcess.Start(
            new ProcessSpec
            {
                Name = role,
                Command = [.. OwnProgram.Command, "bench", "ros-peer", role, bytes.ToString(CultureInfo.InvariantCulture), .. rmw is null ? (string[])[] : [rmw]],
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
