namespace Aios.Mission.Tests;

/// <summary>Mission texts for tests.</summary>
internal static class MissionFiles
{
    /// <summary>The least a mission file must say, on 11 lines.</summary>
    public const string Small = """
        name: small
        world:
          generator: crater-plain
          size_m: 20
        rovers:
          - {name: rover_1, start: {x_m: 0, y_m: 0}}
          - name: rover_2
            start: {x_m: 3, y_m: 0}
        faults:
          - rover_death: {rover: rover_1, at_s: 100}
          - link_cut: {between: [rover_1, rover_2], at_s: [50, 60], duration_s: 120}
        """;

    public static string Root { get; } = FindRoot();

    public static string Path(string name) => System.IO.Path.Combine(Root, "missions", name);

    public static MissionSpec Parse(string text)
    {
        var result = MissionFile.Parse(text, "small.yaml");
        Assert.Empty(result.Errors);
        return result.Mission!;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "AIOS.slnx")))
        {
            folder = System.IO.Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
