using System.Text;
using Aios.Numerics;
using Aios.Terrain.Import;

namespace Aios.Terrain.Tests;

public sealed class ImportTests
{
    [Fact]
    public void RawReader_MolaGlobalMap_SpansThePublishedHeights()
    {
        ElevationRaster raster = RawRasterReader.Read("mola", TestData.ReadOrSkip("terrain/mola_megt90n000cb.img"), RasterLayout.Mola4);
        Assert.Equal((-8068f, 21134f), raster.Range());
    }

    [Fact]
    public void RawReader_LolaGlobalMap_SpansThePublishedHeights()
    {
        ElevationRaster raster = RawRasterReader.Read("lola", TestData.ReadOrSkip("terrain/ldem_4.img"), RasterLayout.Lola4);
        Assert.Equal((-8878.5f, 10504f), raster.Range());
        Assert.Equal(PlanetBody.Moon, raster.Body);
    }

    [Fact]
    public void GeoTiff_KeplerCrater_HasItsBowlAndScale()
    {
        ElevationRaster raster = GeoTiffReader.Read("kepler", TestData.ReadOrSkip("terrain/lola_kepler.tif"));
        Assert.Equal((804, 804), (raster.Width, raster.Height));
        Assert.Equal(PlanetBody.Moon, raster.Body);
        Assert.Equal(47.679, raster.PixelWidthM, 1e-3);
        (float min, float max) = raster.Range();

        // Kepler: 31 km wide, 2.6 km deep below its surroundings. LOLA counts half metres, which the file does not say.
        Assert.InRange(0.5f * (max - min), 2600f, 3600f);
        Assert.True(0.5f * (raster[402, 72] - raster[402, 402]) > 2000f);
    }

    [Theory]
    [InlineData("TARGET_NAME = MOON", PlanetBody.Moon)]
    [InlineData("TARGET_NAME = \"MARS\"", PlanetBody.Mars)]
    [InlineData("TARGET_NAME = CERES", PlanetBody.Unknown)]
    [InlineData("NOTE = MOON", PlanetBody.Unknown)]
    public void PdsLabel_Target_IsTheBody(string line, PlanetBody body)
    {
        var label = $"PDS_VERSION_ID = PDS3\r\n{line}\r\nLINES = 2\r\nLINE_SAMPLES = 2\r\nSAMPLE_TYPE = MSB_INTEGER\r\nSAMPLE_BITS = 16\r\nEND\r\n";
        Assert.Equal(body, PdsLabel.Parse("label", Encoding.ASCII.GetBytes(label)).Body);
    }

    [Theory]
    [InlineData("Gale_HRSC_DEM_50m_300x285", 300, 285, 666.667)]
    [InlineData("noctis-3500-clip-envi", 200, 200, 17.5)]
    public void Envi_RealMap_ReadsAsItsHeaderSays(string name, int width, int height, double pixelM)
    {
        RasterLayout layout = EnviHeader.Parse(name, TestData.ReadOrSkip($"terrain/{name}.hdr"));
        ElevationRaster raster = RawRasterReader.Read(name, TestData.ReadOrSkip($"terrain/{name}.bin"), layout);
        Assert.Equal((width, height), (raster.Width, raster.Height));
        Assert.Equal(PlanetBody.Mars, raster.Body);
        Assert.Equal(pixelM, raster.PixelWidthM, 1e-3);
        (float min, float max) = raster.Range();
        Assert.True(max - min > 10000f, "16-bit stretched heights use most of their range");
    }

