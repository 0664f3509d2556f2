using Aios.Mission;
using Aios.Numerics;
using ROS2;

namespace Aios.Nodes;

/// <summary>Refuses goals in zones that are closed to the rover, by the zone's name on <c>events</c>.</summary>
internal sealed class GoalRefusals
{
    private readonly RoverConfiguration _configuration;
    private readonly EventReporter _events;

    public GoalRefusals(Node node, RoverConfiguration configuration)
    {
        _configuration = configuration;
        _events = new EventReporter(node, configuration.Name);
    }

    /// <summary>Zones that the rover may enter, as bits.</summary>
    public ulong Permits { get; set; }

    /// <summary>Whether a goal is refused, which is then told.</summary>
    public bool Refuses(Vector2d goal)
    {
        var zone = _configuration.Zones.ClosedAt(goal, Permits, clearance: 0);
        if (zone is not null)
        {
            var why = zone.Kind == ZoneKind.Hazard ? ", which the fleet has not permitted" : "";
            _events.Warning(EventKinds.GoalRefused, _configuration.Name, $"the goal lies in {zone}{why}", goal.X, goal.Y);
        }

        return zone is not null;
    }
}
