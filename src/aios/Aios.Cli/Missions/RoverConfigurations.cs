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
            Zones = spec.Constraints.Zones,
            Roles = [.. spec.Rovers.Select(rover => new RoleSpec(rover.Role, rover.Places))],
            MaxSpeed = spec.Constraints.MaxSpeed,
            MaxSlope = spec.Constraints.MaxSlope,
            MaxTilt = spec.Constraints.MaxTilt,
            Mass = model.Chassis.MassKg,
            Gravity = spec.World.Terrain.GravityMps2,
            BaseFromLidar = new Pose3(new Vector3d(lidar.MountForwardM, 0, lidar.MountHeightM), Quaterniond.Identity),
            EffectiveTrack = model.Drive.NominalTrackFactor * model.Chassis.TrackM,
            HomeTolerance = spec.Goals.HomeTolerance,
            LowBattery = spec.Contingencies.LowBattery,
            ReturnBy = start + spec.Constraints.TimeLimit - spec.Contingencies.ReturnMargin,
            LostAfter = spec.Contingencies.LostAfter,
            TakeOver = spec.Contingencies.TakeOver,
            PermitPatience = spec.Contingencies.PermitPatience,
            StandstillAfter = spec.Contingencies.StandstillAfter,
            StandstillGain = spec.Contingencies.StandstillGain,
            Seed = mission.Seed,
            Orders = Orders(spec, start),
            ToleratesLiars = spec.Contingencies.ToleratesLiars,
            OnlyPresentVote = spec.Contingencies.OnlyPresentVote,
        };
    }

    /// <summary>The mission's drills, at times on a clock that shows <paramref name="start"/> seconds when the mission begins.</summary>
    public static IReadOnlyList<FleetOrder> Orders(MissionSpec spec, double start = 0) =>
        [.. spec.Orders.Select(order => FleetOrder.Of(start + order.At, order.By, Decision(spec, order)))];

    private static Decision Decision(MissionSpec spec, OrderSpec order)
    {
        const double MicrometresPerMetre = 1e6;
        var rover = (byte)Math.Max(0, spec.Roster.ToList().IndexOf(order.Rover));
        var zone = (byte)Math.Max(0, spec.Constraints.Zones.All.ToList().FindIndex(zone => zone.Name == order.Zone));
        return order.Order switch
        {
            OrderSpec.Halt => new(DecisionKind.FleetHalt),
            OrderSpec.Resume => new(DecisionKind.FleetResume),
            OrderSpec.SpeedLimit => new(DecisionKind.ChangeSpeedLimit, Value: (long)Math.Round(order.Speed * MicrometresPerMetre)),
            OrderSpec.EnterZone => new(DecisionKind.EnterHazardZone, rover, zone),
            OrderSpec.LeaveZone => new(DecisionKind.LeaveHazardZone, rover, zone),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order.Order, "no such order"),
        };
    }
}
