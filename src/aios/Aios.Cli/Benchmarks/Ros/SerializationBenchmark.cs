using System.Diagnostics;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using tf2_msgs.msg;

namespace Aios.Cli.Benchmarks.Ros;

/// <summary>Times the CDR code of generated messages, and Fast-CDR on messages of the same content.</summary>
/// <remarks>
/// Rounds of a millisecond, ours and the other program's by turns: both meet the same load of the machine, and the best of many
/// was not interrupted. Where a block lies in its page beside where its copy lies changes the time of copying by a third, so
/// some places are tried.
/// </remarks>
internal static class SerializationBenchmark
{
    private const int Rounds = 50;

    private const int PageBytes = 4096;

    private const int PlaceStep = PageBytes / 4;

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(1);

    /// <summary>Measures both.</summary>
    /// <param name="program">The Fast-CDR program; null: only this project's code.</param>
    public static IReadOnlyList<SerializationFigures> Run(string? program)
    {
        using var fastCdr = program is null ? null : new FastCdrProgram(program);
        return
        [
            Measure(Cloud(), new PointCloud2(), fastCdr),
            Measure(Odometry(), new Odometry(), fastCdr),
            Measure(Transforms(), new TFMessage(), fastCdr),
            Measure(Grid(), new OccupancyGrid(), fastCdr),
        ];
    }

    private static SerializationFigures Measure<T>(T message, T target, FastCdrProgram? fastCdr)
        where T : IRosMessage
    {
        var size = CdrMessage.SerializedSize(message);
        var buffer = new byte[size + PageBytes];
        for (var place = 0; place < PageBytes; place += PlaceStep)
        {
            CdrMessage.Serialize(message, buffer.AsSpan(place, size));
        }

        var write = Best(place => CdrMessage.Serialize(message, buffer.AsSpan(place, size)), FastCdrProgram.Serialize);
        var read = Best(place => CdrMessage.TryDeserialize(buffer.AsSpan(place, size), target), FastCdrProgram.Deserialize);
        var other = write.FastCdrNs is { } writeNs && read.FastCdrNs is { } readNs ? new FastCdrFigures(writeNs, readNs) : null;
        return new SerializationFigures(message.RosType.Name, size, write.Ns, read.Ns, other);

        (double Ns, double? FastCdrNs) Best(Action<int> action, string operation)
        {
            var ns = double.MaxValue;
            double? otherNs = null;
            for (var round = 0; round < Rounds; round++)
            {
                for (var place = 0; place < PageBytes; place += PlaceStep)
                {
                    ns = Math.Min(ns, RoundNs(action, place));
                    otherNs = fastCdr?.RoundNs(message.RosType.ShortName, operation, place) is { } theirs ? Math.Min(theirs, otherNs ?? theirs) : otherNs;
                }
            }

            return (ns, otherNs);
        }
    }

    /// <summary>Time of one call in one round.</summary>
    private static double RoundNs(Action<int> action, int place)
    {
        var watch = Stopwatch.StartNew();
        var calls = 0;
        while (watch.Elapsed < RoundTime)
        {
            for (var i = 0; i < 16; i++)
            {
                action(place);
            }

            calls += 16;
        }

        return watch.Elapsed.TotalNanoseconds / calls;
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
