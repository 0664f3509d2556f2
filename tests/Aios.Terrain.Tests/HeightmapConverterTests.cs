using Aios.Terrain.Import;

namespace Aios.Terrain.Tests;

public sealed class HeightmapConverterTests
{
    [Fact]
    public void Converter_TopRow_IsNorthAndPixelsAreMet()
    {
        var heights = new float[9 * 9];
        for (int i = 0; i < heights.Length; i++)
        {
            heights[i] = -(i / 9) * 2.0f; // falls towards the bottom, which is south
        }

        var raster = new ElevationRaster(9, 9, 10.0, 10.0, heights);
        HeightField ground = HeightmapConverter.Convert("x", raster, new HeightmapSpec { SizeM = 4.0, SpacingM = 0.5, PixelM = 1.0 });
        ground.Gradient(0.2, 0.3, out double dzdx, out double dzdy);
        Assert.Equal(0.0, dzdx, 1e-5);
        Assert.Equal(2.0, dzdy, 1e-5);
        Assert.Equal(0.0, ground.Height(0.0, 0.0), 1e-5);
        Assert.Equal(-2.0, ground.MinX, 1e-12);
    }

    [Fact]
    public void Converter_HeightsThatAreNone_SaysWhat()
    {
        float[] heights = new float[81];
        heights[40] = -3.4e38f;
        var raster = new ElevationRaster(9, 9, 10.0, 10.0, heights);
        Assert.Contains("from their mean", Assert.Throws<ElevationFormatException>(
            () => HeightmapConverter.Convert("x", raster, new HeightmapSpec { SizeM = 40, SpacingM = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Converter_OutsideOrWithoutScale_SaysWhat()
    {
        var raster = new ElevationRaster(9, 9, 0.0, 0.0, new float[81]);
        Assert.Contains("pixel_m", Assert.Throws<ElevationFormatException>(
            () => HeightmapConverter.Convert("x", raster, new HeightmapSpec())).Message, StringComparison.Ordinal);
        Assert.Contains("beyond", Assert.Throws<ElevationFormatException>(
            () => HeightmapConverter.Convert("x", raster, new HeightmapSpec { PixelM = 1.0 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generator_OnImportedGround_KeepsItsShape()
    {
        byte[] file = new TiffWriter { Float = true }.Write(40, 40, (col, row) => 0.1 * col);
        HeightField given = HeightmapConverter.Convert(
            "made.tif", GeoTiffReader.Read("made.tif", file), new HeightmapSpec { SizeM = 30.0, SpacingM = 0.25, PixelM = 1.0 });
        var spec = new TerrainSpec
        {
            MissionSizeM = 20.0,
            MarginM = 5.0,
            SpacingM = 0.25,
            ClearRadiusM = 0.0,
            Relief = new ReliefSpec { RmsHeightM = 0.0 },
            Craters = new CraterSpec { DensityAt1M = 0.0, SteepCraters = 0 },
        };
        PlanetSurface surface = TerrainGenerator.Generate(spec, 1, given);
        Assert.Equal(given.Height(3.3, -4.1), surface.Ground.Height(3.3, -4.1), 1e-5);
        Assert.Equal(0.1, surface.Ground.Height(1.0, 0.0) - surface.Ground.Height(0.0, 0.0), 1e-4);
    }
}
