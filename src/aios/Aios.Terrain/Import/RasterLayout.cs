namespace Aios.Terrain.Import;

/// <summary>Where the heights stand in a file of plain samples: the parameters of an IMG without a label.</summary>
public sealed record RasterLayout
{
    /// <value>Pixels in a row.</value>
    public required int Width { get; init; }

    /// <value>Rows.</value>
    public required int Height { get; init; }

    /// <value>Type of a sample.</value>
    public SampleType SampleType { get; init; } = SampleType.Int16;

    /// <value>Whether the most significant byte comes first.</value>
    public bool BigEndian { get; init; }

    /// <value>Bands in the file.</value>
    public int Bands { get; init; } = 1;

    /// <value>The band that has the heights, from 0.</value>
    public int Band { get; init; }

    /// <value>How bands follow one another.</value>
    public BandOrder BandOrder { get; init; }

    /// <value>Bytes before the first sample.</value>
    public long DataOffset { get; init; }

    /// <value>Height in metres is sample · Scale + Offset.</value>
    public double Scale { get; init; } = 1.0;

    /// <value>Height of the sample 0, m.</value>
    public double Offset { get; init; }

    /// <value>Sample that means "no data"; null for none.</value>
    public double? NoData { get; init; }

    /// <value>Metres from pixel to pixel along a row; 0 if not known.</value>
    public double PixelWidthM { get; init; }

    /// <value>Metres from row to row; 0 if not known.</value>
    public double PixelHeightM { get; init; }

    /// <value>The body that it shows.</value>
    public PlanetBody Body { get; init; }

    /// <value>MOLA global topography, 4 pixels per degree (megt90n000cb): 1440 × 720, big-endian, metres.</value>
    public static RasterLayout Mola4 { get; } = new()
    {
        Width = 1440, Height = 720, BigEndian = true, Body = PlanetBody.Mars, PixelWidthM = MarsDegreeM / 4.0, PixelHeightM = MarsDegreeM / 4.0,
    };

    /// <value>LOLA global topography, 4 pixels per degree (ldem_4): 1440 × 720, little-endian, half metres.</value>
    public static RasterLayout Lola4 { get; } = new()
    {
        Width = 1440, Height = 720, Scale = 0.5, Body = PlanetBody.Moon, PixelWidthM = MoonDegreeM / 4.0, PixelHeightM = MoonDegreeM / 4.0,
    };

    private const double MarsDegreeM = 3396000.0 * Math.PI / 180.0;
    private const double MoonDegreeM = 1737400.0 * Math.PI / 180.0;
}
