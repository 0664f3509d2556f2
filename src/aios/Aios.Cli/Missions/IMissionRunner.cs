using Aios.Mission;

namespace Aios.Cli.Missions;

/// <summary>Runs missions on one transport.</summary>
public interface IMissionRunner
{
    /// <summary>
    /// Runs one mission to its end and returns its judged result. Leaves <c>result.json</c>, <c>events.jsonl</c>,
    /// <c>mission.mcap</c> and <c>report.html</c> in the request's directory, if it names one, also when cancelled:
    /// then the outcome is <see cref="MissionOutcome.Aborted"/>.
    /// </summary>
    /// <param name="request">What to run.</param>
    /// <param name="progress">Called from the calling thread or one other, never from two at once; must return quickly.</param>
    /// <param name="cancel">Ends the mission early, within two seconds.</param>
    /// <exception cref="AiosException">The mission could not be run; the message is one line with the remedy.</exception>
    MissionResult Run(MissionRunRequest request, Action<MissionSnapshot>? progress, CancellationToken cancel);
}

/// <summary>One run of a mission.</summary>
public sealed record MissionRunRequest
{
    /// <summary>The mission with its seed.</summary>
    public required ResolvedMission Mission { get; init; }

    /// <summary><c>simulated</c> or <c>dds</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>Where the files go; null leaves none. Exists when the runner is called.</summary>
    public string? OutputDirectory { get; init; }

    /// <summary>Named set of faults to inject beside the mission's own; null for none.</summary>
    public string? FaultSet { get; init; }

    /// <summary>Mission time over time on the wall to keep to; null: as fast as it goes, over DDS at most <see cref="Dds.PlanetHost.DefaultRate"/>.</summary>
    public double? RealTimeFactor { get; init; }

    /// <summary>Whether to record <c>mission.mcap</c>.</summary>
    public bool RecordBag { get; init; } = true;

    /// <summary>Port on 127.0.0.1 of the page that shows the mission; null: none.</summary>
    public int? ViewPort { get; init; }

    /// <summary>Port on 127.0.0.1 of the Foxglove server; null: none.</summary>
    public int? FoxglovePort { get; init; }

    /// <summary>Whether to run the nodes for viewers, such as RViz; Foxglove's server brings them along.</summary>
    public bool Visualize { get; init; }

    /// <summary>Whether the recording has the lidars' points.</summary>
    public bool RecordPoints { get; init; }

    /// <summary>Whether to make <c>film.png</c> in the end.</summary>
    public bool Film { get; init; }
}
