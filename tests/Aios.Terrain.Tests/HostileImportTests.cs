using Aios.Numerics;
using Aios.Terrain.Import;

namespace Aios.Terrain.Tests;

/// <summary>Elevation files that are damaged, of a kind that is not read, or made to do harm.</summary>
public sealed class HostileImportTests
{
    [Theory]
    [InlineData(274, 3, "Orientation is 3, expected 1")]
    [InlineData(259, 7, "Compression is 7, expected 1 or 5 or 8 or 32946 or 32773")]
    [InlineData(259, 5, "compressed data at offset")]
    [InlineData(277, 3, "has 3 bands, expected a choice of one from 1 to 3")]
    [InlineData(277, 0, "has 0 bands")]
    [InlineData(284, 3, "PlanarConfiguration is 3, expected 1 or 2")]
    [InlineData(258, 12, "samples of 12 bits")]
    [InlineData(256, 0, "is 0 x 4 pixels")]
    [InlineData(256, 60000, "pixels")]
    [InlineData(278, 0, "pixels")]
    public void GeoTiff_KindThatIsNotRead_SaysWhat(int tag, int value, string problem)
    {
        byte[] content = new TiffWriter { ShortTags = new Dictionary<int, int[]> { [tag] = [value] } }.Write(5, 4, (col, row) => col);

        var e = Assert.Throws<ElevationFormatException>(() => GeoTiffReader.Read("x.tif", content));

        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e30)]
    [InlineData(-1.0)]
    [InlineData(9.2e18)]
    [InlineData(double.NaN)]
    public void GeoTiff_StripFarOutsideTheFile_SaysWhat(double place)
    {
        // Offsets and counts of the tags' widest type, at the ends of what a whole number can hold.
        byte[] content = new TiffWriter
        {
            RowsPerStrip = 4,
            DoubleTags = new Dictionary<int, double[]> { [273] = [place], [279] = [1e30] },
        }.Write(5, 4, (col, row) => col);

        Assert.StartsWith("x.tif: ", Assert.Throws<ElevationFormatException>(() => GeoTiffReader.Read("x.tif", content)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GeoTiff_PixelSize_FromScaleOrMatrixAndNotInDegrees()
    {
        int[] noShorts = [];
        double[] noScale = [], matrix = [0, 4, 0, 100, 3, 0, 0, 200, 0, 0, 0, 0, 0, 0, 0, 1];
        int[] geographic = [1, 1, 0, 1, 1024, 0, 1, 2], projected = [1, 1, 0, 1, 1024, 0, 1, 1];

        Assert.Equal((2.5, 5.0), Size(projected, [2.5, 5.0, 0.0]));
        Assert.Equal((0.0, 0.0), Size(geographic, [0.25, 0.25, 0.0]));
        Assert.Equal((0.0, 0.0), Size(noShorts, noScale));
        Assert.Equal((3.0, 4.0), Size(noShorts, noScale, matrix));

        static (double Width, double Height) Size(int[] keys, double[] scale, params double[] transformation)
        {
            ElevationRaster raster = GeoTiffReader.Read("x.tif", new TiffWriter
            {
                ShortTags = new Dictionary<int, int[]> { [34735] = keys },
                DoubleTags = new Dictionary<int, double[]> { [33550] = scale, [34264] = transformation },
            }.Write(5, 4, (col, row) => col));
            return (raster.PixelWidthM, raster.PixelHeightM);
        }
    }

    [Theory]
    [InlineData("49492B0004000000100000000000000000000000000000000000000000000000", "offsets of 4 bytes, expected 8")]
    [InlineData("49492B0008000000FFFFFFFFFFFFFFFF", "directory lies at offset")]
    [InlineData("49492B000800000010000000000000000200000000000000000104000100000000000000", "tag 256 needs 4 bytes at offset 36")]
    [InlineData("49492B0008000000100000000000000001000000000000000001040000000000000000400800000000000000", "needs 4611686018427387904 bytes")]
    [InlineData("49492C0008000000", "is no TIFF")]
    public void GeoTiff_DamagedBigTiff_SaysWhat(string bytes, string problem) => Assert.Contains(
        problem,
        Assert.Throws<ElevationFormatException>(() => GeoTiffReader.Read("x.tif", System.Convert.FromHexString(bytes))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 2, "has 1 band, found no band 2")]
    [InlineData(3, 4, "has 3 bands, found no band 4")]
    [InlineData(3, 0, "has 3 bands, expected a choice")]
    public void AnyFile_BandThatIsNotThere_SaysWhichThereAre(int bands, int wanted, string problem)
    {
        byte[] header = System.Text.Encoding.Latin1.GetBytes($"ENVI\nsamples = 2\nlines = 2\nbands = {bands}\ndata type = 2\n");
        byte[] label = System.Text.Encoding.Latin1.GetBytes($"LINE_SAMPLES = 2\nLINES = 2\nSAMPLE_BITS = 16\nSAMPLE_TYPE = MSB_INTEGER\nBANDS = {bands}\n");
        byte[] tiff = new TiffWriter { Bands = bands }.Write(2, 2, (col, row) => 1);

        Assert.All(
            new Action[] { () => EnviHeader.Parse("x", header, wanted), () => PdsLabel.Parse("x", label, wanted), () => GeoTiffReader.Read("x", tiff, wanted) },
            read => Assert.Contains(problem, Assert.Throws<ElevationFormatException>(read).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void PdsLabelAndEnviHeader_Mutated_OneLineOrAResult()
    {
        const string Label = "PDS_VERSION_ID = PDS3\nRECORD_BYTES = 8\n^IMAGE = (\"X.IMG\", 1)\nLINES = 3\nLINE_SAMPLES = 4\nSAMPLE_BITS = 16\nSAMPLE_TYPE = MSB_INTEGER\nSCALING_FACTOR = 0.5\nMAP_SCALE = 0.1 <KM/PIXEL>\nEND\n";
        const string Header = "ENVI\nsamples = 4\nlines = 3\nbands = 1\nheader offset = 0\ndata type = 2\nbyte order = 1\nmap info = {Equirectangular, 1, 1, 0, 0, 5, 5}\n";
        string[] values = ["9223372036854775807", "-9223372036854775808", "1e308", "NaN", "-1", "0", "65536", "1", "2147483648", "}", "{", ""];
        var random = new SeededRandom(78);
        int rejected = 0;
        for (int i = 0; i < 4000; i++)
        {
            bool pds = i % 2 == 0;
            string[] lines = (pds ? Label : Header).Split('\n');
            int line = random.NextInt(lines.Length);
            string value = values[random.NextInt(values.Length)];
            lines[line] = lines[line].Split('=')[0] + "= " + value + (random.NextBool() ? " <BYTES>" : "");
            byte[] text = System.Text.Encoding.Latin1.GetBytes(string.Join('\n', lines));
            try
            {
                RasterLayout layout = pds ? PdsLabel.Parse("x", text) : EnviHeader.Parse("x", text);
                RawRasterReader.Read("x", new byte[24], layout);
            }
            catch (ElevationFormatException e)
            {
                rejected++;
                Assert.StartsWith("x: ", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.True(rejected > 1000);
    }
}
