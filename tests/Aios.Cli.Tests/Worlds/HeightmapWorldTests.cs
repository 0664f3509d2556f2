using System.Text;
using Aios.Cli.Missions;
using Aios.Cli.Worlds;
using Aios.Mission;
using Aios.Numerics;
using Aios.Terrain;
using Aios.Terrain.Export;

namespace Aios.Cli.Tests.Worlds;

public sealed class HeightmapWorldTests : IDisposable
{
    // 80 m x 80 m: a plane that rises to the east and a knoll in the north.
    private static readonly HeightField Ground = HeightField.FromFunction(
        GridGeometry.Covering(-40.25, -40.25, 40.25, 40.25, 0.5),
        (x, y) => (0.05 * x) + (2 * DetMath.Exp(-((x * x) + ((y - 12) * (y - 12))) / 20)));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_GeoTiff_IsThatGroundWithRocksOfTheSeed()
    {
        File.WriteAllBytes(_folder.File("ground.tif"), GeoTiffWriter.Write(Ground));
        var surface = Create("heightmap: ground.tif", 3).Surface;

        Assert.InRange(surface.Ground.Height(0, 12) - surface.Ground.Height(0, -12), 1.9, 2.1);
        Assert.Equal(0.5, surface.Ground.Height(15, -12) - surface.Ground.Height(5, -12), 0.02);
        Assert.NotEmpty(surface.Rocks.Rocks.ToArray());
        Assert.NotEqual(surface.Rocks.Rocks.Length, Create("heightmap: ground.tif", 4).Surface.Rocks.Rocks.Length);
        Assert.Equal(surface.Ground.Vertices.ToArray(), Create("heightmap: ground.tif", 3).Surface.Ground.Vertices.ToArray());
    }

    [Fact]
    public void Create_ReliefNamed_IsAddedToTheFile()
    {
        File.WriteAllBytes(_folder.File("ground.tif"), GeoTiffWriter.Write(Ground));
        var plain = Create("heightmap: ground.tif", 3).Surface.Ground;
        var rough = Create("heightmap: ground.tif\n  relief: {rms_height_m: 0.3}", 3).Surface.Ground;

        Assert.NotEqual(plain.Vertices.ToArray(), rough.Vertices.ToArray());
    }

    [Theory]
    [InlineData("ground.bin", "ground.hdr")]
    [InlineData("ground.hdr", "ground.hdr")]
    [InlineData("ground.dat", "ground.DAT.HDR")]
    public void Read_Envi_FindsHeaderOrData(string named, string header)
    {
        var data = named.EndsWith(".hdr", StringComparison.Ordinal) ? "ground.bin" : named;
        File.WriteAllBytes(_folder.File(data), [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]);
        _folder.Write(header, "ENVI\nsamples = 3\nlines = 2\nbands = 1\ndata type = 2\nbyte order = 1\n");

        var raster = ElevationFile.Read(_folder.File(named));

        Assert.Equal((3, 2, 6f), (raster.Width, raster.Height, raster[2, 1]));
    }

    [Theory]
    [InlineData("ground.img")]
    [InlineData("ground.LBL")]
    public void Read_ImgWithLabelBesideIt_FindsTheOther(string named)
    {
        File.WriteAllBytes(_folder.File("ground.img"), [0, 1, 0, 2, 0, 3, 0, 4]);
        _folder.Write("ground.LBL", "PDS_VERSION_ID = PDS3\r\n^IMAGE = \"ground.img\"\r\nLINES = 2\r\nLINE_SAMPLES = 2\r\nSAMPLE_TYPE = MSB_INTEGER\r\nSAMPLE_BITS = 16\r\nEND\r\n");

        Assert.Equal(4f, ElevationFile.Read(_folder.File(named))[1, 1]);
    }

    [Theory]
    [InlineData("heightmap: bad.tif", "bad.tif: has no label, header or TIFF directory, expected a GeoTIFF", "plain text")]
    [InlineData("heightmap: bad.tif", "bad.tif: is no TIFF: its first bytes are neither", "")]
    [InlineData("heightmap: bad.img\n  import: {layout: mola-4}", "bad.img: has 2 bytes, expected 2073600", "ab")]
    [InlineData("heightmap: bad.lbl", "bad.lbl: has no data beside it, expected bad.img", "PDS_VERSION_ID = PDS3")]
    [InlineData("heightmap: bad.hdr", "bad.hdr: has no data beside it", "ENVI")]
    public void Create_BadFile_IsOneLineWithFileWhatAndExpectation(string world, string problem, string content)
    {
        var name = problem[..problem.IndexOf(':', StringComparison.Ordinal)];
        File.WriteAllBytes(_folder.File(name), Encoding.ASCII.GetBytes(content));
        if (content == "plain text")
        {
            File.Move(_folder.File(name), _folder.File("bad.xyz"));
            world = world.Replace(".tif", ".xyz", StringComparison.Ordinal);
            problem = problem.Replace("bad.tif", "bad.xyz", StringComparison.Ordinal);
        }

        var exception = Assert.Throws<AiosException>(() => Create(world, 1));

        Assert.Equal(ExitCode.WrongInput, exception.ExitCode);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Create_PartBeyondTheFile_SaysHowLargeItIs()
    {
        File.WriteAllBytes(_folder.File("ground.tif"), GeoTiffWriter.Write(Ground));

        var exception = Assert.Throws<AiosException>(() => Create("heightmap: ground.tif\n  size_m: 60", 1));

        Assert.Contains("ground.tif: is 161 x 161 pixels; 92 m around (80, 80) at 0.5 m a pixel go beyond it", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_StartTooSteep_NamesTheRover()
    {
        File.WriteAllBytes(_folder.File("ground.tif"), GeoTiffWriter.Write(Ground));

        var exception = Assert.Throws<AiosException>(() => Create("heightmap: ground.tif\n  import: {vertical_scale: 40}", 1));

        Assert.Contains("rovers[0].start: (0, 0) is too steep to stand on", exception.Message, StringComparison.Ordinal);
    }

    private Aios.Sim.PlanetSimulation Create(string world, ulong seed)
    {
        var size = world.Contains("size_m", StringComparison.Ordinal) ? "" : "  size_m: 40\n";
        var file = _folder.Write("mission.yaml", $"name: small\nworld:\n  {world}\n{size}rovers:\n  - {{name: rover_1, start: {{x_m: 0, y_m: 0}}}}\n");
        var loaded = MissionFile.Load(file);
        Assert.Empty(loaded.Errors);
        return WorldFactory.Create(loaded.Mission!.Resolve(seed));
    }
}
