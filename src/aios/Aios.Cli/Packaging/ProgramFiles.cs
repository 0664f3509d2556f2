using System.Text.Json;

namespace Aios.Cli.Packaging;

/// <summary>The files that this program consists of, as its own list of dependencies names them.</summary>
internal static class ProgramFiles
{
    private const string Program = "aios";

    /// <summary>All of them, by name in a fixed order; none depends on the machine.</summary>
    /// <exception cref="AiosException">One is missing; one line.</exception>
    public static IReadOnlyList<(string Name, byte[] Content)> Read()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal) { $"{Program}.dll", $"{Program}.deps.json", $"{Program}.runtimeconfig.json" };
        using var dependencies = JsonDocument.Parse(File.ReadAllBytes(Locate($"{Program}.deps.json")));
        foreach (var library in dependencies.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            if (library.Value.TryGetProperty("runtime", out var assemblies))
            {
                names.UnionWith(assemblies.EnumerateObject().Select(assembly => Path.GetFileName(assembly.Name)));
            }
        }

        return [.. names.Select(name => (name, File.ReadAllBytes(Locate(name))))];
    }

    /// <summary>When the program was built.</summary>
    public static DateTimeOffset BuildTime => new(File.GetLastWriteTimeUtc(Locate($"{Program}.dll")), TimeSpan.Zero);

    private static string Locate(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        return File.Exists(path)
            ? path
            : throw new AiosException(ExitCode.MissingPrerequisite, $"{path} is missing: build the program again");
    }
}
