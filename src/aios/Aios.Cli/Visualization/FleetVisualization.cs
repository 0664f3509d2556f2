using Aios.Cli.Missions;
using Aios.Cli.Models;
using Aios.Mission;
using Aios.Nodes;
using ROS2;

namespace Aios.Cli.Visualization;

/// <summary>
/// The nodes that RViz and Foxglove want beside a mission's own: robot models, wheels, coloured ground, markers and the
/// operators' desk. They only listen, until somebody gives an order.
/// </summary>
internal static class FleetVisualization
{
    /// <summary>Creates them for a mission that runs; they live as long as the context.</summary>
    /// <param name="context">The planet's, or that of an operator's station.</param>
    /// <param name="mission">The mission.</param>
    public static void Create(RosContext context, ResolvedMission mission)
    {
        var configuration = RoverConfigurations.Of(mission, 0);
        Create(
            context,
            [.. mission.Spec.Rovers.Select(rover => (rover.Name, RobotModels.Of(rover.Model)))],
            configuration.Area.Grown(configuration.GeofenceMargin),
            configuration.Zones);
        _ = new OperatorDesk(context.CreateNode("desk", "/operator"), mission.Spec.Roster);
    }

    /// <summary>Creates those that only show.</summary>
    /// <param name="context">Where.</param>
    /// <param name="rovers">Names and models.</param>
    /// <param name="fence">Where the rovers may go, map frame; null when it is not known.</param>
    /// <param name="zones">Zones of the mission; null when they are not known.</param>
    public static void Create(
        RosContext context, IReadOnlyList<(string Name, RobotDescription Robot)> rovers, AreaBounds? fence, ZoneSet? zones = null)
    {
        List<string> names = [.. rovers.Select(rover => rover.Name)];
        foreach (var (name, robot) in rovers)
        {
            _ = new RobotStatePublisher(context.CreateNode("robot_state_publisher", "/" + name), name, UrdfModel.Write(robot));
            _ = new WheelJoints(context.CreateNode("wheel_joints", "/" + name), robot);
        }

        _ = new ElevationCloud(context.CreateNode("elevation_cloud", "/fleet"), names);
        _ = new FleetMarkers(context.CreateNode("fleet_markers", "/fleet"), names, fence, zones ?? ZoneSet.None);
    }
}
