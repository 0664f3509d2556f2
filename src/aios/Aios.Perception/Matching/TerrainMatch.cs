namespace Aios.Perception;

/// <summary>How a scan match ended. The numbers are stable.</summary>
public enum TerrainMatchOutcome
{
    /// <summary>Converged with enough points; the covariance says in which directions it means something.</summary>
    Matched = 0,

    /// <summary>Too few returns fell on ground that is mapped and smooth.</summary>
    TooFewPoints = 1,

    /// <summary>The ground is too flat to tell one place from another.</summary>
    Featureless = 2,

    /// <summary>The iteration left its bounds or did not settle.</summary>
    Diverged = 3,

    /// <summary>It settled, but the scan still disagrees with the map.</summary>
    PoorFit = 4,

    /// <summary>The prior pose was not finite.</summary>
    NotFinite = 5,
}

/// <summary>Correction of a pose that brings a scan onto the map: corrected = prior + correction.</summary>
public readonly struct TerrainMatch
{
    /// <summary>How the match ended; the rest means something only when <see cref="TerrainMatchOutcome.Matched"/>.</summary>
    public TerrainMatchOutcome Outcome { get; init; }

    /// <summary>Correction along map x, m.</summary>
    public double Dx { get; init; }

    /// <summary>Correction along map y, m.</summary>
    public double Dy { get; init; }

    /// <summary>Correction of the height, m.</summary>
    public double Dz { get; init; }

    /// <summary>Correction of the yaw, rad.</summary>
    public double Dyaw { get; init; }

    /// <summary>Turn of the scan about map x that fits best, rad: the error of the attitude against the map.</summary>
    public double TiltX { get; init; }

    /// <summary>Turn of the scan about map y that fits best, rad.</summary>
    public double TiltY { get; init; }

    /// <summary>Variance of <see cref="TiltX"/>, rad².</summary>
    public double TiltVarianceX { get; init; }

    /// <summary>Variance of <see cref="TiltY"/>, rad².</summary>
    public double TiltVarianceY { get; init; }

    /// <summary>Covariance of (Dx, Dy, Dz, Dyaw) from the scan alone, tilt marginalised, prior taken out.</summary>
    public MatchCovariance Covariance { get; init; }

    /// <summary>Returns used.</summary>
    public int Points { get; init; }

    /// <summary>Root mean square of the weighted residuals, in standard deviations; about 1 for a good fit.</summary>
    public double NormalisedResidual { get; init; }

    /// <summary>Mean variance of the matched ground's own place in the world, m²; negative when unknown.</summary>
    public double AnchorVariance { get; init; }

    /// <summary>Gauss–Newton steps taken.</summary>
    public int Iterations { get; init; }
}

/// <summary>A 4 × 4 covariance held inside its owner, row-major.</summary>
[System.Runtime.CompilerServices.InlineArray(16)]
public struct MatchCovariance
{
    private double _first;
}
