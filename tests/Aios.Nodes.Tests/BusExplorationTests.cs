using System.Globalization;
using Aios.Numerics;

namespace Aios.Nodes.Tests;

/// <summary>
/// Systematic exploration on the simulated bus: all schedules that depart from prompt delivery once, and as many as the budget
/// allows of those that do so twice. Delay-bounded scheduling (Emmi, Qadeer and Rakamarić, POPL 2011) with losses and crashes.
/// </summary>
public sealed class BusExplorationTests
{
    /// <summary>Departures are tried among so many first transmissions: the race of the two proposals.</summary>
    private const int Depth = 40;

    /// <summary>Schedules with two departures per test run; the full run sets AIOS_SAFETY_SCHEDULES=7020.</summary>
    private static readonly int Pairs =
        int.TryParse(Environment.GetEnvironmentVariable("AIOS_SAFETY_SCHEDULES"), CultureInfo.InvariantCulture, out var n) ? n : 400;

    [Trait("Requirement", "SAF-QUO-001")]
    [Trait("Requirement", "SAF-QUO-002")]
    [Trait("Requirement", "SAF-QUO-013")]
    [Fact]
    public void Explore_SchedulesOfTheBus_NoConflictNoDoubleVoteAndAgreementInTheEnd()
    {
        var found = Explore(forgetful: false, out var report);

        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.Null(found);
    }

    [Fact]
    public void Explore_KernelThatLosesItsJournal_FindsTheDoubleVote()
    {
        var found = Explore(forgetful: true, out var report);

        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.Contains("voted twice", found, StringComparison.Ordinal);
    }

    private static string? Explore(bool forgetful, out string report)
    {
        var histories = new HashSet<string>(StringComparer.Ordinal);
        var (schedules, transmissions) = (0, 0);
        string? found = null;
        foreach (var schedule in Schedules())
        {
            using var world = new BusWorld(schedule, forgetful);
            world.Run();
            schedules++;
            transmissions += world.Transmissions;
            histories.Add(world.History);
            if (world.Violation is { } violation)
            {
                found = $"{violation} under {string.Join(", ", schedule.Select(d => $"{d.Kind} of {d.Transmission}"))}";
                break;
            }
        }

        report = string.Create(
            CultureInfo.InvariantCulture, $"{schedules} schedules, {transmissions} transmissions, {histories.Count} distinct histories: {found ?? "no violation"}");
        return found;
    }

    /// <summary>None, all single departures, then pairs in a fixed random order so that few of them spread widely.</summary>
    private static IEnumerable<Deviation[]> Schedules()
    {
        Deviation[] all = [.. Enumerable.Range(0, Depth).SelectMany(t => Enum.GetValues<DeviationKind>().Select(kind => new Deviation(t, kind)))];
        yield return [];
        foreach (var single in all)
        {
            yield return [single];
        }

        List<Deviation[]> pairs =
        [
            .. all.SelectMany(first => all.Where(second => second.Transmission > first.Transmission).Select(second => new[] { first, second })),
        ];
        var random = new SeededRandom(1);
        for (var i = 0; i < Pairs && pairs.Count > 0; i++)
        {
            var pick = random.NextInt(pairs.Count);
            yield return pairs[pick];
            pairs.RemoveAt(pick);
        }
    }
}
