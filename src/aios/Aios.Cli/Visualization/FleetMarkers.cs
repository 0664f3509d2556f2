using aios_interfaces.msg;
using Aios.Mission;
using Aios.Nodes;
using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using std_msgs.msg;
using visualization_msgs.msg;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Cli.Visualization;

/// <summary>
/// The fleet as <c>visualization_msgs/MarkerArray</c>, twice a second: names and states, safety zones in the colour of what
/// the gate does, goals, votes, alerts, radio links, the fence and the mission's zones. Each kind is a namespace that a viewer can hide.
/// </summary>
internal sealed class FleetMarkers
{
    public const string Topic = "/fleet/markers";

    private const double Period = 0.5;
    private const double SafetyRadius = 1.0;
    private const double NoticeTime = 15;
    private const string NoticeTimeName = "notice_time_s";

    private readonly Node _node;
    private readonly Publisher<MarkerArray> _publisher;
    private readonly Seen[] _rovers;
    private readonly AreaBounds? _fence;
    private readonly ZoneSet _zones;
    private RadioLinks? _links;

    /// <param name="node">Any node.</param>
    /// <param name="rovers">Their names.</param>
    /// <param name="fence">Where they may go, map frame; null when it is not known.</param>
    /// <param name="zones">Zones of the mission.</param>
    public FleetMarkers(Node node, IEnumerable<string> rovers, AreaBounds? fence, ZoneSet zones)
    {
        _node = node;
        _zones = zones;
        _fence = fence;
        _rovers = [.. rovers.Select(rover => new Seen(rover))];
        _publisher = node.CreatePublisher<MarkerArray>(Topic);
        node.DeclareParameter(NoticeTimeName, NoticeTime, ParameterDescriptors.Range("How long votes and alerts stay, s.", 1.0, 600.0));
        node.CreateSubscription<RadioLinks>("/radio/links", links => _links = links, QosProfile.KeepLast(1).WithTransientLocal());
        foreach (var rover in _rovers)
        {
            Listen(rover);
        }

        node.CreateTimer(TimeSpan.FromSeconds(Period), _ => Publish());
    }

    private void Listen(Seen rover)
    {
        _node.CreateSubscription<PoseWithCovarianceStamped>(Of(Topics.Pose), m =>
        {
            var pose = PoseMessages.Read(m.Pose.Pose);
            rover.Place = PoseMessages.IsUsable(pose) ? pose.Position : rover.Place;
        });
        _node.CreateSubscription<SafetyStatus>(Of(Topics.SafetyStatus), m => rover.Action = m.Action);
        _node.CreateSubscription<MissionPhase>(Of(Topics.MissionPhase), m => rover.Phase = ((RoverPhase)m.Phase).ToString().ToLowerInvariant());
        _node.CreateSubscription<BatteryState>(Of(Topics.BatteryState), m => rover.Battery = m.Percentage);
        _node.CreateSubscription<PoseStamped>(Of(Topics.Goal), m => rover.Goal = PoseMessages.Read(m.Pose).Position);
        _node.CreateSubscription<Event>(Of(Topics.Events), OnEvent, QosProfile.KeepLast(100));

        string Of(string topic) => Topics.Of(rover.Name, topic);

        void OnEvent(Event entry)
        {
            var until = NodeTime.ToSeconds(_node.Clock.NowNanoseconds) + _node.GetParameter<double>(NoticeTimeName);
            if (entry.Kind is EventKinds.QuorumVote or EventKinds.QuorumDecision)
            {
                rover.Vote = ($"{entry.Kind.Replace('_', ' ')}: {entry.Detail} {entry.Subject}", until);
            }
            else if (entry.Severity == Event.SEVERITY_ALERT)
            {
                rover.Alert = ($"{entry.Kind.Replace('_', ' ')} {entry.Subject} {entry.Detail}", until);
            }
        }
    }

    private void Publish()
    {
        var now = _node.Clock.NowNanoseconds;
        var array = new MarkerArray();
        for (var i = 0; i < _rovers.Length; i++)
        {
            if (_rovers[i].Place is { } place)
            {
                Add(array.Markers, _rovers[i], i, place, now);
            }
        }

        AddFence(array.Markers, now);
        AddZones(array.Markers, now);
        AddLinks(array.Markers, now);
        _publisher.Publish(array);
    }

