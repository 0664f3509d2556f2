using aios_interfaces.msg;
using Aios.Numerics;
using Aios.Planning;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// Plans the way home on the known map every few seconds and tells on <c>way_home</c> how long it is, how far it climbs
/// and what it costs, for the gate's check of the battery.
/// </summary>
internal sealed class WayHomePlanner
{
    /// <summary>Time between two plans, s.</summary>
    public const double Period = 10.0;

    /// <summary>Heights are looked up so far apart, m: half a wheelbase, below which a rover does not climb.</summary>
    private const double SampleStep = 0.5;
    private readonly RoverConfiguration _configuration;
    private readonly GridGeometry _geometry;
    private readonly GridPlanner _planner;
    private readonly Publisher<WayHome> _publisher;
    private readonly WayHome _message = new();
    private readonly HeightGrid _heights;
    private double _plannedAt = double.NegativeInfinity;

    /// <summary>Sets up topics on <paramref name="node"/>.</summary>
    public WayHomePlanner(Node node, RoverConfiguration configuration, HeightGrid heights)
    {
        _heights = heights;
        _configuration = configuration;
        _geometry = MapGeometry.Of(configuration.Area);
        _planner = new GridPlanner(_geometry, new GridPlannerOptions { GoalToleranceM = configuration.HomeTolerance });
        _publisher = node.CreatePublisher<WayHome>(Topics.WayHome);
        _message.Header.FrameId = Topics.MapFrame;
    }

    /// <summary>Plans when it is time.</summary>
    /// <param name="cost">Cost grid as the rover plans on.</param>
    /// <param name="position">Where it is.</param>
    /// <param name="now">ns.</param>
    public void Tick(ReadOnlySpan<byte> cost, Vector2d position, long now)
    {
        if (NodeTime.ToSeconds(now) - _plannedAt < Period)
        {
            return;
        }

        _plannedAt = NodeTime.ToSeconds(now);
        var home = new Vector2d(_configuration.StartPose.X, _configuration.StartPose.Y);
        var result = _planner.Plan(cost, position, home, _heights.Climbs);
        _message.Known = result.HasPath;
        _message.Length = result.HasPath ? result.LengthM : 0;
        _message.Climb = result.HasPath ? Climb(_planner.Path) : 0;
        _message.Energy = DriveEnergy.Of(_message.Length, _message.Climb, _configuration);
        NodeTime.Write(_message.Header.Stamp, now);
        _publisher.Publish(_message);
    }

    private double Climb(ReadOnlySpan<Vector2d> path)
    {
        double climb = 0;
        var before = float.NaN;
        for (var i = 1; i < path.Length; i++)
        {
            var steps = Math.Max(1, (int)Math.Ceiling(path[i].DistanceTo(path[i - 1]) / SampleStep));
            for (var step = 1; step <= steps; step++)
            {
                var height = HeightAt(path[i - 1] + ((path[i] - path[i - 1]) * ((double)step / steps)));
                climb += float.IsNaN(height) || float.IsNaN(before) ? 0 : Math.Max(0, height - before);
                before = float.IsNaN(height) ? before : height;
            }
        }

        return climb;
    }

    /// <summary>Height of the map's cell; NaN where it is not known.</summary>
    private float HeightAt(Vector2d place) => !_heights.Values.IsEmpty && _geometry.TryCell(place.X, place.Y, out var col, out var row)
        ? _heights.Values[_geometry.Index(col, row)]
        : float.NaN;
}
