using System.CommandLine;
using System.Globalization;
using Aios.Cli.Models;
using Aios.Cli.Worlds;
using Aios.Numerics;
using Aios.Terrain;
using Aios.Terrain.Export;
using Aios.Terrain.Import;
using Aios.Terrain.Worlds;

namespace Aios.Cli.Verbs;

/// <summary><c>aios world new|import|check|heights|models|fleet</c>: worlds for Gazebo and the built-in simulator.</summary>
public static class WorldVerb
{
    private const double Spacing = 0.4;

    public static Command Create() => new("world", "Make worlds for Gazebo and for missions")
    {
        CreateNew(), CreateImport(), CreateCheck(), CreateHeights(), CreateModels(), WorldFleetVerb.Create(),
    };

    private static Command CreateNew()
    {
        var names = WorldRecipes.All.Select(recipe => recipe.Name).ToArray();
        var kind = new Argument<string>("KIND") { Description = "One of " + string.Join(", ", names) };
        kind.AcceptOnlyFromAmong(names);
        var seed = CommonOptions.Seed();
        var size = Number("--size", "Side of the mission area, m", 60, 20, 300);
        var output = Output();
        var command = new Command("new", "Make a world from a seed: SDF, meshes, heights and a mission to run in it") { kind, seed, size, output };
        command.SetAction(parsed =>
        {
            var recipe = WorldRecipes.All.First(candidate => candidate.Name == parsed.GetValue(kind));
            var (side, number) = (parsed.GetValue(size), parsed.GetValue(seed));
            return Write(parsed.GetValue(output), $"{recipe.Name}-{number}", recipe, side, number, WorldMaker.New(recipe, side, Spacing, number));
        });
        return command;
    }

