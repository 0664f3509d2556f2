using Aios.Safety.Quorum;

namespace Aios.Nodes;

/// <summary>Something that a rover or the operator asks of the fleet at a given time: the drills of a mission.</summary>
/// <param name="At">Mission time, s.</param>
/// <param name="By">Name of the rover that puts it to the vote, or <see cref="Operator"/>.</param>
/// <param name="Kind">What.</param>
public sealed record FleetOrder(double At, string By, DecisionKind Kind)
{
    /// <summary>Name of the human, whose orders need no vote.</summary>
    public const string Operator = "operator";

    /// <summary>An order of any decision.</summary>
    public static FleetOrder Of(double at, string by, in Decision decision) => new(at, by, decision.Kind) { Decision = decision };

    /// <summary>The whole of it, where the kind does not say all.</summary>
    public Decision Decision { get; init; } = new(Kind);
}
