using Aios.Numerics;

namespace Aios.Mission;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>A rover stops for ever: no motion, no radio.</summary>
    RoverDeath,

    /// <summary>Two rovers cannot hear each other, however near they are.</summary>
    LinkCut,
}

/// <summary>A span of mission time, s; an instant when both ends are equal.</summary>
public readonly record struct TimeWindow(double Begin, double End)
{
    /// <summary>A time drawn from the window, rounded to a millisecond.</summary>
    public double Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Begin < End ? Math.Round(random.NextDouble(Begin, End), 3) : Begin;
    }
}

/// <summary>A fault as the file has it: who and when may be left to the seed.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Subject">A rover's name; null: the seed chooses.</param>
/// <param name="Other">The other end of a link; null: the seed chooses, or the fault concerns one rover.</param>
/// <param name="At">When it begins.</param>
/// <param name="Duration">s; infinite for a fault that does not end.</param>
public sealed record FaultSpec(FaultKind Kind, string? Subject, string? Other, TimeWindow At, double Duration);

/// <summary>A fault with nothing left to chance.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Subject">A rover's name.</param>
/// <param name="Other">The other end of a link, else empty.</param>
/// <param name="At">When it begins, mission time, s.</param>
/// <param name="Duration">s; infinite for a fault that does not end.</param>
public sealed record ResolvedFault(FaultKind Kind, string Subject, string Other, double At, double Duration)
{
    /// <summary>The kind as files and messages spell it.</summary>
    public string KindName => Kind.ToFileName();
}

/// <summary>Names of faults in files and messages.</summary>
public static class FaultKinds
{
    public static string ToFileName(this FaultKind kind) => kind switch
    {
        FaultKind.RoverDeath => "rover_death",
        FaultKind.LinkCut => "link_cut",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of fault"),
    };
}
