namespace Aios.Cli.Launch;

/// <summary>Finds ROS packages: where <c>AMENT_PREFIX_PATH</c> says, else in this source tree.</summary>
internal static class RosPackages
{
    /// <summary>Package whose nodes are this program: <c>aios node NAME</c>.</summary>
    public const string OwnNodes = "aios_nodes";

    private const string OwnProgramName = "aios";

    /// <summary>The folder under which a package is installed; null when it is not.</summary>
    public static string? FindPrefix(string package) => Prefixes()
        .FirstOrDefault(prefix => File.Exists(Path.Combine(prefix, "share/ament_index/resource_index/packages", package)));

    /// <summary>The folder of a package's launch files, worlds and the like; null when there is none.</summary>
    public static string? FindShare(string package)
    {
        if (FindPrefix(package) is { } prefix)
        {
            return Path.Combine(prefix, "share", package);
        }

        var source = Path.Combine(AiosHome.Directory, "ros_ws", "src", package);
        return package.Length > 0 && Directory.Exists(source) ? source : null;
    }

    /// <summary>A package's executable; null when there is none. In this source tree the program itself is the door.</summary>
    public static string? FindExecutable(string package, string executable)
    {
        if (FindPrefix(package) is { } prefix)
        {
            var file = Path.Combine(prefix, "lib", package, executable);
            return File.Exists(file) ? file : null;
        }

        var door = Path.Combine(AiosHome.Directory, OwnProgramName);
        return package == OwnNodes && executable == OwnProgramName && File.Exists(door) ? door : null;
    }

    /// <summary>The command that starts a node; null when the package or its executable is not there.</summary>
    public static IReadOnlyList<string>? FindCommand(string package, string executable)
    {
        if (FindExecutable(package, executable) is { } file)
        {
            return [file];
        }

        return package == OwnNodes ? [.. OwnProgram.Command, "node", executable] : null;
    }

    private static IEnumerable<string> Prefixes() =>
        (Environment.GetEnvironmentVariable("AMENT_PREFIX_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
}
