using Aios.Mission;

namespace Aios.Cli.Missions;

/// <summary>One process of a mission on DDS: the planet, or one rover with all its nodes.</summary>
public sealed record NodeRequest
{
    /// <summary>The mission with its seed.</summary>
    public required ResolvedMission Mission { get; init; }

    /// <summary>The rover whose nodes to run; null: see <see cref="Kind"/>.</summary>
    public required string? Rover { get; init; }

    /// <summary>What to run where there is no rover.</summary>
    public NodeKind Kind { get; init; }

    /// <summary>Where the planet leaves the mission's files and a rover its votes; null leaves none.</summary>
    public string? OutputDirectory { get; init; }

    /// <summary>Mission time over time on the wall to keep to; null: <see cref="Dds.PlanetHost.DefaultRate"/>.</summary>
    public double? RealTimeFactor { get; init; }

    /// <summary>Whether to record <c>mission.mcap</c>.</summary>
    public bool RecordBag { get; init; } = true;

    /// <summary>Port on 127.0.0.1 of the page that the planet serves; null: none.</summary>
    public int? ViewPort { get; init; }

    /// <summary>Port on 127.0.0.1 of the Foxglove server; null: none.</summary>
    public int? FoxglovePort { get; init; }

    /// <summary>Whether to run the nodes for viewers, such as RViz; Foxglove's server brings them along.</summary>
    public bool Visualize { get; init; }

    /// <summary>Whether the recording has the lidars' points.</summary>
    public bool RecordPoints { get; init; }

    /// <summary>Whether to make <c>film.png</c> in the end.</summary>
    public bool Film { get; init; }

    /// <summary>
    /// Whether a program started it that talks to it: it ends with its standard input, and the planet writes its progress
    /// as JSON lines.
    /// </summary>
    public bool Supervised { get; init; }

    /// <summary>What stands from <c>--ros-args</c> on.</summary>
    public IReadOnlyList<string> RosArguments { get; init; } = [];
}

/// <summary>What a process is that is no rover.</summary>
public enum NodeKind
{
    /// <summary>World, rovers' bodies, sensors, radio.</summary>
    Planet,

    /// <summary>The operator's: nodes for viewers, and Foxglove's server if it has a port.</summary>
    Station,

    /// <summary>Beside Gazebo, which stands for the planet.</summary>
    Gazebo,
}

/// <summary>Runs the nodes of one process.</summary>
public interface INodeHost
{
    /// <summary>Runs until the mission is over or it is cancelled, then within two seconds.</summary>
    /// <returns>The exit code of the process.</returns>
    /// <exception cref="AiosException">The nodes cannot run; the message is one line with the remedy.</exception>
    int Run(NodeRequest request, CancellationToken cancel);
}
