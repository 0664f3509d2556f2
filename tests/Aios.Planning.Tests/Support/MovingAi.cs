using System.Globalization;
using Aios.Numerics;

namespace Aios.Planning.Tests.Support;

/// <summary>One query of a MovingAI scenario.</summary>
internal readonly record struct MovingAiQuery(int StartX, int StartY, int GoalX, int GoalY, double Optimum);

/// <summary>Reads MovingAI grid maps and scenarios (octile, no corner cutting).</summary>
internal static class MovingAi
{
    public static string? Folder { get; } = Find();

    public static byte[] ReadMap(string path, out GridGeometry geometry)
    {
        string[] lines = File.ReadAllLines(path);
        int height = int.Parse(lines[1].Split(' ')[1], CultureInfo.InvariantCulture);
        int width = int.Parse(lines[2].Split(' ')[1], CultureInfo.InvariantCulture);
        geometry = new GridGeometry(width, height, 1, 0, 0);
        var cost = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                char c = lines[4 + y][x];
                cost[(y * width) + x] = c is '.' or 'G' or 'S' ? (byte)0 : GridCost.Lethal;
            }
        }

        return cost;
    }

    public static List<MovingAiQuery> ReadScenario(string path)
    {
        var queries = new List<MovingAiQuery>();
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] f = line.Split('\t');
            if (f.Length >= 9)
            {
                queries.Add(new MovingAiQuery(Int(f[4]), Int(f[5]), Int(f[6]), Int(f[7]), double.Parse(f[8], CultureInfo.InvariantCulture)));
            }
        }

        return queries;
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? Find()
    {
        string? data = Environment.GetEnvironmentVariable("AIOS_DATA");
        if (data is not null)
        {
            string named = Path.Combine(data, "grids");
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string beside = Path.Combine(folder.FullName, "shared", "data", "grids");
            if (Directory.Exists(beside))
            {
                return beside;
            }
        }

        return null;
    }
}
