namespace Aios.Terrain;

/// <summary>How the kinds of soil are spread. What is neither sand nor bedrock is cohesive.</summary>
public sealed record SoilSpec
{
    /// <value>Part of the ground that is loose sand, about.</value>
    public double SandFraction { get; init; } = 0.2;

    /// <value>Part of the ground that is bedrock, about.</value>
    public double BedrockFraction { get; init; } = 0.15;

    /// <value>Size of the patches, m.</value>
    public double PatchSizeM { get; init; } = 12.0;

    /// <value>Cell of the soil map, m.</value>
    public double CellM { get; init; } = 0.5;

    internal string? Validate() =>
        TerrainSpec.Check(SandFraction >= 0.0 && BedrockFraction >= 0.0 && SandFraction + BedrockFraction <= 1.0,
            "Soil.SandFraction and BedrockFraction must be at least 0 and at most 1 together")
        ?? TerrainSpec.Check(PatchSizeM is > 0.0 and <= 10000.0, $"Soil.PatchSizeM is {PatchSizeM}, expected above 0, at most 10000 m")
        ?? TerrainSpec.Check(CellM is >= 0.05 and <= 100.0, $"Soil.CellM is {CellM}, expected 0.05 … 100 m");
}
