using Aios.Nodes;

namespace Aios.Cli.Safety;

/// <summary>Where a mission's vote journals and audit trails are: two files per rover in the folder <c>safety</c>.</summary>
internal static class SafetyFiles
{
    public const string Folder = "safety";

    /// <summary>Removes what a mission before left: a new mission is a new fleet, with a history of its own.</summary>
    public static void Clear(string missionDirectory)
    {
        var folder = Path.Combine(missionDirectory, Folder);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var pattern in (ReadOnlySpan<string>)["*.votes", "*.audit.jsonl"])
        {
            foreach (var file in Directory.EnumerateFiles(folder, pattern))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>The stores of a rover, on files that survive power loss; in memory when there is no folder.</summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static RoverStorage Open(string? missionDirectory, string rover) => missionDirectory is null
        ? RoverStorage.InMemory()
        : new RoverStorage(
            new DurableFile(Path.Combine(missionDirectory, Folder, rover + ".votes")),
            new DurableFile(AuditFile(missionDirectory, rover)));

    /// <summary>The audit trail of a rover.</summary>
    public static string AuditFile(string missionDirectory, string rover) =>
        Path.Combine(missionDirectory, Folder, rover + ".audit.jsonl");
}