    [Theory]
    [InlineData(false, false, 1, false, 0)]
    [InlineData(true, false, 1, false, 0)]
    [InlineData(false, false, 8, false, 0)]
    [InlineData(false, false, 8, true, 0)]
    [InlineData(true, false, 8, true, 0)]
    [InlineData(false, false, 8, true, 16)]
    [InlineData(false, true, 1, false, 0)]
    [InlineData(true, true, 1, false, 16)]
    [InlineData(false, true, 8, true, 0)]
    [InlineData(true, true, 8, true, 16)]
    [InlineData(false, true, 5, true, 16)]
    [InlineData(true, false, 5, true, 0)]
    [InlineData(false, true, 5, false, 64)]
    [InlineData(false, false, 32773, false, 16)]
    [InlineData(true, true, 32773, false, 0)]
    public void GeoTiff_EveryKind_ReadsTheSameHeights(bool bigEndian, bool real, int compression, bool predictor, int tile)
    {
        static double Height(int col, int row) => (col * 37 % 201) - (row * 113);
        byte[] file = new TiffWriter { BigEndian = bigEndian, Float = real, Compression = compression, Predictor = predictor, Tile = tile }
            .Write(21, 19, Height);
        ElevationRaster raster = GeoTiffReader.Read("made.tif", file);
        Assert.Equal((21, 19, 2.5, 5.0), (raster.Width, raster.Height, raster.PixelWidthM, raster.PixelHeightM));
        for (int row = 0; row < 19; row++)
        {
            for (int col = 0; col < 21; col++)
            {
                Assert.Equal((float)Height(col, row), raster[col, row]);
            }
        }
    }

    /// <summary>So long a strip that codes of all widths come and the table fills up.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1000003)]
    public void GeoTiff_LongLzwStrip_ReadsTheSameHeights(int roughness)
    {
        double Height(int col, int row) => ((((long)row * 130) + col) * roughness * 7919 % 3001) - 1500;
        byte[] file = new TiffWriter { Compression = 5, RowsPerStrip = 90 }.Write(130, 90, Height);

        ElevationRaster raster = GeoTiffReader.Read("made.tif", file);

        Assert.All(Enumerable.Range(0, 130 * 90), i => Assert.Equal((float)Height(i % 130, i / 130), raster.Heights[i]));
    }

    [Fact]
    public void GeoTiff_ScaleAndOffsetOfGdal_AreTaken()
    {
        byte[] file = new TiffWriter
        {
            NoData = "7",
            Metadata = "<GDALMetadata><Item name=\"OFFSET\" sample=\"0\" role=\"offset\">-20</Item><Item name=\"SCALE\" sample=\"0\" role=\"scale\">0.5</Item></GDALMetadata>",
        }.Write(3, 2, (col, row) => col == 2 ? 7 : 10 + row);

        ElevationRaster raster = GeoTiffReader.Read("made.tif", file);

        Assert.Equal([-15f, -15f, float.NaN, -14.5f, -14.5f, float.NaN], raster.Heights.ToArray());
    }

    [Fact]
    public void GeoTiff_NoDataValue_BecomesNaN()
    {
        byte[] file = new TiffWriter { NoData = "-32768" }.Write(4, 4, (col, _) => col == 2 ? -32768 : 7);
        ElevationRaster raster = GeoTiffReader.Read("made.tif", file);
        Assert.True(float.IsNaN(raster[2, 3]));
        Assert.Equal((7f, 7f), raster.Range());
    }

    [Fact]
    public void GeoTiff_TruncatedOrMutated_OneLineOrAResult()
    {
        // Whatever the bytes, the reader gives a raster or says in one line what is wrong.
        byte[] small = new TiffWriter { Compression = 8, Predictor = true }.Write(30, 20, (col, row) => col * row);
        byte[] big = new TiffWriter { Compression = 8, Predictor = true, IsBig = true, Bands = 2 }.Write(30, 20, (col, row) => col * row);
        SeededRandom random = new(77);
        int rejected = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] good = i % 2 == 0 ? small : big;
            byte[] bad = i % 3 == 0 ? good[..random.NextInt(good.Length)] : (byte[])good.Clone();
            for (int k = random.NextInt(4); k >= 0 && bad.Length > 0; k--)
            {
                bad[random.NextInt(bad.Length)] = (byte)random.NextUInt64();
            }

