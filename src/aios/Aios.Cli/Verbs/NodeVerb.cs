using System.CommandLine;
using Aios.Cli.Missions;
using Aios.Cli.Processes;
using Aios.Mission;

namespace Aios.Cli.Verbs;

/// <summary><c>aios node planet|rover|station|gazebo</c>: one process of a mission on DDS. Launch files and <c>aios run</c> start it.</summary>
public static class NodeVerb
{
    public static Command Create() => new("node", "One process of a mission on DDS: the planet, a rover or the operator's station")
    {
        Hidden = true,
        Subcommands =
        {
            CreateKind("planet", "The planet: world, rovers' bodies, sensors, radio, faults, score"),
            CreateKind("rover", "All nodes of one rover"),
            CreateKind("station", "The operator's station: what RViz and Foxglove show beside the mission's own topics"),
            CreateKind("gazebo", "Beside Gazebo: the survey and the sun compass, which it has not"),
        },
    };

    private static Command CreateKind(string kind, string description)
    {
        var mission = new Option<string>("--mission") { Description = "Mission file", HelpName = "FILE", DefaultValueFactory = _ => MissionFiles.Default };
        var rover = new Option<string?>("--name") { Description = "Name of the rover", HelpName = "ROVER", Required = kind == "rover" };
        var seed = CommonOptions.Seed();
        var rate = CommonOptions.Rate();
        var output = new Option<string?>("--out") { Description = "Folder for the mission's files", HelpName = "DIR" };
        var noBag = new Option<bool>("--no-bag") { Description = "Do not record mission.mcap" };
        var points = CommonOptions.RecordPoints();
        var film = CommonOptions.Film();
        var view = CommonOptions.ViewPort();
        var foxglove = CommonOptions.FoxglovePort();
        var rviz = CommonOptions.Rviz();
        var supervised = new Option<bool>("--supervised") { Hidden = true };
        var ros = RoverVerb.RosArguments();
        var command = new Command(kind, description) { mission, seed, rate, supervised };
        foreach (var option in kind switch
        {
            "rover" => (Option[])[rover, output],
            "station" => [foxglove],
            "gazebo" => [],
            _ => [output, noBag, points, film, view, foxglove, rviz],
        })
        {
            command.Add(option);
        }

        command.Add(ros);
        command.SetAction(parsed =>
        {
            if (MissionFiles.Load(parsed.GetValue(mission)!, Console.Error) is not { } spec)
            {
                return ExitCode.WrongInput;
            }

            var request = new NodeRequest
            {
                Mission = spec.Resolve(parsed.GetValue(seed)),
                Rover = kind == "rover" ? RoverVerb.RoverOf(spec, parsed.GetValue(rover)!) : null,
                OutputDirectory = parsed.GetValue(output),
                RealTimeFactor = parsed.GetValue(rate),
                RecordBag = kind == "planet" && !parsed.GetValue(noBag),
                RecordPoints = kind == "planet" && parsed.GetValue(points),
                Film = kind == "planet" && parsed.GetValue(film),
                ViewPort = CommonOptions.ViewPort(parsed, view),
                FoxglovePort = CommonOptions.FoxglovePort(parsed, foxglove),
                Visualize = parsed.GetValue(rviz),
                Kind = kind switch { "station" => NodeKind.Station, "gazebo" => NodeKind.Gazebo, _ => NodeKind.Planet },
                Supervised = parsed.GetValue(supervised),
                RosArguments = RoverVerb.RosArguments(parsed.GetValue(ros)),
            };
            using var stop = new StopSignals();
            return NodeHosts.Create().Run(request, stop.Token);
        });
        return command;
    }
}
