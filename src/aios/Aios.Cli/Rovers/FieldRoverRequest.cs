using Aios.Mission;

namespace Aios.Cli.Rovers;

/// <summary>A rover to run on its own hardware, or on a desk.</summary>
public sealed record FieldRoverRequest
{
    /// <summary>The mission with its seed.</summary>
    public required ResolvedMission Mission { get; init; }

    /// <summary>Name of the rover; one of the mission's.</summary>
    public required string Rover { get; init; }

    /// <summary>Where it keeps what outlives its power; null: nothing does.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Whether this is another run of the mission: what the last one left is removed.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether to play the hardware too.</summary>
    public bool UsesLoopbackDriver { get; init; }

    /// <summary>What stands from <c>--ros-args</c> on.</summary>
    public IReadOnlyList<string> RosArguments { get; init; } = [];
}
