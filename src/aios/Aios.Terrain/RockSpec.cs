namespace Aios.Terrain;

/// <summary>
/// Rocks by Golombek and Rapp (J. Geophys. Res. 102, E2, 1997): those of diameter D (m) or more cover
/// k·exp(−q·D) of the ground, q = 1.79 + 0.152/k.
/// </summary>
public sealed record RockSpec
{
    /// <value>k, the part of the ground under rocks: 0.19 at Pathfinder, 0.05 at Spirit, 0.03 at InSight. 0 for none.</value>
    public double Abundance { get; init; } = 0.03;

    /// <value>Smallest diameter made, m.</value>
    public double MinDiameterM { get; init; } = 0.1;

    /// <value>Largest diameter made, m.</value>
    public double MaxDiameterM { get; init; } = 2.0;

    /// <value>Mean height over diameter.</value>
    public double HeightRatio { get; init; } = 0.5;

    /// <value>Standard deviation of that, cut off at two of them.</value>
    public double HeightRatioSigma { get; init; } = 0.1;

    /// <value>How many times as likely a rock is on a fresh crater's rim as on the plain, at least 1.</value>
    public double RimEnrichment { get; init; } = 4.0;

    internal string? Validate() =>
        TerrainSpec.Check(Abundance is >= 0.0 and <= 0.5, $"Rocks.Abundance is {Abundance}, expected 0 … 0.5")
        ?? TerrainSpec.Check(MinDiameterM is >= 0.02 && MinDiameterM < MaxDiameterM, $"Rocks.MinDiameterM is {MinDiameterM}, expected 0.02 m … MaxDiameterM")
        ?? TerrainSpec.Check(MaxDiameterM <= 20.0, $"Rocks.MaxDiameterM is {MaxDiameterM}, expected at most 20 m")
        ?? TerrainSpec.Check(HeightRatio is > 0.0 and <= 2.0, $"Rocks.HeightRatio is {HeightRatio}, expected above 0, at most 2")
        ?? TerrainSpec.Check(HeightRatioSigma >= 0.0 && HeightRatioSigma < 0.5 * HeightRatio, "Rocks.HeightRatioSigma must be below half of HeightRatio")
        ?? TerrainSpec.Check(RimEnrichment is >= 1.0 and <= 100.0, $"Rocks.RimEnrichment is {RimEnrichment}, expected 1 … 100");
}
