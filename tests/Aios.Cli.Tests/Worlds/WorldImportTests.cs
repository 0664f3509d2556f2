using System.Globalization;
using Aios.Cli.Worlds;
using Aios.Mission;
using Aios.Terrain;

namespace Aios.Cli.Tests.Worlds;

/// <summary><c>aios world import</c>: from a file to a mission that can begin.</summary>
public sealed class WorldImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("MOON", null, 1.62)]
    [InlineData("MARS", null, 3.71)]
    [InlineData("VESTA", null, 3.71)]
    [InlineData("MARS", "moon", 1.62)]
    [InlineData("MOON", "mars", 3.71)]
    public void Import_LabelledImage_HasTheGravityOfItsBody(string target, string? planet, double gravity)
    {
        WriteImage(target);

        var surface = Import([_folder.File("relief.lbl"), "--pixel", "1", .. planet is null ? (string[])[] : ["--planet", planet]]);

        Assert.Equal(gravity, surface.GravityMps2, 9);
        Assert.InRange(surface.Ground.Height(20, 0) - surface.Ground.Height(-20, 0), 1.8, 2.2);
    }

    [Theory]
    [InlineData("ldem_4.img", 1.62, "--layout", "lola-4", "--pixel", "2", "--scale", "0.002")]
    [InlineData("mola_megt90n000cb.img", 3.71, "--layout", "mola-4", "--pixel", "2", "--scale", "0.002", "--centre-col", "300", "--centre-row", "500")]
    [InlineData("lola_kepler.tif", 1.62, "--pixel", "1", "--scale", "0.001")]
    [InlineData("Gale_HRSC_DEM_50m_300x285.bin", 3.71, "--pixel", "2", "--scale", "0.0005")]
    [InlineData("noctis-3500-clip-envi.hdr", 3.71, "--pixel", "2", "--scale", "0.0002")]
    public void Import_RealMap_IsAWorldOfItsPlanet(string name, double gravity, params string[] options)
    {
        var file = Path.Combine(DataFolder(), "terrain", name);
        Assert.SkipUnless(File.Exists(file), $"terrain/{name} not found: set AIOS_DATA to the folder of the test data");

        var surface = Import([file, .. options]);

        Assert.Equal(gravity, surface.GravityMps2, 9);
        Assert.InRange(surface.Ground.MaxHeight - surface.Ground.MinHeight, 0.05, 40);
    }

    [Fact]
    public void Edge_OfAWorld_IsWalledHigherThanItsGround()
    {
        WriteImage("MARS");
        var surface = Import([_folder.File("relief.lbl"), "--pixel", "1"]);
        var walls = System.Xml.Linq.XDocument.Load(_folder.File("world/world.sdf")).Descendants("model")
            .Single(model => model.Attribute("name")!.Value == "edge").Descendants("collision").ToList();

        Assert.Equal(4, walls.Count);
        Assert.All(walls, wall =>
        {
            var pose = wall.Element("pose")!.Value.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
            var size = wall.Descendants("size").Single().Value.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
            Assert.True(Math.Abs(Math.Abs(pose[0]) - surface.Ground.MaxX) < 1e-6 || Math.Abs(Math.Abs(pose[1]) - surface.Ground.MaxY) < 1e-6);
            Assert.True(pose[2] + (0.5 * size[2]) > surface.Ground.MaxHeight + 2 && pose[2] - (0.5 * size[2]) <= surface.Ground.MinHeight);
            Assert.True(Math.Max(size[0], size[1]) >= surface.Ground.MaxX - surface.Ground.MinX - 1e-6);
        });
        WorldFileTests.CheckEverySdf(_folder.File("world"), _folder.File("world/models"));
    }

    // $AIOS_DATA, or shared/data beside the repository or above it.
    private static string DataFolder()
    {
        var folder = AiosHome.Directory;
        while (folder is not null && !Directory.Exists(Path.Combine(folder, "shared", "data")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Environment.GetEnvironmentVariable("AIOS_DATA") ?? Path.Combine(folder ?? "", "shared", "data");
    }

    private PlanetSurface Import(string[] arguments)
    {
        var (code, output, error) = Programs.Aios(
            new Dictionary<string, string?>(), ["world", "import", .. arguments, "--size", "20", "--out", _folder.File("world")]);
        Assert.True(code == 0, output + error);
        var mission = MissionFile.Load(_folder.File("world/mission.yaml"));
        Assert.Empty(mission.Errors);
        return WorldFile.Read(_folder.File("world/world.sdf"), 20, 1);
    }

    // Ground that rises to the east by 5 cm a pixel, 100 x 100 pixels.
    private void WriteImage(string target)
    {
        const int Side = 100;
        var bytes = new byte[Side * Side * 2];
        for (var i = 0; i < Side * Side; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(2 * i), (short)(5 * (i % Side)));
        }

        File.WriteAllBytes(_folder.File("relief.img"), bytes);
        _folder.Write("relief.lbl", $"PDS_VERSION_ID = PDS3\r\n^IMAGE = \"relief.img\"\r\nTARGET_NAME = {target}\r\nLINES = {Side}\r\nLINE_SAMPLES = {Side}\r\nSAMPLE_TYPE = MSB_INTEGER\r\nSAMPLE_BITS = 16\r\nSCALING_FACTOR = 0.01\r\nEND\r\n");
    }
}
