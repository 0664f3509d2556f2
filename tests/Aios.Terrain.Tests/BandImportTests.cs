using Aios.Terrain.Import;

namespace Aios.Terrain.Tests;

/// <summary>GeoTIFFs of several bands, also with counts and offsets of 64 bits.</summary>
public sealed class BandImportTests
{
    [Theory]
    [InlineData(false, false, false, 1, false, 0)]
    [InlineData(true, true, false, 5, true, 16)]
    [InlineData(true, false, true, 8, true, 0)]
    [InlineData(false, true, true, 32773, false, 16)]
    [InlineData(true, true, true, 8, true, 0)]
    public void GeoTiff_BigWithSeveralBands_ReadsTheBandChosen(bool bigEndian, bool real, bool planar, int compression, bool predictor, int tile)
    {
        static double Height(int col, int row, int band) => (col * 37 % 201) - (row * 113) + (1000 * band);
        byte[] file = new TiffWriter
        {
            IsBig = true, Bands = 3, IsPlanar = planar, BigEndian = bigEndian, Float = real, Compression = compression, Predictor = predictor, Tile = tile,
        }.Write(21, 19, Height);

        for (int band = 1; band <= 3; band++)
        {
            ElevationRaster raster = GeoTiffReader.Read("made.tif", file, band);
            Assert.Equal((21, 19, 2.5), (raster.Width, raster.Height, raster.PixelWidthM));
            Assert.All(Enumerable.Range(0, 21 * 19), i => Assert.Equal((float)Height(i % 21, i / 21, band - 1), raster.Heights[i]));
        }
    }

    [Fact]
    public void GeoTiff_ScaleOfAnotherBand_IsNotTaken()
    {
        byte[] file = new TiffWriter
        {
            Bands = 2, Metadata = "<GDALMetadata><Item name=\"SCALE\" sample=\"1\" role=\"scale\">0.5</Item></GDALMetadata>",
        }.Write(1, 1, (_, _, band) => 10 + band);

        Assert.Equal((10f, 5.5f), (GeoTiffReader.Read("made.tif", file, 1)[0, 0], GeoTiffReader.Read("made.tif", file, 2)[0, 0]));
    }
}
