using System.Globalization;

namespace Aios.Cli.Rovers;

/// <summary>When a mission began, kept in a file: a rover that is restarted goes on with the mission that it was on.</summary>
internal static class MissionStart
{
    /// <summary>The time in the file, or else this time, which is then written to it.</summary>
    /// <param name="file">The file; its folder exists or is made.</param>
    /// <param name="nowNs">Time on the rover's clock, ns.</param>
    /// <returns>When the mission began, ns.</returns>
    /// <exception cref="AiosException">The file holds something else, or a time to come; one line.</exception>
    public static long Recall(string file, long nowNs)
    {
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var written = file + ".new";
            File.WriteAllText(written, nowNs.ToString(CultureInfo.InvariantCulture) + "\n");
            File.Move(written, file, overwrite: true);
            return nowNs;
        }

        var text = File.ReadAllText(file).Trim();
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var startNs) || startNs > nowNs)
        {
            throw new AiosException(
                ExitCode.WrongInput, $"{file}: '{text}', expected nanoseconds of a time gone by: set the clock, or begin anew with --new");
        }

        return startNs;
    }
}
