using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aios.Cli.Benchmarks.Ros;
using Aios.Cli.Processes;
using ROS2.IntraProcess;
using ROS2.Transport;

namespace Aios.Cli.Verbs;

/// <summary><c>aios bench ros</c>: latency, throughput and serialization of the ROS 2 client, beside ddsperf and Fast-CDR.</summary>
internal static class BenchRosVerb
{
    private static readonly int[] Sizes = [64, 1024, 16 << 10, 64 << 10, 1 << 20, 4 << 20];

    private static readonly string[] Parts = ["latency", "fastdds", "throughput", "serialization", "start"];

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var seconds = new Option<double>("--seconds")
        {
            Description = "Time of each measurement",
            HelpName = "S",
            DefaultValueFactory = _ => 2,
            CustomParser = result => CommonOptions.ParseNumber<double>(result, "seconds above 0, up to 60", s => s > 0 && s <= 60),
        };
        var domain = new Option<int>("--domain")
        {
            Description = "DDS domain that nobody else uses",
            HelpName = "N",
            DefaultValueFactory = _ => 97,
            CustomParser = result => CommonOptions.ParseNumber<int>(result, "a domain from 0 to 232", d => d is >= 0 and <= 232),
        };
        var bytes = new Option<int?>("--bytes")
        {
            Description = "Round trips and rates of this message size alone",
            HelpName = "N",
            CustomParser = result => CommonOptions.ParseNumber<int>(result, "a size from 1 to 4194304 bytes", b => b is >= 1 and <= 4 << 20),
        };
        var only = new Option<string?>("--only") { Description = "One part alone", HelpName = string.Join('|', Parts) };
        only.AcceptOnlyFromAmong(Parts);
        var command = new Command("ros", "Latency, throughput, serialization and start of the ROS 2 client, beside ddsperf, a C++ program on Fast DDS, and Fast-CDR. "
            + "Round trips are compared twice: with the other program answering in listeners, on the thread that receives, and with wait sets, "
            + "where a second thread is woken for each message as in rclcpp and here; throughput with ddsperf's listener")
        {
            seconds, domain, only, bytes, json,
        };
        command.SetAction(parsed =>
        {
            var number = parsed.GetValue(domain);
            Environment.SetEnvironmentVariable("ROS_DOMAIN_ID", number.ToString(CultureInfo.InvariantCulture));
            int[] sizes = parsed.GetValue(bytes) is { } size ? [size] : Sizes;
            Run(new RosBenchmark(number, TimeSpan.FromSeconds(parsed.GetValue(seconds))), sizes, parsed.GetValue(only), parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The other process of a measurement.</summary>
    public static Command CreatePeer()
    {
        var role = new Argument<string>("ROLE");
        var bytes = new Argument<int>("BYTES");
        var rmw = new Argument<string?>("RMW") { Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("ros-peer", "The other process of bench ros") { role, bytes, rmw };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            using var stop = new StopSignals();
            if (parsed.GetValue(role) == "echo")
            {
                RosPeer.Echo(parsed.GetValue(rmw), stop.Token);
            }
            else
            {
                RosPeer.Flood(parsed.GetValue(bytes), stop.Token);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Run(RosBenchmark benchmark, int[] sizes, string? only, bool asJson)
    {
        bool Wanted(string part) => only is null || only == part;
        var latency = sizes.Where(_ => Wanted("latency")).Select(size => Tell(benchmark.Latency(size), asJson, "round trip", f => f.Bytes, f => Us(f.P50Us), f => (Us(f.DdsperfP50Us), f.Ratio), f => (Us(f.DdsperfWaitsetP50Us), f.WaitsetRatio))).ToList();
        var throughput = sizes.Where(_ => Wanted("throughput")).Select(size => Tell(benchmark.Throughput(size), asJson, "received", f => f.Bytes, f => PerSecond(f.MessagesPerSecond), f => (PerSecond(f.DdsperfMessagesPerSecond), f.Ratio))).ToList();
        var fastDdsLatency = Wanted("latency") || Wanted("fastdds") ? TellFastDds(benchmark, sizes, asJson) : [];
        var serialization = Wanted("serialization") ? SerializationBenchmark.Run(RosBenchmark.BuildFastCdrProgram()) : [];
        foreach (var figures in serialization)
        {
            Tell(figures, asJson, $"{figures.Type} to bytes", f => f.Bytes, f => Ns(f.SerializeNs), f => (Ns(f.FastCdr?.SerializeNs), f.SerializeRatio));
            Tell(figures, asJson, $"{figures.Type} from bytes", f => f.Bytes, f => Ns(f.DeserializeNs), f => (Ns(f.FastCdr?.DeserializeNs), f.DeserializeRatio));
        }

        var start = Wanted("start") ? MeasureStart(asJson) : [];
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    benchmark = "ros",
                    transport = Environment.GetEnvironmentVariable("RMW_IMPLEMENTATION") is { Length: > 0 } rmw ? rmw : RosTransports.DefaultIdentifier,
                    latency,
                    throughput,
                    fastDdsLatency,
                    serialization,
                    start,
                },
                SnakeCase));
        }
    }

    private static List<NodeStartFigures> MeasureStart(bool isQuiet)
    {
        var inside = new IntraProcessDomain();
        var figures = new List<NodeStartFigures>();
        foreach (var open in (ReadOnlySpan<Func<IRosTransport>>)[() => inside.CreateTransport(), () => RosTransports.Open()])
        {
            figures.Add(NodeStartBenchmark.Run(open, nodes: 200, topicsPerNode: 10));
            if (!isQuiet)
            {
                var run = figures[^1];
                Console.WriteLine(FormattableString.Invariant(
                    $"{run.Nodes} nodes with {run.TopicsPerNode} topics each, {run.Transport}: created in {run.CreateSeconds:0.00} s, seen by another participant after {run.Seconds:0.00} s"));
            }
        }

        return figures;
    }

    /// <summary>Round trips on Fast DDS; none where it is not installed.</summary>
    private static List<FastDdsLatencyFigures> TellFastDds(RosBenchmark benchmark, int[] sizes, bool isQuiet)
    {
        try
        {
            return [.. sizes.Select(size => Tell(benchmark.FastDdsLatency(size), isQuiet, "round trip, Fast DDS", f => f.Bytes, f => Us(f.P50Us), f => (Us(f.NativeP50Us), f.Ratio), f => (Us(f.NativeWaitsetP50Us), f.WaitsetRatio)))];
        }
        catch (RosTransportException exception) when (exception.Error == RosTransportError.PrerequisiteMissing)
        {
            Console.Error.WriteLine($"no round trips on Fast DDS: {exception.Message}");
            return [];
        }
    }

    /// <summary>One line: what, how many bytes, ours, and the others', each with the ratio.</summary>
    private static T Tell<T>(
        T figures, bool isQuiet, string what, Func<T, int> bytes, Func<T, string> ours, params ReadOnlySpan<Func<T, (string Text, double? Ratio)>> others)
    {
        if (isQuiet)
        {
            return figures;
        }

        var line = new StringBuilder(FormattableString.Invariant($"{what,-40} {bytes(figures),8} B {ours(figures),14}"));
        foreach (var other in others)
        {
            var (text, ratio) = other(figures);
            line.Append(ratio is null ? "" : FormattableString.Invariant($" {text,14} {ratio,6:0.00} x"));
        }

        Console.WriteLine(line);
        return figures;
    }

    private static string Us(double? value) => Format(value, "0.0 us");

    private static string Ns(double? value) => Format(value, "0 ns");

    private static string PerSecond(double? value) => Format(value, "0 /s");

    private static string Format(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
