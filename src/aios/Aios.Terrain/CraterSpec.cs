namespace Aios.Terrain;

/// <summary>
/// Craters by a power law: DensityAt1M · D^−Exponent craters per m² of diameter D (m) or more. An
/// exponent of 2 is the equilibrium of small lunar craters, at a few hundredths per m² for D = 1 m (Gault,
/// Radio Science 5, 1970; Xiao and Werner, J. Geophys. Res. Planets 120, 2015); production is near 3.
/// </summary>
public sealed record CraterSpec
{
    /// <value>Craters of 1 m or more per m².</value>
    public double DensityAt1M { get; init; } = 0.02;

    /// <value>Slope of the power law, above 0.</value>
    public double Exponent { get; init; } = 2.0;

    /// <value>Smallest diameter made, m.</value>
    public double MinDiameterM { get; init; } = 2.0;

    /// <value>Largest diameter drawn from the law, m.</value>
    public double MaxDiameterM { get; init; } = 14.0;

    /// <value>Mean age: 0 all fresh (depth 0.2 D, walls to 38°), 1 all worn down to shallow dishes.</value>
    public double Degradation { get; init; } = 0.7;

    /// <value>Extra fresh craters inside the mission area, whose walls no rover climbs.</value>
    public int SteepCraters { get; init; } = 3;

    /// <value>Smallest diameter of those, m.</value>
    public double SteepMinDiameterM { get; init; } = 5.0;

    /// <value>Largest diameter of those, m.</value>
    public double SteepMaxDiameterM { get; init; } = 8.0;

    internal string? Validate() =>
        TerrainSpec.Check(DensityAt1M is >= 0.0 and <= 0.5, $"Craters.DensityAt1M is {DensityAt1M}, expected 0 … 0.5 per m²")
        ?? TerrainSpec.Check(Exponent is > 0.0 and <= 6.0, $"Craters.Exponent is {Exponent}, expected above 0, at most 6")
        ?? TerrainSpec.Check(MinDiameterM is >= 0.5 && MinDiameterM < MaxDiameterM, $"Craters.MinDiameterM is {MinDiameterM}, expected 0.5 m … MaxDiameterM")
        ?? TerrainSpec.Check(MaxDiameterM <= 5000.0, $"Craters.MaxDiameterM is {MaxDiameterM}, expected at most 5000 m")
        ?? TerrainSpec.Check(Degradation is >= 0.0 and <= 1.0, $"Craters.Degradation is {Degradation}, expected 0 … 1")
        ?? TerrainSpec.Check(SteepCraters is >= 0 and <= 1000, $"Craters.SteepCraters is {SteepCraters}, expected 0 … 1000")
        ?? TerrainSpec.Check(
            SteepMinDiameterM is >= 0.5 && SteepMinDiameterM <= SteepMaxDiameterM && SteepMaxDiameterM <= 5000.0,
            "Craters.SteepMinDiameterM and SteepMaxDiameterM must be in order, within 0.5 … 5000 m");
}
