using System.CommandLine;
using Aios.Cli.Processes;
using Aios.Cli.Rovers;
using Aios.Mission;

namespace Aios.Cli.Verbs;

/// <summary><c>aios rover</c>: all nodes of one rover on its own computer. The service <c>aios-rover@NAME</c> starts it.</summary>
public static class RoverVerb
{
    private const string Loopback = "loopback";

    public static Command Create()
    {
        var mission = new Option<string>("--mission") { Description = "Mission file", HelpName = "FILE", DefaultValueFactory = _ => MissionFiles.Default };
        var name = new Option<string>("--name") { Description = "Which rover of the mission this is", HelpName = "ROVER", Required = true };
        var seed = CommonOptions.Seed();
        seed.Description = "The fleet's secret, the same on every rover: its signing keys are made from it";
        var driver = new Option<string>("--driver")
        {
            Description = "none: the rover's drivers are other programs; loopback: play the hardware too, on a flat floor",
            HelpName = "none|loopback",
            DefaultValueFactory = _ => "none",
        };
        driver.AcceptOnlyFromAmong("none", Loopback);
        var state = new Option<string?>("--state") { Description = "Folder for votes, audit trail and the mission's start", HelpName = "DIR" };
        var isNew = new Option<bool>("--new") { Description = "Begin the mission anew: forget its start and votes" };
        var ros = RosArguments();
        var command = new Command("rover", "Run all nodes of a rover on its own computer, beside its drivers") { mission, name, seed, driver, state, isNew, ros };
        command.SetAction(parsed =>
        {
            if (MissionFiles.Load(parsed.GetValue(mission)!, Console.Error) is not { } spec)
            {
                return ExitCode.WrongInput;
            }

            using var stop = new StopSignals();
            using var manager = ServiceManager.FromEnvironment();
            var request = new FieldRoverRequest
            {
                Mission = spec.Resolve(parsed.GetValue(seed)),
                Rover = RoverOf(spec, parsed.GetValue(name)!),
                StateDirectory = parsed.GetValue(state),
                IsNew = parsed.GetValue(isNew),
                UsesLoopbackDriver = parsed.GetValue(driver) == Loopback,
                RosArguments = RosArguments(parsed.GetValue(ros)),
            };
            return FieldRoverHost.Run(request, manager, stop.Token);
        });
        return command;
    }

    /// <summary>The option that takes the rest of the line for the ROS client.</summary>
    internal static Option<string[]> RosArguments() => new("--ros-args")
    {
        Description = "Arguments for the ROS client, to the end of the line",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The words as the ROS client wants them.</summary>
    internal static IReadOnlyList<string> RosArguments(string[]? words) => words is { Length: > 0 } ? ["--ros-args", .. words] : [];

    /// <summary>The name, if the mission has such a rover.</summary>
    /// <exception cref="AiosException">It has not; one line.</exception>
    internal static string RoverOf(MissionSpec spec, string name, string option = "--name") => spec.Roster.Contains(name)
        ? name
        : throw new AiosException(ExitCode.WrongInput, $"{option}: {spec.File} has no rover '{name}', expected one of {string.Join(", ", spec.Roster)}");
}
