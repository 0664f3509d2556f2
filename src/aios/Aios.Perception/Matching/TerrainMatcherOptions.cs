using Aios.Numerics;

namespace Aios.Perception;

/// <summary>How a scan is matched with the map.</summary>
public sealed record TerrainMatcherOptions
{
    /// <value>Returns used per match, taken evenly from the scan. Default 400.</value>
    public int MaxPoints { get; init; } = 400;

    /// <value>Fewest usable returns for a match. Default 80.</value>
    public int MinPoints { get; init; } = 80;

    /// <value>Nearest return used, m. Default 1.2.</value>
    public double MinRangeM { get; init; } = 1.2;

    /// <value>Farthest return used, m. Default 10.</value>
    public double MaxRangeM { get; init; } = 10.0;

    /// <value>Standard deviation of a return's height, m, range noise and the map's discretisation together. Default 0.03.</value>
    public double HeightSigmaM { get; init; } = 0.03;

    /// <value>Cells with a step higher than this are rocks, not ground to match, m. Default 0.12.</value>
    public double MaxCellStepM { get; init; } = 0.12;

    /// <value>Hits a cell needs before it is matched against. Default 3.</value>
    public int MinCellHits { get; init; } = 3;

    /// <value>Residuals beyond this many standard deviations lose weight (Huber). Default 1.5.</value>
    public double HuberSigmas { get; init; } = 1.5;

    /// <value>Gauss–Newton steps at most. Default 6.</value>
    public int MaxIterations { get; init; } = 6;

    /// <value>Largest correction believed, m. Default 1.</value>
    public double MaxShiftM { get; init; } = 1.0;

    /// <value>Standard deviation of roll and pitch of the prior pose, rad. Default 0.01.</value>
    public double TiltSigmaRad { get; init; } = 0.01;

    /// <value>Factor on the variance for errors that neighbouring returns share. Default 8.</value>
    public double VarianceInflation { get; init; } = 8.0;

    /// <value>A direction counts as observed when its standard deviation is below this, m. Default 0.5.</value>
    public double ObservableSigmaM { get; init; } = 0.5;

    /// <value>Largest normalised residual of a good fit. Default 2.5.</value>
    public double MaxNormalisedResidual { get; init; } = 2.5;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() => OptionCheck.First(
        OptionCheck.InRange(nameof(MaxPoints), MaxPoints, MinPoints, 100000),
        OptionCheck.InRange(nameof(MinPoints), MinPoints, 10, 100000),
        OptionCheck.InRange(nameof(MinRangeM), MinRangeM, 0, 1000),
        OptionCheck.InRange(nameof(MaxRangeM), MaxRangeM, MinRangeM, 1000),
        OptionCheck.InRange(nameof(HeightSigmaM), HeightSigmaM, 1e-4, 10),
        OptionCheck.InRange(nameof(MaxCellStepM), MaxCellStepM, 1e-3, 10),
        OptionCheck.InRange(nameof(MinCellHits), MinCellHits, 1, 1000),
        OptionCheck.InRange(nameof(HuberSigmas), HuberSigmas, 0.1, 100),
        OptionCheck.InRange(nameof(MaxIterations), MaxIterations, 1, 100),
        OptionCheck.InRange(nameof(MaxShiftM), MaxShiftM, 0.01, 100),
        OptionCheck.InRange(nameof(TiltSigmaRad), TiltSigmaRad, 1e-5, 0.5),
        OptionCheck.InRange(nameof(VarianceInflation), VarianceInflation, 1, 1000),
        OptionCheck.InRange(nameof(ObservableSigmaM), ObservableSigmaM, 1e-3, 100),
        OptionCheck.InRange(nameof(MaxNormalisedResidual), MaxNormalisedResidual, 0.1, 100));
}
