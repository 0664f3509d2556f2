using Aios.Numerics;

namespace Aios.Control;

/// <summary>How far ahead a command is checked.</summary>
public sealed record CollisionGuardOptions
{
    /// <value>Braking deceleration, m/s². Default 0.4.</value>
    public double DecelerationMps2 { get; init; } = 0.4;

    /// <value>Time before braking begins, s. Default 0.4.</value>
    public double ReactionTimeS { get; init; } = 0.4;

    /// <value>Distance kept beyond the stopping distance, m. Default 0.3.</value>
    public double MarginM { get; init; } = 0.3;

    /// <value>Lowest cost that blocks: 99 where the grid is inflated by the robot's circle. Default 99.</value>
    public int BlockingCost { get; init; } = 99;

    /// <value>Whether unknown ground blocks. Default false: the edge of the map is where rovers work, slowly.</value>
    public bool UnknownBlocks { get; init; }

    /// <value>Speed allowed on unknown ground, m/s. Default 0.2.</value>
    public double UnknownSpeedMps { get; init; } = 0.2;

    /// <value>Distance from the present place within which a rover that already stands in the inflated zone may move
    /// through it, m. Default 1.6.</value>
    public double EscapeRadiusM { get; init; } = 1.6;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() => OptionCheck.First(
        OptionCheck.InRange(nameof(DecelerationMps2), DecelerationMps2, 0.01, 100),
        OptionCheck.InRange(nameof(ReactionTimeS), ReactionTimeS, 0, 10),
        OptionCheck.InRange(nameof(MarginM), MarginM, 0, 10),
        OptionCheck.InRange(nameof(BlockingCost), BlockingCost, 1, 100),
        OptionCheck.InRange(nameof(UnknownSpeedMps), UnknownSpeedMps, 0, 10),
        OptionCheck.InRange(nameof(EscapeRadiusM), EscapeRadiusM, 0, 10));
}
