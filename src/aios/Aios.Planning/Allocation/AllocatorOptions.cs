using Aios.Numerics;

namespace Aios.Planning;

/// <summary>How rovers share frontiers out.</summary>
public sealed record AllocatorOptions
{
    /// <value>Worth of a square metre of unknown ground, in metres of driving. Default 0.5.</value>
    public double GainWeight { get; init; } = 0.5;

    /// <value>Distance from another rover's goal within which a frontier loses worth, m. Default 8.</value>
    public double DiscountRangeM { get; init; } = 8.0;

    /// <value>Price of a goal right beside another rover's, in metres of driving. Default 30.</value>
    public double CrowdingCostM { get; init; } = 30.0;

    /// <value>Two goals within this distance are the same frontier: the rover nearer to it keeps it, m. Default 3.</value>
    public double ConflictRadiusM { get; init; } = 3.0;

    /// <value>How much better another frontier must be before the goal changes, in metres of driving. Default 6.</value>
    public double SwitchMarginM { get; init; } = 6.0;

    /// <value>Distance within which a frontier of this detection is the goal of before, m. Default 2.</value>
    public double SameGoalRadiusM { get; init; } = 2.0;

    /// <value>How long a claim counts without renewal, s. Default 30.</value>
    public double ClaimLifetimeS { get; init; } = 30.0;

    /// <value>How long a failed goal is left alone, s; doubles with each further failure there. Default 60.</value>
    public double BanDurationS { get; init; } = 60.0;

    /// <value>Radius around a failed goal that is left alone, m. Default 1.</value>
    public double BanRadiusM { get; init; } = 1.0;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() => OptionCheck.First(
        OptionCheck.InRange(nameof(GainWeight), GainWeight, 0, 1000),
        OptionCheck.InRange(nameof(DiscountRangeM), DiscountRangeM, 0.01, 1000),
        OptionCheck.InRange(nameof(CrowdingCostM), CrowdingCostM, 0, 10000),
        OptionCheck.InRange(nameof(ConflictRadiusM), ConflictRadiusM, 0, 1000),
        OptionCheck.InRange(nameof(SwitchMarginM), SwitchMarginM, 0, 10000),
        OptionCheck.InRange(nameof(SameGoalRadiusM), SameGoalRadiusM, 0, 1000),
        OptionCheck.InRange(nameof(ClaimLifetimeS), ClaimLifetimeS, 0.1, 100000),
        OptionCheck.InRange(nameof(BanDurationS), BanDurationS, 0, 100000),
        OptionCheck.InRange(nameof(BanRadiusM), BanRadiusM, 0, 1000));
}
