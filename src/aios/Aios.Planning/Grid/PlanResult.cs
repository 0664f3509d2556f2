namespace Aios.Planning;

/// <summary>How a planning query ended. The numbers are stable.</summary>
public enum PlanStatus
{
    /// <summary>A path to the goal's cell.</summary>
    Found = 0,

    /// <summary>The goal cannot be entered; the path ends at the cheapest place within the tolerance.</summary>
    FoundNearGoal = 1,

    /// <summary>The start lies outside the grid or in an obstacle it cannot leave.</summary>
    StartBlocked = 2,

    /// <summary>The goal lies outside the grid or is not finite.</summary>
    GoalInvalid = 3,

    /// <summary>No path exists on this grid.</summary>
    Unreachable = 4,

    /// <summary>The search was stopped by its limit.</summary>
    LimitReached = 5,
}

/// <summary>Result of a planning query; the path itself is in <see cref="GridPlanner.Path"/>.</summary>
/// <param name="Status">How the query ended.</param>
/// <param name="LengthM">Length of the path, m.</param>
/// <param name="Cost">Cost of the cell path before straightening, m of free ground; the search's optimum.</param>
/// <param name="Expanded">Cells expanded.</param>
public readonly record struct PlanResult(PlanStatus Status, double LengthM, double Cost, int Expanded)
{
    /// <summary>True when there is a path.</summary>
    public bool HasPath => Status is PlanStatus.Found or PlanStatus.FoundNearGoal;
}
