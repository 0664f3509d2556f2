namespace Aios.Cli.Missions;

/// <summary>The runner of each transport.</summary>
public static class MissionRunners
{
    private static readonly Dictionary<string, Func<IMissionRunner>> Known = new(StringComparer.Ordinal)
    {
        ["simulated"] = () => new SimulatedMissionRunner(),
        ["dds"] = () => new Dds.DdsMissionRunner(),
    };

    /// <summary>Makes a new runner; runners of their own may run side by side.</summary>
    /// <exception cref="AiosException">This build has none for the transport.</exception>
    public static IMissionRunner Create(string transport) => Known.TryGetValue(transport, out var create)
        ? create()
        : throw new AiosException(ExitCode.MissingPrerequisite, $"this build runs no missions on the transport '{transport}'");
}
