using Aios.Cli.Missions.Dds;

namespace SystemTests.Support;

/// <summary>DDS domains in which nobody on this machine is.</summary>
internal static class Domain
{
    private static int s_start = Environment.ProcessId;

    public static string ChooseFree() => $"{MissionDomain.Variable}={MissionDomain.ChooseFree(Interlocked.Add(ref s_start, 7))}";
}
