namespace Aios.Perception;

/// <summary>Compact times for per-cell storage.</summary>
internal static class MissionTime
{
    private const long NanosecondsPerDecisecond = 100_000_000;

    /// <summary>Tenths of a second, saturating at the ends of <see cref="int"/> (6.8 years).</summary>
    public static int ToDeciseconds(long ns) =>
        (int)Math.Clamp(ns / NanosecondsPerDecisecond, int.MinValue, int.MaxValue);
}
