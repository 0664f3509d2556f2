using Aios.Cli.Missions;
using Aios.Cli.Worlds;
using Aios.Mission;
using Aios.Terrain;
using Aios.Terrain.Worlds;

namespace Aios.Cli.Tests.Worlds;

public sealed class WorldFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds() => [.. WorldRecipes.All.Select(recipe => recipe.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void World_WrittenAndRead_IsTheSameAndItsMissionCanBegin(string kind)
    {
        var world = Write(kind);

        var read = WorldFile.Read(_folder.File(WorldFile.FileName), 40, 5);
        Assert.Equal(world.Ground.Vertices.ToArray(), read.Ground.Vertices.ToArray());
        Assert.Equal((world.Ground.MinX, world.Ground.MaxY), (read.Ground.MinX, read.Ground.MaxY));
        Assert.Equal(world.GravityMps2, read.GravityMps2, 9);
        Assert.Equal(world.SunElevationRad, read.SunElevationRad, 6);
        Assert.Equal(kind == "lava-tube", read.Overhang is not null);
        Assert.Equal(world.Overhang?.Mesh.Vertices, read.Overhang?.Mesh.Vertices);
        Assert.Equal(world.Rocks.Count, read.Rocks.Count);
        for (var i = 0; i < read.Rocks.Count; i++)
        {
            Assert.Equal(world.Rocks[i].BaseZ, read.Rocks[i].BaseZ, tolerance: 1e-8);
            Assert.Equal(world.Rocks[i].Diameter, read.Rocks[i].Diameter, 12);
        }

        var mission = MissionFile.Load(_folder.File("mission.yaml"));
        Assert.Empty(mission.Errors);
        var planet = WorldFactory.Create(mission.Mission!.Resolve(1));
        Assert.Equal(planet.Surface.Ground.Height(3, 4), world.Ground.Height(3, 4));
        _folder.Write("fleet.sdf", GazeboFleet.Write(_folder.File(WorldFile.FileName), ["rover_1", "rover_2"]));
        if (kind == "crater-plain")
        {
            CheckEverySdf(_folder.Path, _folder.File("models")); // rocks are made alike for every kind
        }

        CheckSdf(_folder.File(WorldFile.FileName), _folder.File("models"));
        CheckSdf(_folder.File("fleet.sdf"), _folder.File("models"));
    }

    [Theory]
    [InlineData("<gravity>0 0 -3.71</gravity>", "<gravity>down</gravity>", "gravity is 'down', expected three numbers")]
    [InlineData("<gravity>0 0 -3.71</gravity>", "<gravity>0 0 9</gravity>", "gravity is 9 along z, expected between -30 and 0 m/s²")]
    [InlineData("<aios:ground", "<aios:floor", "has no <aios:ground heights=")]
    [InlineData("heights.tif", "nowhere.tif", "nowhere.tif")]
    [InlineData("type=\"directional\"", "type=\"point\"", "has no directional light")]
    [InlineData("</sdf>", "", "world.sdf:")]
    public void World_Broken_IsOneLineThatNamesTheFile(string right, string wrong, string message)
    {
        Write("crater-plain");
        var file = _folder.File(WorldFile.FileName);
        File.WriteAllText(file, File.ReadAllText(file).Replace(right, wrong, StringComparison.Ordinal));

        var exception = Assert.Throws<AiosException>(() => WorldFile.Read(file, 40, 1));

        Assert.Equal(ExitCode.WrongInput, exception.ExitCode);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder.Path, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Mission_WithOtherGravityThanItsWorld_IsRefused()
    {
        Write("lunar-pole");
        var file = _folder.File("mission.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("gravity_mps2: 1.62", "gravity_mps2: 3.71", StringComparison.Ordinal));

        var exception = Assert.Throws<AiosException>(() => WorldFactory.Create(MissionFile.Load(file).Mission!.Resolve(1)));

        Assert.Contains("world.gravity_mps2 is 3.71, expected 1.62 as in", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void World_LargerMissionThanGround_IsRefused()
    {
        Write("crater-plain");
        var exception = Assert.Throws<AiosException>(() => WorldFile.Read(_folder.File(WorldFile.FileName), 200, 1));
        Assert.Contains("is 72 m wide, expected at least the mission area's 200 m", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Every SDF file in a folder and those below, as Gazebo's own parser sees it.</summary>
    internal static void CheckEverySdf(string folder, string models)
    {
        var files = Directory.EnumerateFiles(folder, "*.sdf", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        files.ForEach(file => CheckSdf(file, models));
    }

    /// <summary>Gazebo's own parser; nothing is said of a file where it is not installed.</summary>
    internal static void CheckSdf(string file, string models)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .SelectMany(folder => new[] { "ign", "gz" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (program is null)
        {
            Assert.Skip("everything but `ign sdf --check` was tried: there is neither ign nor gz on this machine");
        }

        var (_, output, error) = Programs.Run(
            new Dictionary<string, string?> { ["SDF_PATH"] = models, ["IGN_GAZEBO_RESOURCE_PATH"] = models }, program, "sdf", "--check", file);
        Assert.SkipWhen(error.Contains("cannot find any available", StringComparison.Ordinal), $"{program} has no sdf command: apt-get install libsdformat-dev");
        Assert.True(output.Contains("Valid.", StringComparison.Ordinal), $"{file}: {error}");
    }

    private PlanetSurface Write(string kind)
    {
        var recipe = WorldRecipes.All.First(candidate => candidate.Name == kind);
        var surface = WorldMaker.New(recipe, 40, 0.5, 5);
        WorldFolder.Write(_folder.Path, new WorldPackage
        {
            Name = kind + "-5",
            Description = recipe.Description,
            SizeM = 40,
            Surface = surface,
            Seed = 5,
            SolarIrradianceWpm2 = recipe.SolarIrradianceWpm2,
            Place = (recipe.LatitudeDeg, recipe.LongitudeDeg),
            MaxSlopeDeg = recipe.MaxSlopeDeg,
            Starts = WorldMaker.StartPoses,
        });
        return surface;
    }
}