    private static void Add(List<Marker> markers, Seen rover, int id, Vector3d place, long now)
    {
        var time = NodeTime.ToSeconds(now);
        var label = float.IsFinite(rover.Battery) ? $"{rover.Name}\n{rover.Phase} {rover.Battery:P0}" : $"{rover.Name}\n{rover.Phase}";
        markers.Add(MarkerMaker.Text("names", id, now, place + new Vector3d(0, 0, 2.4), 0.6, MarkerMaker.Colour(1, 1, 1), label));
        markers.Add(MarkerMaker.Disc("safety_zones", id, now, place + new Vector3d(0, 0, 0.02), SafetyRadius, ColourOf(rover.Action)));
        if (rover.Goal is { } goal)
        {
            var at = new Vector3d(goal.X, goal.Y, place.Z + 0.3);
            markers.Add(MarkerMaker.Ball("goals", id, now, at, 0.25, MarkerMaker.Colour(0.2, 0.6, 1, 0.9)));
            markers.Add(MarkerMaker.Line("goal_lines", id, now, 0.05, MarkerMaker.Colour(0.2, 0.6, 1, 0.5), place + new Vector3d(0, 0, 0.3), at));
        }

        if (time < rover.Vote.Until)
        {
            markers.Add(MarkerMaker.Text("votes", id, now, place + new Vector3d(0, 0, 3.6), 0.5, MarkerMaker.Colour(0.5, 0.85, 1), rover.Vote.Text));
        }

        if (time < rover.Alert.Until)
        {
            markers.Add(MarkerMaker.Text("alerts", id, now, place + new Vector3d(0, 0, 4.4), 0.6, MarkerMaker.Colour(1, 0.3, 0.2), rover.Alert.Text));
        }
    }

    private void AddFence(List<Marker> markers, long now)
    {
        if (_fence is { } area)
        {
            markers.Add(MarkerMaker.Line(
                "geofence", 0, now, 0.1, MarkerMaker.Colour(1, 0.6, 0.1),
                new(area.MinX, area.MinY, 0), new(area.MaxX, area.MinY, 0), new(area.MaxX, area.MaxY, 0), new(area.MinX, area.MaxY, 0), new(area.MinX, area.MinY, 0)));
        }
    }

    private void AddZones(List<Marker> markers, long now)
    {
        for (var i = 0; i < _zones.All.Count; i++)
        {
            var zone = _zones.All[i];
            var colour = zone.Kind == ZoneKind.KeepOut ? MarkerMaker.Colour(1, 0.3, 0.3) : MarkerMaker.Colour(1, 0.7, 0);
            var xy = zone.Area.Vertices.ToArray();
            Vector3d[] corners = [.. Enumerable.Range(0, (xy.Length / 2) + 1).Select(k => new Vector3d(xy[2 * k % xy.Length], xy[((2 * k) + 1) % xy.Length], 0.2))];
            markers.Add(MarkerMaker.Line("zones", i, now, 0.15, colour, corners));
            markers.Add(MarkerMaker.Text("zone_names", i, now, corners[0] + new Vector3d(0, 0, 0.6), 0.6, colour, $"{zone.KindName} {zone.Name}"));
        }
    }

    private void AddLinks(List<Marker> markers, long now)
    {
        var up = new Vector3d(0, 0, 1.5);
        foreach (var link in _links?.Links ?? [])
        {
            var from = Array.FindIndex(_rovers, rover => rover.Name == link.FromHost);
            var to = Array.FindIndex(_rovers, rover => rover.Name == link.ToHost);
            if (from >= 0 && to >= 0 && link.Up && _rovers[from].Place is { } a && _rovers[to].Place is { } b)
            {
                var quality = Math.Clamp(link.Quality, 0, 1);
                markers.Add(MarkerMaker.Line(
                    "links", (from * _rovers.Length) + to, now, 0.04, MarkerMaker.Colour(1 - quality, quality, 0.2, 0.7), a + up, b + up));
            }
        }
    }

    private static ColorRGBA ColourOf(byte action) => action switch
    {
        SafetyStatus.ACTION_PASS => MarkerMaker.Colour(0.2, 0.8, 0.3, 0.35),
        SafetyStatus.ACTION_LIMIT => MarkerMaker.Colour(0.9, 0.8, 0.2, 0.4),
        SafetyStatus.ACTION_STOPPED => MarkerMaker.Colour(0.9, 0.15, 0.1, 0.6),
        _ => MarkerMaker.Colour(1, 0.5, 0.1, 0.5),
    };

    /// <summary>What was heard of a rover.</summary>
    private sealed class Seen(string name)
    {
        public string Name => name;

        public Vector3d? Place { get; set; }

        public Vector3d? Goal { get; set; }

        public byte Action { get; set; } = SafetyStatus.ACTION_HOLD;

        public string Phase { get; set; } = "";

        public float Battery { get; set; } = float.NaN;

        public (string Text, double Until) Vote { get; set; } = ("", double.NegativeInfinity);

        public (string Text, double Until) Alert { get; set; } = ("", double.NegativeInfinity);
    }
}
