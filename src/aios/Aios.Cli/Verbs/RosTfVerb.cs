using System.CommandLine;
using Aios.Cli.Processes;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros tf2</c>: the programs of tf2_ros and tf2_tools, which ROS users start with <c>ros2 run</c>.</summary>
internal static class RosTfVerb
{
    private static readonly TimeSpan MonitorPeriod = TimeSpan.FromSeconds(0.5);

    public static Command Create() => new("tf2", "Transforms: what tf2_echo, static_transform_publisher, tf2_monitor and view_frames do")
    {
        CreateEcho(),
        CreateStatic(),
        CreateMonitor(),
        CreateFrames(),
    };

    private static Command CreateEcho()
    {
        var source = RosOptions.Argument("SOURCE_FRAME", "The frame in which the other is expressed");
        var target = RosOptions.Argument("TARGET_FRAME", "The frame to tell the place of");
        var rate = new Argument<double>("RATE")
        {
            Description = "How often, in Hz",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => 1,
            CustomParser = result => CommonOptions.ParseNumber<double>(result, "a rate in Hz above 0, up to 1000", r => r > 0 && r <= 1000),
        };
        return Named(new Command("echo", "Print a transform again and again: the pose of TARGET_FRAME in SOURCE_FRAME") { source, target, rate }, "tf2_echo").OnGraph(
            (session, parsed) => TfEcho.Run(
                session, parsed.GetValue(source)!, parsed.GetValue(target)!, TimeSpan.FromSeconds(1 / parsed.GetValue(rate))),
            fixedName: "tf2_echo");
    }

    private static Command CreateStatic()
    {
        var old = new Argument<string[]>("OLD")
        {
            Description = "The old form: X Y Z YAW PITCH ROLL FRAME CHILD, or X Y Z QX QY QZ QW FRAME CHILD",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = Named(new Command("static", "Publish a transform that does not change, until Ctrl-C") { old }, "static_transform_publisher");
        foreach (var axis in "xyz")
        {
            command.Options.Add(Number($"--{axis}", $"{axis} of the translation, m"));
        }

        foreach (var part in "xyzw")
        {
            command.Options.Add(Number($"--q{part}", $"{part} of the rotation as a quaternion"));
        }

        foreach (var angle in new[] { "roll", "pitch", "yaw" })
        {
            command.Options.Add(Number($"--{angle}", $"{angle} of the rotation, rad"));
        }

        command.Options.Add(new Option<string?>("--frame-id") { Description = "Parent frame", HelpName = "FRAME" });
        command.Options.Add(new Option<string?>("--child-frame-id") { Description = "Child frame", HelpName = "FRAME" });
        return command.OnGraph(
            (session, parsed) => TfStatic.Run(session, StaticOptions(parsed).ToTransform()), fixedName: TfStatic.UniqueNodeName(), offersParameters: true);
    }

    /// <summary>What <c>static</c> was told.</summary>
    internal static StaticTransformOptions StaticOptions(ParseResult parsed) => new()
    {
        X = parsed.GetValue<double?>("--x"),
        Y = parsed.GetValue<double?>("--y"),
        Z = parsed.GetValue<double?>("--z"),
        Qx = parsed.GetValue<double?>("--qx"),
        Qy = parsed.GetValue<double?>("--qy"),
        Qz = parsed.GetValue<double?>("--qz"),
        Qw = parsed.GetValue<double?>("--qw"),
        Roll = parsed.GetValue<double?>("--roll"),
        Pitch = parsed.GetValue<double?>("--pitch"),
        Yaw = parsed.GetValue<double?>("--yaw"),
        Frame = parsed.GetValue<string?>("--frame-id") ?? "",
        Child = parsed.GetValue<string?>("--child-frame-id") ?? "",
        Positional = parsed.GetValue<string[]>("OLD") ?? [],
    };

    private static Option<double?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = name[2..].ToUpperInvariant(),
        CustomParser = result => CommonOptions.ParseNumber<double>(result, "a number", double.IsFinite),
    };

    private static Command CreateMonitor()
    {
        var frames = new Argument<string[]>("FRAME")
        {
            Description = "None for all transforms, or two frames to watch the way between",
            Arity = ArgumentArity.ZeroOrMore,
        };
        frames.Validators.Add(result =>
        {
            if (result.Tokens.Count is not (0 or 2))
            {
                result.AddError($"expected two frames or none, found {result.Tokens.Count}");
            }
        });
        return Named(new Command("monitor", "Delays of transforms and rates of their senders, every ten seconds") { frames }, "tf2_monitor").OnGraph(
            (session, parsed) => TfMonitor.Run(
                session, parsed.GetValue(frames) is [var from, var to] ? (from, to) : null, MonitorPeriod),
            fixedName: "tf2_monitor_main");
    }

    private static Command CreateFrames()
    {
        var wait = new Option<double>("--wait-time", "-t")
        {
            Description = "Seconds to listen",
            HelpName = "S",
            DefaultValueFactory = _ => 5,
            CustomParser = result => CommonOptions.ParseNumber<double>(result, "seconds from 0 to 3600", s => s >= 0 && s <= 3600),
        };
        var output = new Option<string?>("--output", "-o") { Description = "Name of the files without ending; left out: frames_ and the time", HelpName = "NAME" };
        return Named(new Command("frames", "Draw the tree of frames: a .gv file, and a .pdf where Graphviz is installed") { wait, output }, "view_frames").OnGraph(
            (session, parsed) => TfFrames.Run(
                session, TimeSpan.FromSeconds(parsed.GetValue(wait)), parsed.GetValue(output), ChildProcess.FindProgram("dot") is not null),
            fixedName: "view_frames");
    }

    /// <summary>The program's name in ROS is a second name of the command.</summary>
    private static Command Named(Command command, string program)
    {
        command.Aliases.Add(program);
        return command;
    }
}
