using System.CommandLine;
using Aios.Cli.Visualization;

namespace Aios.Cli.Verbs;

/// <summary><c>aios rviz</c>: writes an RViz configuration.</summary>
public static class RvizVerb
{
    private const int MostRovers = 100;

    public static Command Create()
    {
        var rovers = new Option<int>("--rovers")
        {
            Description = "How many rovers, named rover_1, rover_2, …",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
            CustomParser = result => CommonOptions.ParseNumber<int>(result, $"a number from 1 to {MostRovers}", n => n is > 0 and <= MostRovers),
        };
        var output = new Option<string?>("--out") { Description = "Where to write it; left out: to standard output", HelpName = "FILE" };
        var command = new Command("rviz", "Write an RViz configuration for a fleet (show it with: rviz2 -d FILE)") { rovers, output };
        command.SetAction(parsed =>
        {
            var text = RvizConfig.Write([.. Enumerable.Range(1, parsed.GetValue(rovers)).Select(i => $"rover_{i}")]);
            if (parsed.GetValue(output) is { } file)
            {
                File.WriteAllText(file, text);
            }
            else
            {
                Console.Write(text);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
