using Aios.Nodes;

namespace Aios.Cli.Safety;

/// <summary>Where a mission's vote journals, latched stops, audit trails and the rovers' memories are: four files per rover in the folder <c>safety</c>.</summary>
internal static class SafetyFiles
{
    public const string Folder = "safety";

    /// <summary>Removes what a mission before left: a new mission is a new fleet, with a history of its own.</summary>
    /// <param name="missionDirectory">Folder of the mission.</param>
    /// <param name="rover">Whose files; left out: of all rovers.</param>
    public static void Clear(string missionDirectory, string rover = "*")
    {
        var folder = Path.Combine(missionDirectory, Folder);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var pattern in (ReadOnlySpan<string>)[rover + ".votes", rover + ".stops", rover + ".audit.jsonl", rover + ".memory"])
        {
            foreach (var file in Directory.EnumerateFiles(folder, pattern))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>The stores of a rover, on files that survive power loss; in memory when there is no folder.</summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static RoverFiles Open(string? missionDirectory, string rover) => new(missionDirectory, rover);

    /// <summary>The audit trail of a rover.</summary>
    public static string AuditFile(string missionDirectory, string rover) =>
        Path.Combine(missionDirectory, Folder, rover + ".audit.jsonl");
}

/// <summary>The open files of one rover.</summary>
internal sealed class RoverFiles : IDisposable
{
    private readonly MemoryFile? _memory;

    /// <summary>Opens or creates them; in memory when there is no folder.</summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public RoverFiles(string? missionDirectory, string rover)
    {
        if (missionDirectory is null)
        {
            Storage = RoverStorage.InMemory();
            return;
        }

        var folder = Path.Combine(missionDirectory, SafetyFiles.Folder);
        _memory = new MemoryFile(Path.Combine(folder, rover + ".memory"));
        Storage = new RoverStorage(
            new DurableFile(Path.Combine(folder, rover + ".votes")), new DurableFile(SafetyFiles.AuditFile(missionDirectory, rover)))
        {
            Memory = _memory.Memory,
            Stops = new DurableFile(Path.Combine(folder, rover + ".stops")),
        };
    }

    public RoverStorage Storage { get; }

    public void Dispose()
    {
        Storage.Dispose();
        _memory?.Dispose();
    }
}
