namespace Aios.Terrain;

/// <summary>
/// Relief as fractional Brownian noise: octaves of gradient noise, each of half the wavelength and
/// 2^-H of the amplitude of the one before. Planetary surfaces have a Hurst exponent H near 0.7 … 0.95 at
/// these scales (Rosenburg et al., J. Geophys. Res. 116, E02001, 2011).
/// </summary>
public sealed record ReliefSpec
{
    /// <value>Standard deviation of the heights, m.</value>
    public double RmsHeightM { get; init; } = 0.5;

    /// <value>Wavelength of the first octave, m.</value>
    public double WavelengthM { get; init; } = 32.0;

    /// <value>Hurst exponent, 0 (rough) … 1 (smooth).</value>
    public double Hurst { get; init; } = 0.85;

    /// <value>Octaves, 0 … 12; those shorter than two vertex spacings are left out.</value>
    public int Octaves { get; init; } = 7;

    /// <value>Mean slope upwards along x, m/m.</value>
    public double TiltX { get; init; }

    /// <value>Mean slope upwards along y, m/m.</value>
    public double TiltY { get; init; }

    internal string? Validate() =>
        TerrainSpec.Check(RmsHeightM is >= 0.0 and <= 1000.0, $"Relief.RmsHeightM is {RmsHeightM}, expected 0 … 1000 m")
        ?? TerrainSpec.Check(WavelengthM is > 0.0 and <= 10000.0, $"Relief.WavelengthM is {WavelengthM}, expected above 0, at most 10000 m")
        ?? TerrainSpec.Check(Hurst is >= 0.0 and <= 1.0, $"Relief.Hurst is {Hurst}, expected 0 … 1")
        ?? TerrainSpec.Check(Octaves is >= 0 and <= 12, $"Relief.Octaves is {Octaves}, expected 0 … 12")
        ?? TerrainSpec.Check(Math.Abs(TiltX) <= 1.0 && Math.Abs(TiltY) <= 1.0, "Relief.TiltX or TiltY is beyond ±1");
}
