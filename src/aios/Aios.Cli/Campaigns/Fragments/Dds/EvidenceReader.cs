using System.Globalization;
using Aios.Mission;

namespace Aios.Cli.Campaigns.Fragments.Dds;

/// <summary>
/// Puts what all processes of a fragment have written down (<see cref="EvidenceLog"/>) in the order of time and tells it to
/// a judge. The processes share one steady clock, so that their times compare.
/// </summary>
internal static class EvidenceReader
{
    /// <summary>What the judge of the simulated fragments says to what is in a folder now.</summary>
    /// <exception cref="FormatException">A line is none that a log writes.</exception>
    public static FragmentJudge Judge(string folder, FragmentPlan plan, ConstraintSpec constraints)
    {
        var lines = Directory.EnumerateFiles(folder, "*" + EvidenceLog.Suffix).Order(StringComparer.Ordinal)
            .SelectMany(Lines).Select(line => line.Split(' '))
            .OrderBy(Time).ToList();
        var now = 0.0;
        var judge = new FragmentJudge(() => now, [.. Enumerable.Range(0, plan.Rovers).Select(rover => plan.Configure(constraints, rover))], plan);
        foreach (var line in lines.Where(line => line[1] == "standstill"))
        {
            judge.Excuse(Rover(line), Time(line) - Number(line[3]), Time(line));
        }

        foreach (var line in lines)
        {
            now = Time(line);
            Tell(judge, line);
        }

        return judge;
    }

    // Whoever is killed while writing leaves half a line.
    private static IEnumerable<string> Lines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static void Tell(FragmentJudge judge, string[] line)
    {
        switch (line[1])
        {
            case "boot":
                judge.OnBoot(Rover(line));
                break;
            case "crash":
                judge.OnCrash(Rover(line));
                break;
            case "death":
                judge.OnDeath(Rover(line));
                break;
            case "fresh":
                judge.OnFreshCommand(Rover(line));
                break;
            case "imu":
                judge.OnImu(Rover(line));
                break;
            case "stop":
                judge.OnStopRequest(Rover(line));
                break;
            case "command":
                judge.OnCommand(Rover(line), Number(line[3]), Number(line[4]));
                break;
            case "event":
                judge.OnEvent(Rover(line), line[3], line[4], line[5], (long)Number(line[6]));
                break;
            case "height":
                judge.OnHeight(Rover(line), (long)Number(line[3]));
                break;
            case "halted":
                judge.OnHalted(Rover(line), line[3] == "1");
                break;
            case "quorum":
                judge.OnQuorum(Rover(line), Convert.FromHexString(line[3]));
                break;
            case "standstill":
                break;
            default:
                throw new FormatException($"evidence of an unknown kind: '{string.Join(' ', line)}'");
        }
    }

    private static double Time(string[] line) => Number(line[0]);

    private static int Rover(string[] line) => int.Parse(line[2], CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
