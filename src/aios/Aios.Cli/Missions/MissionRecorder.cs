using aios_interfaces.msg;
using Aios.Nodes;
using Aios.Numerics;
using geometry_msgs.msg;
using grid_map_msgs.msg;
using nav_msgs.msg;
using ROS2;
using ROS2.Bag;
using ROS2.Transport;
using sensor_msgs.msg;
using tf2_msgs.msg;
using visualization_msgs.msg;

namespace Aios.Cli.Missions;

/// <summary>
/// Records what a fleet says into <c>mission.mcap</c>, as bytes, unread. It only listens: a run is the same with and
/// without it. All times in the file are mission time.
/// </summary>
/// <remarks>Runs on the executor of its node's context; <see cref="Dispose"/> it on the same thread.</remarks>
internal sealed class MissionRecorder : IDisposable
{
    /// <summary>Name of the file in a mission's directory.</summary>
    public const string FileName = "mission.mcap";

    /// <summary>Where the file says how large the fleet's grid is.</summary>
    public const string GridTopic = "/fleet/map_metadata";

    // Maps and pose streams are thinned so that ten minutes of three rovers on 60 m × 60 m stay below 60 MB. Of every rover there
    // is the first map and at least one in each LongestMapPeriod, however large; what comes between them is in the map deltas.
    private const double PosePeriod = 0.1;
    private const double MapPeriod = 10;
    private const double LongestMapPeriod = 240;
    private const double MapBytesPerSecond = 6000;

    private static readonly QosProfile Reliable = QosProfile.KeepLast(100);
    private static readonly QosProfile Latched = QosProfile.KeepLast(100).WithTransientLocal();
    private static readonly QosProfile BestEffort = QosProfile.KeepLast(100).WithBestEffort();

    private readonly Node _node;
    private readonly BagFileWriter _file;
    private bool _closed;

    /// <summary>Creates the file and subscribes.</summary>
    /// <param name="node">Node on the planet's host.</param>
    /// <param name="rovers">Their names.</param>
    /// <param name="grid">The fleet's grid.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="points">Whether to record the lidars' points too: about 250 kB a second and rover.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public MissionRecorder(Node node, IEnumerable<string> rovers, GridGeometry grid, string path, bool points)
    {
        _node = node;
        _file = BagFileWriter.Create(path, new McapWriterOptions { Compression = ChunkCompression.Best });
        Guarded(() => _file.Write(_file.AddTopic(GridTopic, RosMessageType.Of<MapMetaData>(), BagQosOf(Latched)), MetaDataOf(grid), 0));
        Record<TFMessage>("/tf", Reliable);
        Record<TFMessage>("/tf_static", Latched);
        Record<RadioLinks>("/radio/links", Latched);
        Record<Fault>("/sim/faults", Latched);
        foreach (var rover in rovers)
        {
            RecordRover(rover);
            if (points)
            {
                Record<PointCloud2>(Topics.Of(rover, Topics.Points), BestEffort);
            }
        }
    }

    /// <summary>Why recording ended before the mission, such as a full disk; null when it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Completes the file.</summary>
    public void Dispose() => Guarded(() =>
    {
        _closed = true;
        _file.Dispose();
    });

    /// <summary>The grid that <see cref="GridTopic"/> tells of; its resolution is whole micrometres.</summary>
    public static GridGeometry GeometryOf(MapMetaData grid) => new(
        (int)Math.Min(grid.Width, int.MaxValue), (int)Math.Min(grid.Height, int.MaxValue), Math.Round(grid.Resolution, 6), grid.Origin.Position.X, grid.Origin.Position.Y);

    private static MapMetaData MetaDataOf(GridGeometry grid) => new()
    {
        Resolution = (float)grid.Resolution,
        Width = (uint)grid.Width,
        Height = (uint)grid.Height,
        Origin = { Position = { X = grid.OriginX, Y = grid.OriginY }, Orientation = { W = 1 } },
    };

    private void RecordRover(string rover)
    {
        Record<Odometry>(Topics.Of(rover, Topics.Odom), Reliable, PosePeriod);
        Record<PoseWithCovarianceStamped>(Topics.Of(rover, Topics.Pose), Reliable, PosePeriod);
        Record<nav_msgs.msg.Path>(Topics.Of(rover, Topics.Plan), Reliable);
        Record<PoseStamped>(Topics.Of(rover, Topics.Goal), Reliable);
        Record<MarkerArray>(Topics.Of(rover, Topics.Frontiers), Reliable);
        Record<Event>(Topics.Of(rover, Topics.Events), Reliable);
        Record<MissionPhase>(Topics.Of(rover, Topics.MissionPhase), Reliable);
        Record<SafetyStatus>(Topics.Of(rover, Topics.SafetyStatus), Reliable);
        Record<NavigationStatus>(Topics.Of(rover, Topics.NavigationStatus), Reliable);
        Record<BatteryState>(Topics.Of(rover, Topics.BatteryState), Reliable);
        Record<Heartbeat>(Topics.Of(rover, Topics.Heartbeat), BestEffort);
        Record<QuorumMessage>(Topics.Of(rover, Topics.Quorum), BestEffort);
        Record<TaskBid>(Topics.Of(rover, Topics.TaskBid), Reliable);
        Record<MapDelta>(Topics.Of(rover, Topics.MapDelta), Reliable);
        Record<OccupancyGrid>(Topics.Of(rover, Topics.Traversability), Reliable, MapPeriod, MapBytesPerSecond);
        Record<GridMap>(Topics.Of(rover, Topics.ElevationMap), Reliable, 2 * MapPeriod, MapBytesPerSecond);
    }

    /// <summary>Records a topic.</summary>
    /// <param name="topic">Absolute name.</param>
    /// <param name="qos">Quality of service to ask for and to note in the file.</param>
    /// <param name="period">Shortest time between two recorded messages, s.</param>
    /// <param name="bytesPerSecond">
    /// Longer times between long messages: no more than this on average, up to <see cref="LongestMapPeriod"/>.
    /// </param>
    private void Record<T>(string topic, QosProfile qos, double period = 0, double bytesPerSecond = double.PositiveInfinity)
        where T : IRosMessage, new()
    {
        var type = RosMessageType.Of<T>();
        var channel = _file.AddTopic(topic, type, BagQosOf(qos));
        var next = double.NegativeInfinity;
        _node.CreateSerializedSubscription(topic, new TransportType(type.Name, type.DdsTypeName, type.TypeHash), OnMessage, qos);

        void OnMessage(ReadOnlySpan<byte> cdr, in SampleInfo info)
        {
            var now = _node.Clock.NowNanoseconds;
            if (!_closed && now * 1e-9 >= next)
            {
                next = (now * 1e-9) + Math.Max(period, Math.Min(LongestMapPeriod, cdr.Length / bytesPerSecond)) - 1e-3;
                Write(channel, cdr, now);
            }
        }
    }

    private void Write(BagTopic channel, ReadOnlySpan<byte> cdr, long now)
    {
        try
        {
            _file.Write(channel, cdr, now, now);
        }
        catch (IOException exception)
        {
            Fail(exception);
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (IOException exception)
        {
            Fail(exception);
        }
    }

    private void Fail(IOException exception)
    {
        _closed = true;
        Failure ??= $"{FileName} is not complete: {exception.Message}";
    }

    private static BagQos BagQosOf(QosProfile qos) => new()
    {
        Depth = qos.Depth,
        Reliability = qos.Reliability == QosReliabilityPolicy.BestEffort ? "best_effort" : "reliable",
        Durability = qos.Durability == QosDurabilityPolicy.TransientLocal ? "transient_local" : "volatile",
    };
}
