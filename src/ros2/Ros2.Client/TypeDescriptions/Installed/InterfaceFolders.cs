namespace ROS2;

/// <summary>Where installed packages keep their interface files: <c>PREFIX/share/package/{msg,srv,action}</c>.</summary>
internal sealed class InterfaceFolders(IEnumerable<string> prefixes)
{
    private const string Idl = ".idl";

    /// <summary>In the order in which they are searched.</summary>
    public IReadOnlyList<string> Prefixes { get; } = [.. prefixes];

    /// <summary>The file that defines an interface, in the first prefix that has it; null where none does.</summary>
    /// <param name="package">Name of the package.</param>
    /// <param name="kind"><c>msg</c>, <c>srv</c> or <c>action</c>.</param>
    /// <param name="name">Name of the interface.</param>
    /// <remarks>An interface installed by rosidl has both forms; the one its author wrote comes first.</remarks>
    public string? Find(string package, string kind, string name) => Prefixes
        .Select(prefix => Path.Combine(prefix, "share", package, kind, name))
        .SelectMany(file => new[] { $"{file}.{kind}", file + Idl })
        .FirstOrDefault(File.Exists);

    /// <summary>Full names of all interfaces of a kind, sorted, each once.</summary>
    public SortedSet<string> Names(string kind)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string package in Prefixes.Select(prefix => Path.Combine(prefix, "share")).SelectMany(FoldersIn))
        {
            string folder = Path.Combine(package, kind);
            names.UnionWith(FilesIn(folder)
                .Where(file => Path.GetExtension(file) is var end && (end == "." + kind || end == Idl))
                .Select(file => $"{Path.GetFileName(package)}/{kind}/{Path.GetFileNameWithoutExtension(file)}"));
        }

        return names;
    }

    private static IEnumerable<string> FoldersIn(string folder) => List(folder, Directory.EnumerateDirectories);

    private static IEnumerable<string> FilesIn(string folder) => List(folder, Directory.EnumerateFiles);

    // Prefixes that do not exist, and folders that may not be read, hold nothing for us.
    private static string[] List(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return [.. list(folder)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
