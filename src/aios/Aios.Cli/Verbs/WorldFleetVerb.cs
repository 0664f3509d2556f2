using System.CommandLine;
using Aios.Cli.Worlds;

namespace Aios.Cli.Verbs;

/// <summary><c>aios world fleet</c>: rovers in a world, for Gazebo.</summary>
internal static class WorldFleetVerb
{
    public static Command Create()
    {
        var world = new Argument<string>("WORLD") { Description = "Folder of a world" };
        var rovers = new Option<int>("--rovers")
        {
            Description = "How many, named rover_1, rover_2, …",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
            CustomParser = result => CommonOptions.ParseNumber<int>(
                result, $"a number from 1 to {GazeboFleet.MostRovers}", n => n is > 0 and <= GazeboFleet.MostRovers),
        };
        var bridges = new Option<string?>("--bridges") { Description = "Also write the rovers' configurations for ros_gz_bridge there", HelpName = "DIR" };
        var command = new Command("fleet", "Put rovers into a world for Gazebo: writes fleet.sdf beside world.sdf") { world, rovers, bridges };
        command.SetAction(parsed =>
        {
            Write(parsed.GetValue(world)!, [.. Enumerable.Range(1, parsed.GetValue(rovers)).Select(i => $"rover_{i}")], parsed.GetValue(bridges));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(string directory, string[] rovers, string? bridges)
    {
        var file = Path.Combine(directory, GazeboFleet.FileName);
        File.WriteAllText(file, GazeboFleet.Write(Path.Combine(directory, WorldFile.FileName), rovers));
        Console.WriteLine($"{file}: {string.Join(", ", rovers)}");
        if (bridges is not null)
        {
            Directory.CreateDirectory(bridges);
            File.WriteAllText(Path.Combine(bridges, "clock.yaml"), GazeboFleet.WriteClockBridge());
            Array.ForEach(rovers, rover => File.WriteAllText(Path.Combine(bridges, rover + ".yaml"), GazeboFleet.WriteBridge(rover)));
        }
    }
}
