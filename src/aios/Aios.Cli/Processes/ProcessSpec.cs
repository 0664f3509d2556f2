namespace Aios.Cli.Processes;

/// <summary>A process to start and how to look after it.</summary>
public sealed record ProcessSpec
{
    /// <summary>Name in front of its output lines.</summary>
    public required string Name { get; init; }

    /// <summary>The program and its arguments; no shell takes part.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Empty: that of this process.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Variables to set; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether its standard input stays open, so that it may be told something and sees it end with this process.</summary>
    public bool KeepsInput { get; init; }

    /// <summary>How long to wait before the first start.</summary>
    public TimeSpan StartDelay { get; init; }

    /// <summary>Whether to start it again when it ends.</summary>
    public bool Respawn { get; init; }

    /// <summary>How long to wait before it is started again.</summary>
    public TimeSpan RespawnDelay { get; init; }

    /// <summary>How often it is started again at most; null: no limit.</summary>
    public int? RespawnLimit { get; init; }

    /// <summary>Whether all others end when it ends.</summary>
    public bool EndsAll { get; init; }
}
