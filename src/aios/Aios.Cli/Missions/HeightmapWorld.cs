using System.Globalization;
using Aios.Cli.Worlds;
using Aios.Mission;
using Aios.Numerics;
using Aios.Terrain;
using Aios.Terrain.Import;

namespace Aios.Cli.Missions;

/// <summary>The planet of a mission whose ground is a file.</summary>
internal static class HeightmapWorld
{
    /// <summary>Ground from the file, rocks from the seed.</summary>
    /// <param name="spec">The mission; its world's source is a heightmap.</param>
    /// <param name="terrain">What is added to the ground, its size and margin, and who has to get about on it.</param>
    /// <param name="seed">Of the rocks.</param>
    /// <exception cref="AiosException">The file is not what it should be, or a rover's start cannot be reached; one line.</exception>
    public static PlanetSurface Create(MissionSpec spec, TerrainSpec terrain, ulong seed)
    {
        var surface = TerrainGenerator.Generate(terrain, seed, ReadGround(spec.World, terrain));
        CheckStarts(spec, terrain, surface, spec.World.HeightmapFile);
        return surface;
    }

    /// <summary>The ground alone.</summary>
    /// <exception cref="AiosException">The file is not what it should be; one line.</exception>
    public static HeightField ReadGround(WorldSpec world, TerrainSpec terrain)
    {
        var raster = ElevationFile.Read(world.HeightmapFile, world.HeightmapLayout, world.Import.Band);
        try
        {
            return HeightmapConverter.Convert(world.HeightmapFile, raster, world.Import with
            {
                SizeM = terrain.MissionSizeM + (2 * terrain.MarginM),
                SpacingM = terrain.SpacingM,
            });
        }
        catch (ElevationFormatException exception)
        {
            throw new AiosException(ExitCode.WrongInput, exception.Message, exception);
        }
    }

    /// <summary>That a rover can stand on each start and drive from the first to the others.</summary>
    /// <exception cref="AiosException">It cannot; one line.</exception>
    public static void CheckStarts(MissionSpec spec, TerrainSpec terrain, PlanetSurface surface, string file)
    {
        var half = 0.5 * terrain.MissionSizeM;
        var geometry = GridGeometry.Covering(-half, -half, half, half, Math.Max(0.2, terrain.MissionSizeM / 1000));
        var reached = ReachableArea.Compute(surface, terrain.Mobility, terrain.LandingSites[0], geometry);
        for (var i = 0; i < spec.Rovers.Count; i++)
        {
            var (x, y) = (spec.Rovers[i].Start.X, spec.Rovers[i].Start.Y);
            if (!geometry.TryCell(x, y, out var col, out var row) || !reached[col, row])
            {
                var from = i == 0 ? "is too steep to stand on" : $"cannot be reached from the start of {spec.Rovers[0].Name}";
                throw new AiosException(ExitCode.WrongInput, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{spec.File}: rovers[{i}].start: ({x}, {y}) {from} on the ground of {file}, expected slopes up to {Angles.RadiansToDegrees(terrain.Mobility.MaxSlopeRad):0.#} deg on the way: set another start, constraints.max_slope_deg, or for a heightmap world.import.vertical_scale and centre"));
            }
        }
    }
}
