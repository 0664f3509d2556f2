using Aios.Mission;
using Aios.Numerics;
using Aios.Sim;
using FaultKind = Aios.Sim.FaultKind;
using FaultSpec = Aios.Sim.FaultSpec;

namespace Aios.Cli.Safety;

/// <summary>
/// The fault set <c>safety</c>: beside what the mission's file injects, every kind of fault that the simulator knows, at
/// times, on rovers and for durations drawn from the seed, and a radio that loses up to 40 % at any distance. Fewer than
/// half of the rovers die, and only as many lie as the mission's quorum tolerates.
/// </summary>
internal static class SafetyFaultSet
{
    /// <summary>Name on the command line.</summary>
    public const string Name = "safety";

    private const double FirstS = 20;
    private const double LastS = 240;
    private const int FaultsPerRover = 3;

    /// <summary>The radio's loss at any distance in this seed, [0, 0.4].</summary>
    public static double Loss(ulong seed) => SeededRandom.ForStream(seed, "safety/loss").NextDouble(0, 0.4);

    /// <summary>The faults of this seed, in the order in which they were drawn.</summary>
    public static IReadOnlyList<FaultSpec> Draw(ResolvedMission mission)
    {
        var random = SeededRandom.ForStream(mission.Seed, "safety/faults");
        var roster = mission.Spec.Roster;
        var kinds = Enum.GetValues<FaultKind>();
        var deaths = mission.Faults.Count(fault => fault.Kind == Aios.Mission.FaultKind.RoverDeath);
        var liars = mission.Faults.Count(fault => fault.Kind == Aios.Mission.FaultKind.LyingRover);
        var tolerable = mission.Spec.Contingencies.ToleratesLiars ? (roster.Count - 1) / 3 : 0;
        var faults = new List<FaultSpec>();
        for (var i = 0; i < roster.Count * FaultsPerRover; i++)
        {
            var kind = kinds[random.NextInt(kinds.Length)];
            var rover = roster[random.NextInt(roster.Count)];
            var at = random.NextDouble(FirstS, LastS);
            var duration = random.NextDouble(2, 40);
            var size = random.NextDouble();
            var isAllowed = kind switch
            {
                FaultKind.RoverDeath => 2 * ++deaths < roster.Count,
                FaultKind.LyingRover => ++liars <= tolerable,
                _ => true,
            };
            var fault = new FaultSpec(kind, rover, at, duration, Other(kind, rover, roster, random), Magnitude(kind, size));
            if (isAllowed)
            {
                faults.Add(kind == FaultKind.Partition ? fault with { Group = Group(rover, roster, random) } : fault);
            }
        }

        return faults;
    }

    private static string Other(FaultKind kind, string rover, IReadOnlyList<string> roster, SeededRandom random)
    {
        var other = roster[random.NextInt(roster.Count)];
        return kind == FaultKind.LinkCut && other != rover ? other : "";
    }

    private static IReadOnlyList<string> Group(string rover, IReadOnlyList<string> roster, SeededRandom random) =>
        [.. roster.Where(other => other != rover && random.NextDouble() < 0.4)];

    private static double Magnitude(FaultKind kind, double size) => kind switch
    {
        FaultKind.LidarNoise or FaultKind.ImuNoise or FaultKind.HeadingNoise => 1 + (9 * size),
        FaultKind.WheelStuck => size < 0.5 ? -1 : 1,
        FaultKind.BatteryDrain => 0.8 * size,
        FaultKind.RadioLoss or FaultKind.RadioBurstLoss or FaultKind.RadioCorruption => 0.4 * size,
        FaultKind.ClockStep => (10 * size) - 5,
        FaultKind.ClockDrift => (0.02 * size) - 0.01,
        _ => size,
    };
}