    private static Command CreateImport()
    {
        var file = new Argument<string>("FILE") { Description = "GeoTIFF, PDS3 IMG or ENVI" };
        var seed = CommonOptions.Seed();
        var size = Number("--size", "Side of the mission area, m", 60, 20, 300);
        var pixel = Number("--pixel", "Metres from pixel to pixel in the world made; 0: the file's own", 0, 0, 100000);
        var scale = Number("--scale", "Factor on the heights", 1, -1000, 1000, "X");
        var col = Number("--centre-col", "Column of the pixel that becomes the middle; -1: the middle", -1, -1, 65535, "N");
        var row = Number("--centre-row", "Row of that pixel, from the top; -1: the middle", -1, -1, 65535, "N");
        var band = Number("--band", "Which of the file's bands has the heights, from 1; 0: the only one", 0, 0, 65535, "N");
        var layout = new Option<string>("--layout") { Description = "What an IMG without a label holds", HelpName = "mola-4|lola-4", DefaultValueFactory = _ => "" };
        var planet = new Option<string?>("--planet")
        {
            Description = "Whose gravity and sunlight; left out: what the file's label says, Mars where it says nothing",
            HelpName = "mars|moon",
        };
        planet.AcceptOnlyFromAmong("mars", "moon");
        var output = Output();
        var command = new Command("import", "Make a world of a height file; rocks from the seed")
        {
            file, seed, size, pixel, scale, col, row, band, layout, planet, output,
        };
        command.SetAction(parsed =>
        {
            var (path, side, number) = (parsed.GetValue(file)!, parsed.GetValue(size), parsed.GetValue(seed));
            var (ground, body) = Import(path, parsed.GetValue(layout)!, new HeightmapSpec
            {
                Band = (int)parsed.GetValue(band),
                SizeM = side + (2 * WorldMaker.MarginM),
                SpacingM = Spacing,
                PixelM = parsed.GetValue(pixel),
                VerticalScale = parsed.GetValue(scale),
                CentreCol = parsed.GetValue(col) is >= 0 and var c ? c : null,
                CentreRow = parsed.GetValue(row) is >= 0 and var r ? r : null,
            });
            var name = string.Concat(Path.GetFileNameWithoutExtension(path).ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
            name = char.IsAsciiLetter(name.FirstOrDefault()) ? name : "world-" + name;
            var recipe = (parsed.GetValue(planet) ?? body.ToString()).Equals(nameof(PlanetBody.Moon), StringComparison.OrdinalIgnoreCase)
                ? WorldRecipes.MoonPlain
                : WorldRecipes.CraterPlain;
            var described = recipe with { Description = "Ground of " + Path.GetFileName(path) };
            return Write(parsed.GetValue(output), name, described, side, number, WorldMaker.Over(ground, recipe, side, number));
        });
        return command;
    }

    private static Command CreateCheck()
    {
        var file = new Argument<string>("WORLD") { Description = "world.sdf, or its folder" };
        var command = new Command("check", "Read a world as the built-in simulator does, and say what is in it") { file };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            path = Directory.Exists(path) ? Path.Combine(path, WorldFile.FileName) : path;
            var surface = WorldFile.Read(path, 0, 1);
            Console.WriteLine(Describe(path, surface));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command CreateModels()
    {
        var output = new Option<string>("--out") { Description = "Folder of models", HelpName = "DIR", DefaultValueFactory = _ => "models" };
        var command = new Command("models", "Write the robots as SDF, URDF and xacro") { output };
        command.SetAction(parsed =>
        {
            var directory = parsed.GetValue(output)!;
            Console.WriteLine($"{directory}: {string.Join(", ", ModelFolder.Write(directory))}");
            return ExitCode.Success;
        });
        return command;
    }

    private static (HeightField Ground, PlanetBody Body) Import(string path, string layout, HeightmapSpec spec)
    {
        try
        {
            var raster = ElevationFile.Read(path, layout, spec.Band);
            return (HeightmapConverter.Convert(path, raster, spec), raster.Body);
        }
        catch (ElevationFormatException exception)
        {
            throw new AiosException(ExitCode.WrongInput, exception.Message, exception);
        }
    }

    private static int Write(string? output, string name, WorldRecipe recipe, double size, ulong seed, PlanetSurface surface)
    {
        var directory = output ?? Path.Combine("worlds", name);
        WorldFolder.Write(directory, new WorldPackage
        {
            Name = name,
            Description = recipe.Description,
            SizeM = size,
            Surface = surface,
            Seed = seed,
            SolarIrradianceWpm2 = recipe.SolarIrradianceWpm2,
            Place = (recipe.LatitudeDeg, recipe.LongitudeDeg),
            MaxSlopeDeg = recipe.MaxSlopeDeg,
            Starts = WorldMaker.StartPoses,
        });
        Console.WriteLine(Describe(Path.Combine(directory, WorldFile.FileName), surface));
        Console.WriteLine($"  aios run {Path.Combine(directory, "mission.yaml")} --transport simulated --view");
        Console.WriteLine($"  GZ_SIM_RESOURCE_PATH={Path.Combine(Path.GetFullPath(directory), "models")} gz sim {Path.Combine(directory, WorldFile.FileName)}");
        return ExitCode.Success;
    }

    private static string Describe(string path, PlanetSurface surface) => string.Create(
        CultureInfo.InvariantCulture,
        $"{path}: {surface.Ground.MaxX - surface.Ground.MinX:0.#} m wide, {surface.Ground.MinHeight:0.0} to {surface.Ground.MaxHeight:0.0} m high, {surface.Rocks.Count} rocks, gravity {surface.GravityMps2} m/s², sun {Angles.RadiansToDegrees(surface.SunElevationRad):0.#} deg high");

    private static Option<string?> Output() => new("--out") { Description = "Folder of the world; left out: worlds/NAME", HelpName = "DIR" };

    private static Command CreateHeights()
    {
        var output = new Argument<string>("FILE") { Description = "GeoTIFF to write: heights in metres, north at the top" };
        var seed = CommonOptions.Seed();
        var size = Number("--size", "Side of the square, m", 92, 1, 2000);
        var spacing = Number("--spacing", "Distance between heights, m", 0.5, 0.05, 10);
        var relief = Number("--relief", "Standard deviation of the relief, m", 0.5, 0, 100);
        var crater = Number("--crater", "Diameter of the largest crater, m", 14, 1, 1000);
        var command = new Command("heights", "Write the ground of a cratered plain as a GeoTIFF, for world.heightmap of a mission")
        {
            output, seed, size, spacing, relief, crater,
        };
        command.SetAction(parsed =>
        {
            var largest = parsed.GetValue(crater);
            var spec = new TerrainSpec
            {
                MissionSizeM = parsed.GetValue(size),
                MarginM = 0,
                SpacingM = parsed.GetValue(spacing),
                Relief = new ReliefSpec { RmsHeightM = parsed.GetValue(relief), WavelengthM = parsed.GetValue(size) / 2 },
                Craters = new CraterSpec { MaxDiameterM = largest, MinDiameterM = Math.Min(2, largest / 2), SteepCraters = 0 },
                Rocks = new RockSpec { Abundance = 0 },
                LandingSites = [],
            };
            if (spec.Validate() is { } problem)
            {
                throw new AiosException(ExitCode.WrongInput, problem);
            }

            var file = parsed.GetValue(output)!;
            var ground = TerrainGenerator.Generate(spec, parsed.GetValue(seed)).Ground;
            File.WriteAllBytes(file, GeoTiffWriter.Write(ground));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}: {ground.Geometry.Width} x {ground.Geometry.Height} heights {ground.Spacing} m apart, {ground.MinHeight:0.00} to {ground.MaxHeight:0.00} m"));
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<double> Number(
        string name, string description, double fallback, double minimum, double maximum, string unit = "M") => new(name)
    {
        Description = description,
        HelpName = unit,
        DefaultValueFactory = _ => fallback,
        CustomParser = result => CommonOptions.ParseNumber<double>(
            result,
            string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"),
            value => value >= minimum && value <= maximum),
    };
}
