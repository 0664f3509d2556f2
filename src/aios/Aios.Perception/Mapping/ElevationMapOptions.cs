using Aios.Numerics;

namespace Aios.Perception;

/// <summary>What an <see cref="ElevationMap"/> accepts and how it weighs it.</summary>
public sealed record ElevationMapOptions
{
    /// <value>Returns nearer than this to the sensor are the rover itself, m. Default 1.2.</value>
    public double MinRangeM { get; init; } = 1.2;

    /// <value>Returns beyond this are ignored, m. Default 14.</value>
    public double MaxRangeM { get; init; } = 14.0;

    /// <value>Returns within this horizontal distance of the base are the rover itself, m. Default 0.7.</value>
    public double BodyRadiusM { get; init; } = 0.7;

    /// <value>Standard deviation of a return's height from range noise and footprint, m. Default 0.02.</value>
    public double HeightSigmaM { get; init; } = 0.02;

    /// <value>Standard deviation of the attitude, rad; grows a return's height error with its range. Default 0.004.</value>
    public double AttitudeSigmaRad { get; init; } = 0.004;

    /// <value>Smallest variance a cell can reach, m²; keeps old cells able to follow new data. Default 5e-6 (2 mm).</value>
    public double MinVarianceM2 { get; init; } = 5e-6;

    /// <value>Innovations beyond this many standard deviations do not move the ground estimate at once. Default 3.</value>
    public double GateSigmas { get; init; } = 3.0;

    /// <value>Returns within this range may raise the upper or lower surface of a cell, m. Default 8.</value>
    public double StepRangeM { get; init; } = 8.0;

    /// <value>Share by which each new hit draws the upper and lower surface back to the ground. Default 0.02.</value>
    public double StepDecay { get; init; } = 0.02;

    /// <value>Heights farther than this from the sensor's height are rejected, m. Default 30.</value>
    public double MaxHeightDifferenceM { get; init; } = 30.0;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() =>
        OptionCheck.First(
            OptionCheck.InRange(nameof(MinRangeM), MinRangeM, 0, 100),
            OptionCheck.InRange(nameof(MaxRangeM), MaxRangeM, MinRangeM, 1000),
            OptionCheck.InRange(nameof(BodyRadiusM), BodyRadiusM, 0, 10),
            OptionCheck.InRange(nameof(HeightSigmaM), HeightSigmaM, 1e-4, 1),
            OptionCheck.InRange(nameof(AttitudeSigmaRad), AttitudeSigmaRad, 0, 0.5),
            OptionCheck.InRange(nameof(MinVarianceM2), MinVarianceM2, 1e-8, 1),
            OptionCheck.InRange(nameof(GateSigmas), GateSigmas, 1, 10),
            OptionCheck.InRange(nameof(StepRangeM), StepRangeM, 0, 1000),
            OptionCheck.InRange(nameof(StepDecay), StepDecay, 0, 1),
            OptionCheck.InRange(nameof(MaxHeightDifferenceM), MaxHeightDifferenceM, 0.1, 10000));
}