            try
            {
                GeoTiffReader.Read("bad.tif", bad, i % 5);
            }
            catch (ElevationFormatException e)
            {
                rejected++;
                Assert.StartsWith("bad.tif: ", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.True(rejected > 1000);
    }

    [Theory]
    [InlineData("LSB_INTEGER", false)]
    [InlineData("MSB_INTEGER", true)]
    public void PdsLabel_AttachedLabel_GivesLayout(string type, bool bigEndian)
    {
        string text = $"""
            PDS_VERSION_ID = PDS3
            RECORD_BYTES   = 100
            ^IMAGE         = 11
            OBJECT = IMAGE
              LINES = 3
              LINE_SAMPLES = 2
              SAMPLE_TYPE = {type}
              SAMPLE_BITS = 16
              SCALING_FACTOR = 0.5
              OFFSET = 1737400.
              MISSING_CONSTANT = -32768
              MAP_SCALE = 7.58 <KM/PIX>
            END_OBJECT = IMAGE
            END
            """;
        RasterLayout layout = PdsLabel.Parse("made.img", Encoding.Latin1.GetBytes(text));
        Assert.Equal((2, 3, bigEndian, 1000L, 0.5, 0.0), (layout.Width, layout.Height, layout.BigEndian, layout.DataOffset, layout.Scale, layout.Offset));
        Assert.Equal(7580.0, layout.PixelWidthM, 1e-9);
        byte[] content = new byte[1012];
        content[bigEndian ? 1001 : 1000] = 10;
        content[bigEndian ? 1002 : 1003] = 0x80;
        ElevationRaster raster = RawRasterReader.Read("made.img", content, layout);
        Assert.Equal(5.0f, raster[0, 0]);
        Assert.True(float.IsNaN(raster[1, 0]));
    }

    [Theory]
    [InlineData("", "neither PDS_VERSION_ID")]
    [InlineData("PDS_VERSION_ID = PDS3\nLINES = 3\n", "SAMPLE_BITS")]
    [InlineData("LINE_SAMPLES = 2\nLINES = x\nSAMPLE_BITS = 16\nSAMPLE_TYPE = MSB_INTEGER\n", "LINES is x, expected a number")]
    [InlineData("LINE_SAMPLES = 2\nLINES = 3\nSAMPLE_BITS = 16\nSAMPLE_TYPE = MSB_INTEGER\nBANDS = 3\n", "has 3 bands, expected a choice of one")]
    [InlineData("LINE_SAMPLES = 2\nLINES = 3\nSAMPLE_BITS = 16\nSAMPLE_TYPE = MSB_INTEGER\nLINE_PREFIX_BYTES = 8\n", "LINE_PREFIX_BYTES is 8, expected 0")]
    [InlineData("LINE_SAMPLES = 2\nLINES = 3\nSAMPLE_BITS = 16\nSAMPLE_TYPE = MSB_INTEGER\nENCODING_TYPE = \"HUFFMAN\"\n", "ENCODING_TYPE")]
    [InlineData("LINE_SAMPLES = 2\nLINES = 3\nSAMPLE_BITS = 16\nSAMPLE_TYPE = MSB_INTEGER\n^IMAGE = 9223372036854775807\nRECORD_BYTES = 8\n", "^IMAGE")]
    [InlineData("LINE_SAMPLES = 2\nLINES = 3\nSAMPLE_BITS = 12\nSAMPLE_TYPE = MSB_INTEGER\n", "SAMPLE_TYPE is MSB_INTEGER of 12 bits")]
    public void PdsLabel_BadLabel_SaysWhat(string label, string problem)
    {
        var e = Assert.Throws<ElevationFormatException>(() => PdsLabel.Parse("x.lbl", Encoding.Latin1.GetBytes(label)));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PNG", "first line is not ENVI")]
    [InlineData("ENVI\nlines = 3\ndata type = 2\n", "has no \"samples\"")]
    [InlineData("ENVI\nsamples = 3\nlines = 3\nbands = 4\ndata type = 2\n", "has 4 bands, expected a choice of one from 1 to 4")]
    [InlineData("ENVI\nsamples = 3\nlines = 3\ndata type = 6\n", "\"data type\" is 6")]
    [InlineData("ENVI\nsamples = three\nlines = 3\ndata type = 2\n", "is three, expected a whole number")]
    public void EnviHeader_BadHeader_SaysWhat(string header, string problem)
    {
        var e = Assert.Throws<ElevationFormatException>(() => EnviHeader.Parse("x.hdr", Encoding.Latin1.GetBytes(header)));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 4, 31)]
    [InlineData(0, 4, 100)]
    [InlineData(100000, 4, 100)]
    public void RawReader_ImpossibleSize_SaysWhat(int width, int height, int bytes)
    {
        var layout = new RasterLayout { Width = width, Height = height };
        var e = Assert.Throws<ElevationFormatException>(() => RawRasterReader.Read("x.img", new byte[bytes], layout));
        Assert.StartsWith("x.img: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("expected", e.Message, StringComparison.Ordinal);
    }
}
