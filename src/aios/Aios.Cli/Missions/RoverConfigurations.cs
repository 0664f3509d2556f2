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
    /// <param name="mission">The mission with its seed.</param>
    /// <param name="index">Index of the rover.</param>
    /// <param name="start">When the mission begins on the rovers' clocks, s: 0 where they keep mission time.</param>
    public static RoverConfiguration Of(ResolvedMission mission, int index, double start = 0)
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
            EffectiveTrack = model.Drive.NominalTrackFactor * model.Chassis.TrackM,
            HomeTolerance = spec.Goals.HomeTolerance,
            LowBattery = spec.Contingencies.LowBattery,
            ReturnBy = start + spec.Constraints.TimeLimit - spec.Contingencies.ReturnMargin,
            LostAfter = spec.Contingencies.LostAfter,
            TakeOver = spec.Contingencies.TakeOver,
            Seed = mission.Seed,
            Orders = Orders(spec, start),
            ToleratesLiars = spec.Contingencies.ToleratesLiars,
        };
    }

    /// <summary>The mission's drills, at times on a clock that shows <paramref name="start"/> seconds when the mission begins.</summary>
    public static IReadOnlyList<FleetOrder> Orders(MissionSpec spec, double start = 0) =>
    [
        .. spec.Orders.Select(order => new FleetOrder(
            start + order.At, order.By, order.Order == OrderSpec.Halt ? DecisionKind.FleetHalt : DecisionKind.FleetResume)),
    ];
}
