namespace Aios.Cli.Diagnosis;

/// <summary>Something that AIOS needs or can use.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="IsNeeded">Whether the main verbs do not work without it.</param>
/// <param name="Remedy">How to get it.</param>
/// <param name="Find">Looks for it: a version or place, null when it is missing.</param>
public sealed record Prerequisite(string Name, string Purpose, bool IsNeeded, string Remedy, Func<string?> Find);

/// <summary>A prerequisite that was looked for.</summary>
/// <param name="Prerequisite">What was looked for.</param>
/// <param name="Found">Version or place; null when it is missing.</param>
public sealed record Finding(Prerequisite Prerequisite, string? Found)
{
    /// <summary>True when it is missing and needed.</summary>
    public bool IsTrouble => Found is null && Prerequisite.IsNeeded;
}
