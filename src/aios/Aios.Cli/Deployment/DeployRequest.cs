namespace Aios.Cli.Deployment;

/// <summary>What to put on which rover.</summary>
internal sealed record DeployRequest
{
    /// <summary>Where to, as <c>ssh</c> takes it: <c>HOST</c> or <c>USER@HOST</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Path of the package for any architecture.</summary>
    public required string RoverPackage { get; init; }

    /// <summary>Path of the package of the native part, for <see cref="Architecture"/>.</summary>
    public required string DdsPackage { get; init; }

    /// <summary>Debian's name of the architecture of <see cref="DdsPackage"/>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Mission file to install as <c>/etc/aios/mission.yaml</c>; null: leave what is there.</summary>
    public string? MissionFile { get; init; }

    /// <summary>Rover to start there; null: none.</summary>
    public string? Rover { get; init; }
}
