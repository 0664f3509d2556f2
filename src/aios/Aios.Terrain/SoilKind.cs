namespace Aios.Terrain;

/// <summary>What the ground is made of.</summary>
public enum SoilKind : byte
{
    /// <summary>Crusted or cloddy soil: firm, the common plain.</summary>
    Cohesive = 0,

    /// <summary>Rock plates: hardest, least slip.</summary>
    Bedrock = 1,

    /// <summary>Drift and dune sand: deep sinkage, slip grows fast with slope.</summary>
    LooseSand = 2,
}
