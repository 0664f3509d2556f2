using Aios.Numerics;

namespace Aios.Mission;

/// <summary>A mission of which every choice left to the seed is made. One seed always makes the same choices.</summary>
/// <param name="Spec">The mission as its file has it.</param>
/// <param name="Seed">Seed of the whole mission.</param>
/// <param name="WorldSeed">Seed of the ground.</param>
/// <param name="Faults">What goes wrong, in the order of the file.</param>
public sealed record ResolvedMission(
    MissionSpec Spec, ulong Seed, ulong WorldSeed, IReadOnlyList<ResolvedFault> Faults);

/// <summary>Makes the choices that a mission file leaves to the seed.</summary>
public static class MissionResolver
{
    /// <summary>Chooses subjects and times of faults. A rover dies at most once; a cut link has two living ends at its begin where there are such.</summary>
    /// <remarks>Each fault draws from a stream of its own, so editing one leaves the others as they were.</remarks>
    public static ResolvedMission Resolve(this MissionSpec spec, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var deaths = new List<ResolvedFault>();
        var faults = new ResolvedFault[spec.Faults.Count];
        Resolve(isDeath: true); // first: the others strike whom they find alive
        Resolve(isDeath: false);
        return new ResolvedMission(spec, seed, spec.World.Seed ?? seed, faults);

        void Resolve(bool isDeath)
        {
            for (var i = 0; i < faults.Length; i++)
            {
                var fault = spec.Faults[i];
                if ((fault.Kind == FaultKind.RoverDeath) != isDeath)
                {
                    continue;
                }

                var random = SeededRandom.ForStream(seed, $"fault/{i}");
                faults[i] = isDeath ? ResolveDeath(spec, fault, deaths, random)
                    : fault.Kind == FaultKind.LinkCut ? ResolveCut(spec, fault, deaths, random)
                    : ResolveOther(spec, fault, deaths, random);
                if (isDeath)
                {
                    deaths.Add(faults[i]);
                }
            }
        }
    }

    private static ResolvedFault ResolveDeath(
        MissionSpec spec, FaultSpec fault, List<ResolvedFault> deaths, SeededRandom random)
    {
        var at = fault.At.Draw(random);
        var named = spec.Faults.Where(other => other.Kind == FaultKind.RoverDeath && other.Subject is not null);
        var choice = spec.Roster
            .Except(deaths.Select(death => death.Subject), StringComparer.Ordinal)
            .Except(named.Select(other => other.Subject!), StringComparer.Ordinal)
            .ToList();
        return new ResolvedFault(fault.Kind, fault.Subject ?? Pick(choice, random), "", at, double.PositiveInfinity);
    }

    private static ResolvedFault ResolveCut(
        MissionSpec spec, FaultSpec fault, List<ResolvedFault> deaths, SeededRandom random)
    {
        var at = fault.At.Draw(random);
        var alive = Alive(spec, deaths, at);
        var first = fault.Subject ?? Pick(Without(alive, fault.Other), random);
        var second = fault.Other ?? Pick(Without(alive, first), random);
        return new ResolvedFault(fault.Kind, first, second, at, fault.Duration);

        List<string> Without(List<string> candidates, string? rover)
        {
            var others = candidates.Where(candidate => candidate != rover).ToList();
            return others.Count > 0 ? others : [.. spec.Roster.Where(candidate => candidate != rover)];
        }
    }

    private static ResolvedFault ResolveOther(
        MissionSpec spec, FaultSpec fault, List<ResolvedFault> deaths, SeededRandom random)
    {
        var at = fault.At.Draw(random);
        var alive = Alive(spec, deaths, at);
        var subject = fault.Subject ?? Pick(alive.Count > 0 ? alive : [.. spec.Roster], random);
        return new ResolvedFault(fault.Kind, subject, "", at, fault.Duration) { Magnitude = fault.Magnitude, Group = fault.Group };
    }

    private static List<string> Alive(MissionSpec spec, List<ResolvedFault> deaths, double at) =>
        [.. spec.Roster.Where(rover => !deaths.Exists(death => death.Subject == rover && death.At <= at))];

    private static string Pick(List<string> choice, SeededRandom random) => choice[random.NextInt(choice.Count)];
}
