using Aios.Cli.Safety;
using Aios.Cli.Worlds;
using Aios.Mission;
using Aios.Numerics;
using Aios.Sim;
using Aios.Terrain;

namespace Aios.Cli.Missions;

/// <summary>Makes the planet of a mission and puts its rovers on it.</summary>
public static class WorldFactory
{
    /// <summary>Ground beyond the mission area, m.</summary>
    private const double Margin = 16.0;

    /// <summary>The planet with its rovers and the faults that will strike them.</summary>
    /// <exception cref="AiosException">The world cannot be made; the message says why in one line.</exception>
    public static PlanetSimulation Create(ResolvedMission mission, string? faultSet = null)
    {
        var spec = mission.Spec;
        var isSafety = faultSet == SafetyFaultSet.Name;
        var options = new SimulationOptions
        {
            SolarIrradianceWpm2 = spec.World.SunIrradiance,
            RoversVisibleToLidar = true,
            RunScans = spec.Rovers.Count >= ScanThreads.SmallestFleet ? ScanThreads.Run : null,
            Radio = isSafety ? Radio(spec.Radio with { Loss = SafetyFaultSet.Loss(mission.Seed) }) : Radio(spec.Radio),
        };
        var rovers = spec.Rovers.Select(Rover).ToList();
        try
        {
            var planet = new PlanetSimulation(Surface(mission), options, rovers, mission.Seed);
            foreach (var fault in mission.Faults)
            {
                planet.Inject(Fault(fault));
            }

            foreach (var fault in isSafety ? SafetyFaultSet.Draw(mission) : [])
            {
                planet.Inject(fault);
            }

            return planet;
        }
        catch (ArgumentException exception)
        {
            throw new AiosException(ExitCode.WrongInput, $"{spec.File}: {exception.Message}");
        }
    }

    /// <summary>How a mission's rovers may move, for scoring.</summary>
    public static MobilityLimits Mobility(MissionSpec spec) => new() { MaxSlopeRad = spec.Constraints.MaxSlope };

    /// <summary>Reads what the world is made of, without making it.</summary>
    /// <exception cref="AiosException">A file is not what it should be; the message says what in one line.</exception>
    public static void Check(MissionSpec spec)
    {
        if (spec.World.Source == WorldSource.Heightmap)
        {
            HeightmapWorld.ReadGround(spec.World, Terrain(spec));
        }
        else if (spec.World.Source == WorldSource.Sdf)
        {
            WorldFile.Read(spec.World.SdfFile, spec.World.Size, 1);
        }
    }

    /// <summary>The radios of a mission.</summary>
    public static RadioModel Radio(RadioSpec radio) => new()
    {
        MaxRangeM = radio.Range,
        BitRate = radio.Bandwidth,
        FloorLoss = radio.Loss,
        BaseDelayS = radio.Delay,
        ObstructionLossDb = radio.LineOfSight ? new RadioModel().ObstructionLossDb : 0,
        BurstS = radio.BurstLength,
        Disturbance = new RadioDisturbance(0, radio.BurstLoss, radio.Duplication, radio.Reordering, radio.Corruption),
    };

    private static TerrainSpec Terrain(MissionSpec spec) => spec.World.Terrain with { MarginM = Margin, Mobility = Mobility(spec) };

    private static PlanetSurface Surface(ResolvedMission mission)
    {
        var terrain = Terrain(mission.Spec);
        return mission.Spec.World.Source switch
        {
            WorldSource.Heightmap => HeightmapWorld.Create(mission.Spec, terrain, mission.WorldSeed),
            WorldSource.Sdf => SdfWorld(mission, terrain),
            _ => TerrainGenerator.Generate(terrain, mission.WorldSeed),
        };
    }

    private static PlanetSurface SdfWorld(ResolvedMission mission, TerrainSpec terrain)
    {
        var world = mission.Spec.World;
        var surface = WorldFile.Read(world.SdfFile, world.Size, mission.WorldSeed);
        if (!(Math.Abs(surface.GravityMps2 - terrain.GravityMps2) < 0.01))
        {
            throw new AiosException(ExitCode.WrongInput, FormattableString.Invariant(
                $"{mission.Spec.File}: world.gravity_mps2 is {terrain.GravityMps2}, expected {surface.GravityMps2} as in {world.SdfFile}"));
        }

        HeightmapWorld.CheckStarts(mission.Spec, terrain, surface, world.SdfFile);
        return surface;
    }

    private static Aios.Sim.RoverSpec Rover(Aios.Mission.RoverSpec rover)
    {
        if (!RoverCatalogue.TryGet(rover.Model, out var model))
        {
            throw new AiosException(
                ExitCode.WrongInput,
                $"rover {rover.Name}: unknown model '{rover.Model}', expected one of {string.Join(", ", RoverCatalogue.Names)}");
        }

        return new Aios.Sim.RoverSpec(
            rover.Name, model with { Power = model.Power with { InitialCharge = rover.Battery } }, rover.Start);
    }

    private static Aios.Sim.FaultSpec Fault(ResolvedFault fault)
    {
        if (!Aios.Sim.FaultKinds.TryParse(fault.KindName, out var kind))
        {
            throw new ArgumentException($"the simulator knows no fault '{fault.KindName}'");
        }

        var duration = double.IsFinite(fault.Duration) ? fault.Duration : 0;
        return new(kind, fault.Subject, fault.At, duration, fault.Other, fault.Magnitude) { Group = fault.Group };
    }
}
