using System.Diagnostics;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using tf2_msgs.msg;

namespace Aios.Cli.Benchmarks.Ros;

/// <summary>Times the CDR code of generated messages, and Fast-CDR on messages of the same content.</summary>
/// <remarks>
/// The runtime compiles code that turned out to be hot again, twice and 0.1 s after the fact each time: measured before that,
/// a message takes up to three times as long, so everything runs for a while first. Then come rounds of a millisecond, ours and
/// the other program's by turns: both meet the same load of the machine, and the best of many was not interrupted. Where a
/// block lies in its page beside where its copy lies changes the time of copying by a third (loads that follow a store
/// to the same address modulo 4 KiB wait for it), so several places are tried on both sides, and their median counts.
/// </remarks>
internal static class SerializationBenchmark
{
    private const int Rounds = 12;

    private const int PageBytes = 4096;

    private const int PlaceStep = PageBytes / 16;

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>One message type: how it is written and read at a place of its page.</summary>
    private sealed record Subject(RosMessageType Type, int Size, Action<int> Write, Action<int> Read);

    /// <summary>Measures both.</summary>
    /// <param name="program">The Fast-CDR program; null: only this project's code.</param>
    public static IReadOnlyList<SerializationFigures> Run(string? program)
    {
        using var fastCdr = program is null ? null : new FastCdrProgram(program);
        Subject[] subjects =
        [
            Prepare(Cloud(), new PointCloud2()),
            Prepare(Odometry(), new Odometry()),
            Prepare(Transforms(), new TFMessage()),
            Prepare(Grid(), new OccupancyGrid()),
        ];
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < WarmUp)
        {
            foreach (var subject in subjects)
            {
                RoundNs(subject.Write, 0);
                RoundNs(subject.Read, 0);
            }
        }

        return [.. subjects.Select(subject => Measure(subject, fastCdr))];
    }

    private static Subject Prepare<T>(T message, T target)
        where T : IRosMessage
    {
        var size = CdrMessage.SerializedSize(message);
        var buffer = new byte[size + PageBytes];
        return new Subject(
            message.RosType,
            size,
            place => CdrMessage.Serialize(message, buffer.AsSpan(place, size)),
            place => CdrMessage.TryDeserialize(buffer.AsSpan(place, size), target));
    }

    private static SerializationFigures Measure(Subject subject, FastCdrProgram? fastCdr)
    {
        var write = Median(subject.Write, FastCdrProgram.Serialize);
        var read = Median(subject.Read, FastCdrProgram.Deserialize);
        var other = write.FastCdrNs is { } writeNs && read.FastCdrNs is { } readNs ? new FastCdrFigures(writeNs, readNs) : null;
        return new SerializationFigures(subject.Type.Name, subject.Size, write.Ns, read.Ns, other);

        (double Ns, double? FastCdrNs) Median(Action<int> action, string operation)
        {
            var places = Enumerable.Range(0, PageBytes / PlaceStep).Select(i => Best(action, operation, i * PlaceStep)).ToArray();
            double[] ours = [.. places.Select(place => place.Ns).Order()];
            double[] theirs = [.. places.Select(place => place.FastCdrNs).OfType<double>().Order()];
            return (ours[ours.Length / 2], theirs.Length == 0 ? null : theirs[theirs.Length / 2]);
        }

        (double Ns, double? FastCdrNs) Best(Action<int> action, string operation, int place)
        {
            subject.Write(place); // what is read
            var ns = double.MaxValue;
            double? otherNs = null;
            for (var round = 0; round < Rounds; round++)
            {
                ns = Math.Min(ns, RoundNs(action, place));
                otherNs = fastCdr?.RoundNs(subject.Type.ShortName, operation, place) is { } theirs ? Math.Min(theirs, otherNs ?? theirs) : otherNs;
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
