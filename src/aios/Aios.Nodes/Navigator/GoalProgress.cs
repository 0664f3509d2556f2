namespace Aios.Nodes;

/// <summary>
/// Whether a rover gets nearer to its goal: blocked, backing up and planning again can go on for ever at a place that
/// another rover occupies. Seconds and metres; not thread-safe.
/// </summary>
internal sealed class GoalProgress
{
    /// <summary>Without getting <see cref="Gain"/> nearer for this long the goal is given up, s.</summary>
    public const double Patience = 40.0;

    /// <summary>What counts as nearer, m along the plan.</summary>
    public const double Gain = 0.5;

    /// <summary>A plan this much longer than the best is another way round, and progress is measured on it anew, m.</summary>
    private const double Detour = 2.0;

    private double _nearest = double.PositiveInfinity;
    private double _nearestAt;

    /// <summary>Begins anew, for another goal.</summary>
    public void Reset() => _nearest = double.PositiveInfinity;

    /// <summary>Takes a plan's length; true when the rover has not come nearer for <see cref="Patience"/>.</summary>
    /// <param name="remaining">Length of the way that is left, m.</param>
    /// <param name="now">Time, s.</param>
    public bool IsStalled(double remaining, double now)
    {
        if (remaining < _nearest - Gain || remaining > _nearest + Detour || double.IsPositiveInfinity(_nearest))
        {
            (_nearest, _nearestAt) = (remaining, now);
        }

        return now - _nearestAt > Patience;
    }
}
