namespace Aios.Cli;

/// <summary>Where the project's files are: missions, launch files, worlds.</summary>
public static class AiosHome
{
    /// <summary>The source tree: <c>$AIOS_HOME</c> as the door sets it, else the nearest parent that holds <c>AIOS.slnx</c>.</summary>
    public static string Directory { get; } = Find();

    /// <summary>The file as named from the current directory, or else from the project's; null where neither has it.</summary>
    public static string? FindFile(string path)
    {
        if (File.Exists(path))
        {
            return path;
        }

        var inHome = Path.Combine(Directory, path);
        return File.Exists(inHome) ? inHome : null;
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("AIOS_HOME") is { Length: > 0 } home)
        {
            return home;
        }

        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AIOS.slnx")))
            {
                return folder;
            }
        }

        return Environment.CurrentDirectory;
    }
}
