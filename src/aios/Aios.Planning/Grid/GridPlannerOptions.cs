using Aios.Numerics;

namespace Aios.Planning;

/// <summary>How a <see cref="GridPlanner"/> and a <see cref="TravelField"/> price a path.</summary>
public sealed record GridPlannerOptions
{
    /// <value>Price of a metre at the highest free cost, in metres of free ground on top of itself. Default 4.</value>
    public double CostWeight { get; init; } = 4.0;

    /// <value>Whether cells not seen yet may be crossed. Default false.</value>
    public bool AllowUnknown { get; init; }

    /// <value>Cost 0..98 at which an unknown cell is priced when it may be crossed. Default 50.</value>
    public int UnknownCost { get; init; } = 50;

    /// <value>Radius around the start in which the inflated zone may be crossed, so that a rover that finds itself in
    /// it can leave, m. Default 1.6.</value>
    public double EscapeRadiusM { get; init; } = 1.6;

    /// <value>Farthest the end of the path may lie from the goal when the goal itself cannot be entered, m. Default 0.5.</value>
    public double GoalToleranceM { get; init; } = 0.5;

    /// <value>Whether the path is straightened where a straight line costs no more. Default true.</value>
    public bool Smooth { get; init; } = true;

    /// <value>How much more a straightened stretch may cost than the cells it replaces, as a share. Default 0.02.</value>
    public double SmoothingSlack { get; init; } = 0.02;

    /// <value>Cells expanded at most before the search gives up. Default: no limit.</value>
    public int MaxExpansions { get; init; } = int.MaxValue;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() => OptionCheck.First(
        OptionCheck.InRange(nameof(CostWeight), CostWeight, 0, 1000),
        OptionCheck.InRange(nameof(UnknownCost), UnknownCost, 0, GridCost.MaxFree),
        OptionCheck.InRange(nameof(EscapeRadiusM), EscapeRadiusM, 0, 100),
        OptionCheck.InRange(nameof(GoalToleranceM), GoalToleranceM, 0, 100),
        OptionCheck.InRange(nameof(SmoothingSlack), SmoothingSlack, 0, 1),
        OptionCheck.InRange(nameof(MaxExpansions), MaxExpansions, 1, int.MaxValue));
}
