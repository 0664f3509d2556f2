namespace Aios.Terrain.Import;

/// <summary>Which part of an elevation raster becomes the ground, and at what size.</summary>
public sealed record HeightmapSpec
{
    /// <value>Which of the file's bands has the heights, from 1; 0 for the only one.</value>
    public int Band { get; init; }

    /// <value>Edge of the square ground, centred on (0, 0), m.</value>
    public double SizeM { get; init; } = 92.0;

    /// <value>Distance between ground vertices, m.</value>
    public double SpacingM { get; init; } = 0.2;

    /// <value>Metres from pixel to pixel in the world made; 0 for the file's own. Orbital maps have tens to thousands: set a smaller number to make a small world of their shape.</value>
    public double PixelM { get; init; }

    /// <value>Factor on the heights, after which their mean is taken away.</value>
    public double VerticalScale { get; init; } = 1.0;

    /// <value>Column of the pixel that becomes (0, 0); null for the middle.</value>
    public double? CentreCol { get; init; }

    /// <value>Row (from the top) of that pixel; null for the middle.</value>
    public double? CentreRow { get; init; }
}
