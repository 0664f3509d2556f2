using System.Globalization;

namespace Aios.Mission;

/// <summary>Judges a result by the mission's acceptance.</summary>
public static class Acceptance
{
    /// <summary>The result with its criteria, outcome and reason filled in.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="mission">The mission that was run.</param>
    /// <param name="aborted">Why the mission ended before its time; null when it did not.</param>
    public static MissionResult Conclude(this MissionResult result, ResolvedMission mission, string? aborted = null)
    {
        var criteria = Evaluate(mission, result);
        var failed = criteria.Where(criterion => !criterion.Holds).ToList();
        var outcome = aborted is not null ? MissionOutcome.Aborted
            : failed.Count == 0 ? MissionOutcome.Success
            : MissionOutcome.Failed;
        var reason = aborted ?? (failed.Count == 0
            ? "acceptance holds"
            : string.Join("; ", failed.Select(criterion => $"{criterion.Name}: expected {criterion.Expected}, found {criterion.Found}")));
        return result with { Acceptance = criteria, Outcome = outcome, Reason = reason };
    }

    /// <summary>Each criterion that the mission asks for. What is not a number or was not measured does not hold.</summary>
    public static IReadOnlyList<CriterionResult> Evaluate(ResolvedMission mission, MissionResult result)
    {
        ArgumentNullException.ThrowIfNull(mission);
        ArgumentNullException.ThrowIfNull(result);
        var expected = mission.Spec.Acceptance;
        var criteria = new List<CriterionResult>
        {
            new("coverage", $"at least {Text(expected.Coverage)}", Text(result.Coverage), result.Coverage >= expected.Coverage),
            AtMost("collisions", expected.Collisions, result.Rovers.Sum(rover => rover.Collisions)),
            AtMost("tip_overs", expected.TipOvers, result.Rovers.Sum(rover => rover.TipOvers)),
            AtMost("safety_violations", expected.SafetyViolations, result.Safety.Violations),
        };
        var deaths = Deaths(mission, result);
        if (expected.DeadDetectedWithin is { } within)
        {
            criteria.Add(Detection(deaths, within));
        }

        if (expected.WorkTakenOver)
        {
            criteria.Add(TakeOver(deaths, result.Tasks));
        }

        if (expected.OthersHome)
        {
            criteria.Add(Home(result));
        }

        if (expected.PlacesReached)
        {
            var planned = mission.Spec.Rovers.Sum(rover => rover.Places.Count);
            criteria.Add(new("places_reached", $"all {planned} of scouts and relays", Text(result.PlacesReached), result.PlacesReached >= planned));
        }

        if (expected.RolesTakenOver)
        {
            criteria.Add(Roles(mission, result));
        }

        return criteria;
    }

    private static CriterionResult Roles(ResolvedMission mission, MissionResult result)
    {
        var left = mission.Faults
            .Where(fault => fault.Kind == FaultKind.RoverDeath)
            .Select(fault => mission.Spec.Rovers.First(rover => rover.Name == fault.Subject))
            .Where(rover => rover.Role != RoleSpec.Explorer && !result.Safety.Decisions.Any(
                decision => decision.Kind == EventKinds.TakeOverRole && decision.Subject == rover.Name))
            .Select(rover => $"{rover.Role} of {rover.Name}").ToList();
        return new CriterionResult(
            "roles_taken_over", "those of all dead scouts and relays", left.Count > 0 ? "not the " + string.Join(", ", left) : "all", left.Count == 0);
    }

    // A death that was planned and is not in the result never came: the mission ended before.
    private static List<(string Rover, FaultRecord? Fault)> Deaths(ResolvedMission mission, MissionResult result) =>
    [
        .. mission.Faults
            .Where(planned => planned.Kind == FaultKind.RoverDeath)
            .Select(planned => (planned.Subject, result.Faults.FirstOrDefault(
                fault => fault.Kind == planned.KindName && fault.Subject == planned.Subject))),
    ];

    private static CriterionResult Detection(List<(string Rover, FaultRecord? Fault)> deaths, double within)
    {
        var late = deaths.Where(death => !(death.Fault?.Detected - death.Fault?.Injected <= within)).ToList();
        var found = late.Count == 0
            ? $"{deaths.Count} of {deaths.Count} in time"
            : string.Join(", ", late.Select(death => $"{death.Rover} {Describe(death.Fault)}"));
        return new CriterionResult("dead_rover_detected_within_s", $"at most {Text(within)} s", found, late.Count == 0);
    }

    private static string Describe(FaultRecord? death) => death switch
    {
        null => "did not die before the end",
        { Detected: { } detected } => $"after {Text(detected - death.Injected)} s",
        _ => "never detected",
    };

    private static CriterionResult TakeOver(List<(string Rover, FaultRecord? Fault)> deaths, TaskResult tasks)
    {
        var open = deaths.Where(death => death.Fault?.Recovered is null).Select(death => death.Rover).ToList();
        var found = open.Count > 0 ? "not that of " + string.Join(", ", open) : $"{tasks.Lost} tasks lost";
        return new CriterionResult("work_taken_over", "all work of dead rovers", found, open.Count == 0 && tasks.Lost == 0);
    }

    private static CriterionResult Home(MissionResult result)
    {
        var away = result.Rovers.Where(rover => rover.State is not ("home" or "dead")).ToList();
        var home = result.Rovers.Count(rover => rover.State == "home");
        var found = away.Count > 0
            ? string.Join(", ", away.Select(rover => $"{rover.Name} {rover.State} {Text(rover.HomeDistance)} m away"))
            : $"{home} home";
        return new CriterionResult("others_home", "all that are not dead", found, away.Count == 0);
    }

    private static CriterionResult AtMost(string name, int limit, int found) =>
        new(name, limit == 0 ? "none" : $"at most {limit}", found.ToString(CultureInfo.InvariantCulture), found <= limit);

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
