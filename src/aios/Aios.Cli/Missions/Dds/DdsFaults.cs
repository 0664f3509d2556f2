using Aios.Mission;

namespace Aios.Cli.Missions.Dds;

/// <summary>Which faults of a mission can be injected where every rover is a process of its own.</summary>
internal static class DdsFaults
{
    /// <summary>Over DDS the order and number of messages are DDS' own, and every process has the time of <c>/clock</c>.</summary>
    private static readonly FaultKind[] SimulatedOnly =
        [FaultKind.ClockStep, FaultKind.ClockDrift, FaultKind.RadioDuplication, FaultKind.RadioReordering];

    /// <summary>Refuses a mission that states another.</summary>
    /// <exception cref="AiosException">It does; the message names the fault.</exception>
    public static void Check(ResolvedMission mission)
    {
        if (mission.Faults.FirstOrDefault(fault => SimulatedOnly.Contains(fault.Kind)) is { } fault)
        {
            throw new AiosException(
                ExitCode.WrongInput, $"{mission.Spec.File}: the fault {fault.KindName} needs --transport simulated");
        }
    }

    /// <summary>Mission time at which a rover whose process ended for a restart is to start again; null when no restart is under way.</summary>
    public static double? RestartAt(ResolvedMission mission, string rover, double time) => mission.Faults
        .Where(fault => fault.Kind == FaultKind.RoverRestart && fault.Subject == rover && fault.At <= time + 1)
        .Select(fault => (double?)(fault.At + fault.Duration))
        .Max();
}
