using System.Text.Json;

namespace SystemTests.Support;

/// <summary>A folder for a mission's files, gone after the test.</summary>
internal sealed class MissionFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aios mission ").FullName;

    /// <summary>The result that is there.</summary>
    public JsonElement Result
    {
        get
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Of("result.json")));
            return document.RootElement.Clone();
        }
    }

    /// <summary>All events, in the order of the log.</summary>
    public IReadOnlyList<(string Source, string Kind, string Subject, string Detail)> Events =>
        [.. File.ReadLines(Of("events.jsonl")).Select(Event)];

    public string Of(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static (string Source, string Kind, string Subject, string Detail) Event(string line)
    {
        using var document = JsonDocument.Parse(line);
        return (Text("source"), Text("kind"), Text("subject"), Text("detail"));

        string Text(string name) => document.RootElement.GetProperty(name).GetString()!;
    }
}
