namespace Ros2.Interfaces.Tests;

internal static class TestFiles
{
    /// <summary>The recorded vectors; skips the test where they are absent.</summary>
    public static string Vectors()
    {
        const string Relative = "ros2_vectors/jazzy.jsonl";
        foreach (string root in Roots())
        {
            string path = Path.Combine(root, Relative);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"{Relative} is neither under $AIOS_DATA nor beside the repository in shared/");
        return "";
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("AIOS_DATA") is { Length: > 0 } data)
        {
            yield return data;
            yield return Path.Combine(data, "..");
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "shared");
        }
    }
}
