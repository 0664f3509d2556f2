using Aios.Numerics;
using Aios.Terrain.Export;
using Aios.Terrain.Import;

namespace Aios.Terrain.Tests;

public sealed class GeoTiffWriterTests
{
    [Fact]
    public void Write_ThenReadAndConvert_IsTheSameGround()
    {
        var geometry = new GridGeometry(21, 13, 0.25, -2.6, -1.6);
        var ground = HeightField.FromFunction(geometry, (x, y) => (x * y) + (0.1 * x) - y);

        ElevationRaster raster = GeoTiffReader.Read("made.tif", GeoTiffWriter.Write(ground));

        Assert.Equal((21, 13, 0.25, 0.25), (raster.Width, raster.Height, raster.PixelWidthM, raster.PixelHeightM));
        for (int row = 0; row < 13; row++)
        {
            for (int col = 0; col < 21; col++)
            {
                Assert.Equal(ground[col, row], raster[col, 12 - row]);
            }
        }
    }

    [Fact]
    public void Write_SameGround_SameBytes()
    {
        HeightField Make() => HeightField.FromFunction(new GridGeometry(9, 9, 1, 0, 0), (x, y) => x - y);
        Assert.Equal(GeoTiffWriter.Write(Make()), GeoTiffWriter.Write(Make()));
    }
}
