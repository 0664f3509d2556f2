using aios_interfaces.msg;
using Aios.Cli.Missions;
using Aios.Cli.Visualization;
using Aios.Nodes;
using Aios.Numerics;
using grid_map_msgs.msg;
using nav_msgs.msg;
using ROS2;
using ROS2.Bag;

namespace Aios.Cli.Viewing;

/// <summary>
/// The ground as a recorded fleet came to know it: from the rovers' map deltas, as a running mission shows it, or, where there
/// are none (older recordings), from the maps that each rover publishes now and then.
/// </summary>
/// <remarks>For one thread, fed in the order of time. From maps, new ground is shown from when a rover first came near it.</remarks>
internal sealed class RecordedGround
{
    /// <summary>Shortest time between two patches, s.</summary>
    private const double Period = 1.0;

    /// <summary>The rovers' maps differ by a few centimetres, m.</summary>
    private const double MapTolerance = 0.1;

    /// <summary>Changes of known ground up to this are not worth a patch, m.</summary>
    private const double DeltaTolerance = 0.05;

    /// <summary>Distance at which a rover is taken to have seen new ground, m.</summary>
    private const double Near = 12;

    // Per side: no fleet exchanges larger maps.
    private const int MostCells = 4000;

    private readonly ViewHistory _history;
    private readonly ViewMap _view;
    private readonly FleetMap? _told;
    private readonly float[] _elevation;
    private readonly List<(double Time, Vector2d Position)> _track = [];
    private double _shownAt = double.NegativeInfinity;
    private bool _isNew;

    private RecordedGround(GridGeometry geometry, bool hasDeltas, ViewHistory history)
    {
        _history = history;
        _view = new ViewMap(geometry, hasDeltas ? DeltaTolerance : MapTolerance);
        _told = hasDeltas ? new FleetMap(geometry) : null;
        _elevation = new float[geometry.CellCount];
        Array.Fill(_elevation, float.NaN);
    }

    /// <summary>Grid of the patches.</summary>
    public GridGeometry Patches => _view.Geometry;

    /// <summary>Finds out what a recording has; null where nothing says how large the ground is.</summary>
    /// <param name="reader">The recording.</param>
    /// <param name="history">Gets the patches.</param>
    public static RecordedGround? Find(McapReader reader, ViewHistory history)
    {
        var hasDeltas = reader.Channels.Values.Any(channel =>
            channel.Topic.EndsWith("/" + Topics.MapDelta, StringComparison.Ordinal) && reader.Statistics.ChannelMessageCounts.GetValueOrDefault(channel.Id) > 0);
        var geometry = Messages<MapMetaData>(reader, topic => topic == MissionRecorder.GridTopic).Select(MissionRecorder.GeometryOf)
            .Concat(Messages<GridMap>(reader, topic => topic.EndsWith("/" + Topics.ElevationMap, StringComparison.Ordinal)).Select(GridMapView.GeometryOf))
            .Where(grid => grid is { Width: > 0 and <= MostCells, Height: > 0 and <= MostCells, Resolution: > 0 and < 1000 })
            .Cast<GridGeometry?>().FirstOrDefault();
        return geometry is { } grid ? new RecordedGround(grid, hasDeltas, history) : null;
    }

    /// <summary>Takes a rover's place, in the map frame.</summary>
    public void OnPose(double time, Vector2d place)
    {
        if (_told is null)
        {
            _track.Add((time, place));
        }
    }

    /// <summary>Takes what a rover tells of its map.</summary>
    public void OnDelta(MapDelta message)
    {
        _told?.Apply(message);
        _isNew = true;
    }

    /// <summary>Takes a rover's whole map.</summary>
    public void OnMap(double time, GridMap message)
    {
        if (_told is null && GridMapView.Overlay(message, _elevation))
        {
            _view.Update(time, _elevation, (x, y) => SeenAt(new Vector2d(x, y), time), _history);
        }
    }

    /// <summary>Shows what is new, now and then.</summary>
    /// <param name="time">Recorded time that has come, s.</param>
    /// <param name="isLast">Whether nothing comes after, so that what is new is shown at once.</param>
    public void Show(double time, bool isLast = false)
    {
        if (_told is not null && _isNew && (isLast || time - _shownAt >= Period))
        {
            (_shownAt, _isNew) = (time, false);
            _view.Update(time, _told.LevelElevation(), null, _history);
        }
    }

    private static IEnumerable<T> Messages<T>(McapReader reader, Func<string, bool> isWanted)
        where T : class, IRosMessage, new()
    {
        var topics = reader.Channels.Values.Select(channel => channel.Topic).Where(isWanted).ToHashSet(StringComparer.Ordinal);
        foreach (var message in topics.Count == 0 ? [] : reader.ReadMessages(new McapQuery { Topics = topics }))
        {
            var content = new T();
            if (CdrMessage.TryDeserialize(message.Data.Span, content))
            {
                yield return content;
            }
        }
    }

    private double SeenAt(Vector2d place, double mapTime)
    {
        foreach (var (time, position) in _track)
        {
            if (position.DistanceTo(place) < Near)
            {
                return Math.Min(Math.Round(time, 1), mapTime);
            }
        }

        return mapTime;
    }
}
