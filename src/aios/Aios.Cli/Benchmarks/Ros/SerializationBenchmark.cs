using System.Diagnostics;
using System.Globalization;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using tf2_msgs.msg;

namespace Aios.Cli.Benchmarks.Ros;

/// <summary>Times the CDR code of generated messages, and Fast-CDR on messages of the same content.</summary>
internal static class SerializationBenchmark
{
    private const int Rounds = 5;

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(100);

    /// <summary>Measures both.</summary>
    /// <param name="program">The Fast-CDR program; null: only this project's code.</param>
    public static IReadOnlyList<SerializationFigures> Run(string? program)
    {
        var fastCdr = program is null ? [] : ReadProgram(program);
        return
        [
            Measure(Cloud(), new PointCloud2(), fastCdr),
            Measure(Odometry(), new Odometry(), fastCdr),
            Measure(Transforms(), new TFMessage(), fastCdr),
            Measure(Grid(), new OccupancyGrid(), fastCdr),
        ];
    }

    /// <summary>A line "Type serialize NS deserialize NS".</summary>
    internal static KeyValuePair<string, FastCdrFigures>? ReadLine(string line) =>
        line.Split(' ') is [var type, "serialize", var write, "deserialize", var read]
        && double.TryParse(write, CultureInfo.InvariantCulture, out var serializeNs)
        && double.TryParse(read, CultureInfo.InvariantCulture, out var deserializeNs)
            ? new(type, new FastCdrFigures(serializeNs, deserializeNs))
            : null;

    private static Dictionary<string, FastCdrFigures> ReadProgram(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        return new(lines.Select(ReadLine).OfType<KeyValuePair<string, FastCdrFigures>>(), StringComparer.Ordinal);
    }

    private static SerializationFigures Measure<T>(T message, T target, Dictionary<string, FastCdrFigures> fastCdr)
        where T : IRosMessage
    {
        var buffer = new byte[CdrMessage.SerializedSize(message)];
        CdrMessage.Serialize(message, buffer);
        if (!CdrMessage.TryDeserialize(buffer, target))
        {
            throw new InvalidOperationException($"{message.RosType.Name} cannot be read back");
        }

        return new SerializationFigures(
            message.RosType.Name,
            buffer.Length,
            BestNs(() => CdrMessage.Serialize(message, buffer)),
            BestNs(() => CdrMessage.TryDeserialize(buffer, target)),
            fastCdr.GetValueOrDefault(message.RosType.ShortName));
    }

    /// <summary>Time of one call: the best of some rounds, which other programs disturbed least.</summary>
    private static double BestNs(Action action)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var calls = 0;
            while (watch.Elapsed < RoundTime)
            {
                for (var i = 0; i < 16; i++)
                {
                    action();
                }

                calls += 16;
            }

            best = Math.Min(best, watch.Elapsed.TotalNanoseconds / calls);
        }

        return best;
    }

    // 32 rings of 180 points with x, y, z and intensity.
    private static PointCloud2 Cloud()
    {
        var cloud = new PointCloud2 { Height = 32, Width = 180, PointStep = 16, RowStep = 16 * 180, IsDense = true };
        cloud.Header.FrameId = "rover_1/lidar";
        foreach (var (name, index) in new[] { "x", "y", "z", "intensity" }.Select((name, index) => (name, index)))
        {
            cloud.Fields.Add(new PointField { Name = name, Offset = (uint)(4 * index), Datatype = PointField.FLOAT32, Count = 1 });
        }

        cloud.Data.AddRange(new byte[32 * 180 * 16]);
        return cloud;
    }

    private static Odometry Odometry()
    {
        var odometry = new Odometry { ChildFrameId = "rover_1/base_link" };
        odometry.Header.FrameId = "rover_1/odom";
        odometry.Pose.Pose.Orientation.W = 1;
        return odometry;
    }

    private static TFMessage Transforms()
    {
        var message = new TFMessage();
        for (var i = 0; i < 20; i++)
        {
            var transform = new TransformStamped { ChildFrameId = FormattableString.Invariant($"rover_1/link_{i:00}") };
            transform.Header.FrameId = "rover_1/base_link";
            message.Transforms.Add(transform);
        }

        return message;
    }

    private static OccupancyGrid Grid()
    {
        var grid = new OccupancyGrid();
        grid.Header.FrameId = "map";
        grid.Info.Width = 300;
        grid.Info.Height = 300;
        grid.Data.AddRange(new sbyte[300 * 300]);
        return grid;
    }
}
