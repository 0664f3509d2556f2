using System.Runtime.InteropServices;
using System.Text;

namespace SystemTests.Support;

/// <summary>
/// All processes that descend from one, however they were started and whoever is their parent now: they inherit a variable
/// that nobody else has.
/// </summary>
internal sealed class MarkedProcesses
{
    public const string Variable = "AIOS_SYSTEM_TEST";

    private readonly byte[] _mark;

    public MarkedProcesses(string value)
    {
        Value = value;
        _mark = Encoding.UTF8.GetBytes($"{Variable}={value}\0");
    }

    public string Value { get; }

    /// <summary>Those that run now; one that only waits to be reaped does not.</summary>
    public IReadOnlyList<int> Running()
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && Read(id, "environ").AsSpan().IndexOf(_mark) >= 0)
            {
                found.Add(id);
            }
        }

        return found;
    }

    /// <summary>Those whose command line has these words after one another.</summary>
    public IReadOnlyList<int> Running(params string[] words)
    {
        var sought = Encoding.UTF8.GetBytes('\0' + string.Join('\0', words) + '\0');
        return [.. Running().Where(id => Read(id, "cmdline").AsSpan().IndexOf(sought) >= 0)];
    }

    public static void Send(int processId, int signal) => _ = Kill(processId, signal);

    public static string Describe(int processId) => $"{processId}: {Encoding.UTF8.GetString(Read(processId, "cmdline")).Replace('\0', ' ')}";

    private static byte[] Read(int processId, string file)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{processId}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // gone, or somebody else's
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
