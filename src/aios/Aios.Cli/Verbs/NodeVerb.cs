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
            FragmentNodeVerb.Create(),
        },
    };

    private static Command CreateKind(string kind, string description)
    {
        var options = new NodeOptions(kind);
        var command = new Command(kind, description);
        foreach (var option in options.OfKind)
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (MissionFiles.Load(parsed.GetValue(options.Mission)!, Console.Error) is not { } spec)
            {
                return ExitCode.WrongInput;
            }

            using var stop = new StopSignals();
            return NodeHosts.Create().Run(options.Request(parsed, spec), stop.Token);
        });
        return command;
    }

    /// <summary>Options of <c>aios node KIND</c>.</summary>
    private sealed class NodeOptions(string kind)
    {
        private readonly Option<string?> _rover = new("--name") { Description = "Name of the rover", HelpName = "ROVER", Required = kind == "rover" };
        private readonly Option<ulong> _seed = CommonOptions.Seed();
        private readonly Option<double?> _rate = CommonOptions.Rate();
        private readonly Option<string?> _output = new("--out") { Description = "Folder for the mission's files", HelpName = "DIR" };
        private readonly Option<bool> _noBag = new("--no-bag") { Description = "Do not record mission.mcap" };
        private readonly Option<bool> _points = CommonOptions.RecordPoints();
        private readonly Option<bool> _film = CommonOptions.Film();
        private readonly Option<int?> _view = CommonOptions.ViewPort();
        private readonly Option<int?> _foxglove = CommonOptions.FoxglovePort();
        private readonly Option<bool> _rviz = CommonOptions.Rviz();
        private readonly Option<bool> _supervised = new("--supervised") { Hidden = true };
        private readonly Option<string[]> _ros = RoverVerb.RosArguments();

        public Option<string> Mission { get; } =
            new("--mission") { Description = "Mission file", HelpName = "FILE", DefaultValueFactory = _ => MissionFiles.Default };

        public IEnumerable<Option> OfKind =>
        [
            Mission, _seed, _rate, _supervised,
            .. kind switch
            {
                "rover" => (Option[])[_rover, _output],
                "station" => [_foxglove],
                "gazebo" => [],
                _ => [_output, _noBag, _points, _film, _view, _foxglove, _rviz],
            },
            _ros,
        ];

        public NodeRequest Request(ParseResult parsed, MissionSpec spec) => new()
        {
            Mission = spec.Resolve(parsed.GetValue(_seed)),
            Rover = kind == "rover" ? RoverVerb.RoverOf(spec, parsed.GetValue(_rover)!) : null,
            OutputDirectory = parsed.GetValue(_output),
            RealTimeFactor = parsed.GetValue(_rate),
            RecordBag = kind == "planet" && !parsed.GetValue(_noBag),
            RecordPoints = kind == "planet" && parsed.GetValue(_points),
            Film = kind == "planet" && parsed.GetValue(_film),
            ViewPort = CommonOptions.ViewPort(parsed, _view),
            FoxglovePort = CommonOptions.FoxglovePort(parsed, _foxglove),
            Visualize = parsed.GetValue(_rviz),
            Kind = kind switch { "station" => NodeKind.Station, "gazebo" => NodeKind.Gazebo, _ => NodeKind.Planet },
            Supervised = parsed.GetValue(_supervised),
            RosArguments = RoverVerb.RosArguments(parsed.GetValue(_ros)),
        };
    }
}
