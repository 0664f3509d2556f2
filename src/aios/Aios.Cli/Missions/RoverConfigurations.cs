using Aios.Mission;
using Aios.Nodes;
using Aios.Numerics;
using Aios.Safety.Quorum;
using Aios.Sim;

namespace Aios.Cli.Missions;

/// <summary>What each rover of a mission is told before it starts.</summary>
public static class RoverConfigurations
{
    /// <summary>Configuration of the rover at an index of the mission file.</summary>
    public static RoverConfiguration Of(ResolvedMission mission, int index)
    {
        var spec = mission.Spec;
        RoverCatalogue.TryGet(spec.Rovers[index].Model, out var model);
        var lidar = model.Sensors.Lidar;
        return new RoverConfiguration
        {
            Name = spec.Rovers[index].Name,
            Roster = spec.Roster,
            StartPoses = [.. spec.Rovers.Select(rover => rover.Start)],
            Area = AreaBounds.Square(spec.World.Size),
            GeofenceMargin = spec.Constraints.GeofenceMargin,
            MaxSpeed = spec.Constraints.MaxSpeed,
            MaxSlope = spec.Constraints.MaxSlope,
            MaxTilt = spec.Constraints.MaxTilt,
            Gravity = spec.World.Terrain.GravityMps2,
            BaseFromLidar = new Pose3(new Vector3d(lidar.MountForwardM, 0, lidar.MountHeightM), Quaterniond.Identity),
            HomeTolerance = spec.Goals.HomeTolerance,
            LowBattery = spec.Contingencies.LowBattery,
            ReturnBy = spec.Constraints.TimeLimit - spec.Contingencies.ReturnMargin,
            LostAfter = spec.Contingencies.LostAfter,
            TakeOver = spec.Contingencies.TakeOver,
            Seed = mission.Seed,
            Orders = Orders(spec),
            ToleratesLiars = spec.Contingencies.ToleratesLiars,
        };
    }

    /// <summary>The mission's drills.</summary>
    public static IReadOnlyList<FleetOrder> Orders(MissionSpec spec) =>
    [
        .. spec.Orders.Select(order => new FleetOrder(
            order.At, order.By, order.Order == OrderSpec.Halt ? DecisionKind.FleetHalt : DecisionKind.FleetResume)),
    ];
}
