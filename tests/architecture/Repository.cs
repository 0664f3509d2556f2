using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The source tree as it lies on disk.</summary>
internal static class Repository
{
    private static readonly string[] BuildFolders = ["bin", "obj", "artifacts", ".git", "node_modules"];

    /// <summary>The folder that holds <c>AIOS.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file that is not built, relative to the root with '/' between parts, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Enumerate(Root).Order(StringComparer.Ordinal)];

    /// <summary>Every project, in the order of its path.</summary>
    public static IReadOnlyList<Project> Projects { get; } =
        [.. Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(Project.Load)];

    public static string FullPath(string relativePath) => Path.Combine(Root, relativePath);

    private static IEnumerable<string> Enumerate(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (BuildFolders.Contains(Path.GetFileName(child)) || new DirectoryInfo(child).LinkTarget is not null)
            {
                continue;
            }

            foreach (var file in Enumerate(child))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AIOS.slnx")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("AIOS.slnx is in no parent folder of the tests");
    }
}

/// <summary>One project file and the projects and packages it refers to.</summary>
internal sealed record Project(
    string Name,
    string RelativePath,
    string AssemblyName,
    IReadOnlyList<string> ProjectReferences,
    IReadOnlyList<string> PackageReferences)
{
    public bool IsTest => RelativePath.StartsWith("tests/", StringComparison.Ordinal);

    public static Project Load(string relativePath)
    {
        var document = XDocument.Load(Repository.FullPath(relativePath));
        var name = Path.GetFileNameWithoutExtension(relativePath);
        return new Project(
            name,
            relativePath,
            document.Descendants("AssemblyName").FirstOrDefault()?.Value ?? name,
            [.. document.Descendants("ProjectReference").Select(reference =>
                Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))],
            [.. document.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value)]);
    }

    /// <summary>The names of all assemblies of this solution that this project reaches, directly or not.</summary>
    public IReadOnlySet<string> Closure()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Project>([this]);
        while (open.TryPop(out var project))
        {
            foreach (var reference in project.ProjectReferences.Where(reached.Add))
            {
                open.Push(Repository.Projects.Single(candidate => candidate.Name == reference));
            }
        }

        return reached;
    }
}
