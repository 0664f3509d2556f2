namespace Aios.Terrain.Import;

/// <summary>The body that an elevation file shows.</summary>
public enum PlanetBody
{
    /// <summary>The file does not say, or names another.</summary>
    Unknown = 0,
    Mars,
    Moon,
}

/// <summary>How files name bodies.</summary>
internal static class PlanetBodies
{
    private const double MoonRadiusM = 1737400.0;
    private const double MarsRadiusM = 3396190.0;
    private const double SameRadiusM = 25000.0;

    /// <summary>The body whose name is in a text: <c>TARGET_NAME</c> of a label, the name of a coordinate system.</summary>
    public static PlanetBody Named(string text) =>
        text.Contains("MOON", StringComparison.OrdinalIgnoreCase) ? PlanetBody.Moon
        : text.Contains("MARS", StringComparison.OrdinalIgnoreCase) ? PlanetBody.Mars
        : PlanetBody.Unknown;

    /// <summary>The body of an ellipsoid's axis, m.</summary>
    public static PlanetBody OfRadius(double radiusM) =>
        Math.Abs(radiusM - MoonRadiusM) < SameRadiusM ? PlanetBody.Moon
        : Math.Abs(radiusM - MarsRadiusM) < SameRadiusM ? PlanetBody.Mars
        : PlanetBody.Unknown;
}
