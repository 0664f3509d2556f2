using Aios.Terrain.Import;

namespace Aios.Terrain.Tests;

/// <summary>What labels and headers say of samples.</summary>
public sealed class LabelTests
{
    [Fact]
    public void EnviHeader_GainAndOffset_AreTaken()
    {
        RasterLayout layout = EnviHeader.Parse("a.hdr", "ENVI\nsamples = 3\nlines = 2\nbands = 1\ndata type = 1\ninterleave = bip\ndata gain values = {0.25}\ndata offset values = {-3}\ndata ignore value = 255\n"u8);

        Assert.Equal((SampleType.UInt8, 0.25, -3.0, 255.0), (layout.SampleType, layout.Scale, layout.Offset, layout.NoData));
    }

    [Theory]
    [InlineData("bsq", "BAND_SEQUENTIAL", 12, 13, 14, 15, 16, 17)]
    [InlineData("bil", "LINE_INTERLEAVED", 3, 4, 5, 12, 13, 14)]
    [InlineData("BIP", "SAMPLE_INTERLEAVED", 1, 4, 7, 10, 13, 16)]
    public void EnviAndPds_OneOfThreeBands_IsFoundInEachOrder(string interleave, string storage, params int[] places)
    {
        // 3 columns, 2 rows, 3 bands of bytes that tell their places; the second band, but of the whole first ones the third.
        int band = interleave == "bsq" ? 3 : 2;
        byte[] content = [.. Enumerable.Range(0, 18).Select(i => (byte)i)];
        RasterLayout envi = EnviHeader.Parse("a.hdr", System.Text.Encoding.ASCII.GetBytes(
            $"ENVI\nsamples = 3\nlines = 2\nbands = 3\ndata type = 1\ninterleave = {interleave}\ndata gain values = {{2, 1, 1}}\n"), band);
        RasterLayout pds = PdsLabel.Parse("a.lbl", System.Text.Encoding.ASCII.GetBytes(
            $"PDS_VERSION_ID = PDS3\nLINES = 2\nLINE_SAMPLES = 3\nBANDS = 3\nBAND_STORAGE_TYPE = {storage}\nSAMPLE_TYPE = UNSIGNED_INTEGER\nSAMPLE_BITS = 8\n"), band);

        float[] expected = [.. places.Select(place => (float)place)];
        Assert.Equal(expected, RawRasterReader.Read("a", content, envi).Heights.ToArray());
        Assert.Equal(expected, RawRasterReader.Read("a", content, pds).Heights.ToArray());
    }

    [Theory]
    [InlineData("PC_REAL", 32, "MISSING_CONSTANT = 16#FF7FFFFB#", SampleType.Float32, false, -3.4028226550889045e38)]
    [InlineData("IEEE_REAL", 64, "MISSING_CONSTANT = -1.0E32", SampleType.Float64, true, -1e32)]
    [InlineData("MSB_INTEGER", 16, "MISSING_CONSTANT = 16#8000#", SampleType.Int16, true, -32768.0)]
    [InlineData("LSB_UNSIGNED_INTEGER", 32, "CORE_NULL = 0", SampleType.UInt32, false, 0.0)]
    [InlineData("MSB_INTEGER", 8, "MISSING_CONSTANT = \"N/A\"", SampleType.Int8, false, null)]
    public void PdsLabel_SampleTypesAndMissingValues_AreTaken(string type, int bits, string line, SampleType expected, bool bigEndian, double? noData)
    {
        RasterLayout layout = PdsLabel.Parse("a.lbl", System.Text.Encoding.ASCII.GetBytes(
            $"PDS_VERSION_ID = PDS3\r\nOBJECT = IMAGE\r\nLINES = 2\r\nLINE_SAMPLES = 3\r\nSAMPLE_TYPE = {type}\r\nSAMPLE_BITS = {bits}\r\n{line}\r\nEND_OBJECT = IMAGE\r\nEND\r\n"));

        Assert.Equal((expected, noData), (layout.SampleType, layout.NoData));
        Assert.True(layout.BigEndian == bigEndian || bits == 8);
    }

    [Fact]
    public void PdsLabel_HeightsInKilometres_BecomeMetres()
    {
        RasterLayout layout = PdsLabel.Parse("a.lbl", "PDS_VERSION_ID = PDS3\nLINES = 2\nLINE_SAMPLES = 3\nSAMPLE_TYPE = PC_REAL\nSAMPLE_BITS = 32\nUNIT = KILOMETER\nSCALING_FACTOR = 1\nOFFSET = 1737.4\n"u8);

        Assert.Equal((1000.0, 0.0), (layout.Scale, layout.Offset));
    }
}
