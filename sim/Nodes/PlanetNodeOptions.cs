namespace Aios.Sim;

/// <summary>Settings of a <see cref="PlanetNode"/>.</summary>
public sealed record PlanetNodeOptions
{
    /// <value>True publishes mission time on /clock after every step, for nodes with use_sim_time.</value>
    public bool PublishClock { get; init; }

    /// <value>Reports of all radio links per second of mission time, Hz, besides one with every fault; 0 for none at all.</value>
    public double LinksRateHz { get; init; } = 1.0;
}

/// <summary>Topics and frames of the planet and of the rovers' hardware.</summary>
internal static class PlanetTopics
{
    public const string Clock = "/clock";
    public const string TfStatic = "/tf_static";
    public const string RadioLinks = "/radio/links";
    public const string Faults = "/sim/faults";
    public const string MapFrame = "map";

    public static string Of(string rover, string topic) => $"/{rover}/{topic}";

    public static string Frame(string rover, string frame) => $"{rover}/{frame}";
}
