namespace ROS2;

/// <summary>A component that a package registered when it was installed.</summary>
/// <param name="Package">Its package.</param>
/// <param name="Plugin">Its name, in ROS usually <c>package::Class</c>.</param>
/// <param name="LibraryPath">The library that holds it.</param>
/// <param name="IsManaged">Whether that is an assembly of .NET, which <see cref="ComponentContainer.RegisterLibrary"/> takes; else one of rclcpp.</param>
public sealed record InstalledComponent(string Package, string Plugin, string LibraryPath, bool IsManaged);

/// <summary>
/// Components in the ament index: below each prefix, <c>share/ament_index/resource_index/dotnet_components/PACKAGE</c> for those of
/// .NET and <c>…/rclcpp_components/PACKAGE</c> for those of C++, with a line <c>NAME;LIBRARY</c> for each, the library relative to the prefix.
/// Read anew at each call. Safe from any thread.
/// </summary>
/// <param name="prefixes">Folders, the first of which that knows a package wins.</param>
public sealed class ComponentIndex(IReadOnlyList<string> prefixes)
{
    private const string ManagedResource = "dotnet_components";

    private static readonly string[] Resources = [ManagedResource, "rclcpp_components"];

    /// <summary>Packages that register components, sorted.</summary>
    public IReadOnlyList<string> Packages =>
    [
        .. prefixes.SelectMany(prefix => Resources.Select(resource => FolderOf(prefix, resource)))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            .Select(file => Path.GetFileName(file))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The index below the prefixes that <c>AMENT_PREFIX_PATH</c> names.</summary>
    public static ComponentIndex FromEnvironment() => new(InstalledInterfaces.PrefixesOf(Environment.GetEnvironmentVariable));

    /// <summary>Components of a package in the order of its files; none for one that registers nothing.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<InstalledComponent> Find(string package)
    {
        ArgumentException.ThrowIfNullOrEmpty(package);
        return [.. Resources.SelectMany(resource => FindIn(resource, package))];
    }

    private static string FolderOf(string prefix, string resource) => Path.Combine(prefix, "share", "ament_index", "resource_index", resource);

    private IEnumerable<InstalledComponent> FindIn(string resource, string package) =>
        prefixes.FirstOrDefault(prefix => File.Exists(Path.Combine(FolderOf(prefix, resource), package))) is not { } found
            ? []
            : from line in File.ReadLines(Path.Combine(FolderOf(found, resource), package))
              let parts = line.Split(';')
              where parts is [{ Length: > 0 }, ..]
              select new InstalledComponent(package, parts[0], Path.Combine(found, parts.Length > 1 ? parts[1] : ""), resource == ManagedResource);
}
