using Aios.Mission;

namespace Aios.Cli;

/// <summary>Finds and reads the mission that a command line names.</summary>
public static class MissionFiles
{
    /// <summary>The mission of a command line that names none.</summary>
    public const string Default = "missions/crater-survey.yaml";

    /// <summary>Reads a mission; writes one line for each mistake to <paramref name="errors"/> and returns null when there is one.</summary>
    public static MissionSpec? Load(string path, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var result = MissionFile.Load(AiosHome.FindFile(path) ?? path);
        foreach (var error in result.Errors)
        {
            errors.WriteLine(error);
        }

        return result.Mission;
    }
}
