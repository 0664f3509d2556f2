namespace Aios.Terrain.Tests;

internal static class TestData
{
    /// <summary>A file of the shared test data ($AIOS_DATA, or data beside the repository); the test is skipped where it is absent.</summary>
    public static byte[] ReadOrSkip(string relative)
    {
        string? root = Environment.GetEnvironmentVariable("AIOS_DATA") ?? FindBesideRepository();
        string path = Path.Combine(root ?? "", relative);
        if (root is null || !File.Exists(path))
        {
            Assert.Skip($"{relative} not found: set AIOS_DATA to the folder of the test data");
        }

        return File.ReadAllBytes(path);
    }

    private static string? FindBesideRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
