using Aios.Numerics;

namespace Aios.Safety;

/// <summary>Where the rover may be: one fence to stay inside, any number of areas to stay out of.</summary>
/// <param name="Fence">The mission area; null for none.</param>
/// <param name="KeepOuts">Areas not to enter; area <c>i</c> opens when bit <c>i</c> of the hazard permits is set.</param>
public sealed record SafetyZones(Polygon? Fence, IReadOnlyList<Polygon> KeepOuts)
{
    public static SafetyZones None { get; } = new(null, []);
}
