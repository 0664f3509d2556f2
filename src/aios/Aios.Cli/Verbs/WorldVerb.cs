using System.CommandLine;
using System.Globalization;
using Aios.Terrain;
using Aios.Terrain.Export;

namespace Aios.Cli.Verbs;

/// <summary><c>aios world heights</c>: ground as a file.</summary>
public static class WorldVerb
{
    public static Command Create() => new("world", "Make worlds and look at them") { CreateHeights() };

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

    private static Option<double> Number(string name, string description, double fallback, double minimum, double maximum) => new(name)
    {
        Description = description,
        HelpName = "M",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => CommonOptions.ParseNumber<double>(
            result,
            string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"),
            value => value >= minimum && value <= maximum),
    };
}
