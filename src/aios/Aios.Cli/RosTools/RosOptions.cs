using System.CommandLine;
using System.CommandLine.Parsing;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>Options and arguments that the tools share; names as in the ROS command line.</summary>
internal static class RosOptions
{
    public static Option<TimeSpan?> SpinTime() => new("--spin-time")
    {
        Description = "Time to wait for discovery; left out: until nothing new comes, at most 3 s",
        HelpName = "S",
        CustomParser = result => TimeSpan.FromSeconds(CommonOptions.ParseNumber<double>(result, "seconds from 0 to 3600", s => s >= 0 && s <= 3600)),
    };

    public static Option<bool> UseSimTime(bool hasShortName) => Flag("--use-sim-time", "Take the time from /clock", hasShortName ? ["-s"] : []);

    public static Option<int> Window(int fallback) => new("--window", "-w")
    {
        Description = "Messages to measure over",
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => CommonOptions.ParseNumber<int>(result, "a whole number of 2 or more", n => n >= 2),
    };

    public static Option<double?> Seconds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "S",
        CustomParser = result => CommonOptions.ParseNumber<double>(result, "seconds above 0", s => s > 0 && s <= 1e6),
    };

    public static Option<double?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "S",
        CustomParser = result => CommonOptions.ParseNumber<double>(result, "seconds of 0 or more", s => s >= 0 && s <= 9e9),
    };

    public static Option<long?> Nanoseconds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NS",
        CustomParser = result => CommonOptions.ParseNumber<long>(result, "nanoseconds of 0 or more", ns => ns >= 0),
    };

    /// <summary>Options of <c>ros2</c> that take a value and change nothing here, each perhaps with a short name after '|'; hidden from the help.</summary>
    public static void AcceptWithoutEffect(Command command, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            command.Options.Add(new Option<string?>(name.Split('|')[0], name.Split('|')[1..]) { Hidden = true });
        }
    }

    /// <summary>Options of <c>ros2</c> that this command does not have; each is refused with what there is instead.</summary>
    public static void Refuse(Command command, string instead, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var option = new Option<string?>(name) { Hidden = true, Arity = ArgumentArity.ZeroOrOne };
            option.Validators.Add(result => result.AddError($"{name} is not here: {instead}"));
            command.Options.Add(option);
        }
    }

    public static Option<int?> Count(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => CommonOptions.ParseNumber<int>(result, "a whole number of 0 or more", n => n >= 0),
    };

    public static Option<double?> Rate(string description, params string[] aliases) => new("--rate", aliases)
    {
        Description = description,
        HelpName = "HZ",
        CustomParser = result => CommonOptions.ParseNumber<double>(result, "a number above 0, up to 100000", r => r > 0 && r <= 1e5),
    };

    public static Option<bool> Flag(string name, string description, params string[] aliases) => new(name, aliases) { Description = description };

    public static Argument<string> Argument(string name, string description) => new(name) { Description = description };

    /// <summary>A topic's, service's or action's name.</summary>
    public static Argument<string> GraphName(string name, string description)
    {
        var argument = Argument(name, description);
        argument.Validators.Add(RefuseNoNames);
        return argument;
    }

    /// <summary>Names of topics.</summary>
    public static Argument<string[]> GraphNames(string name, string description, ArgumentArity arity)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = arity };
        argument.Validators.Add(RefuseNoNames);
        return argument;
    }

    public static Argument<string?> Optional(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>A node's, topic's or service's name with its leading slash.</summary>
    public static string Absolute(string name) => name.StartsWith('/') ? name : "/" + name;

    private static void RefuseNoNames(ArgumentResult result)
    {
        foreach (var token in result.Tokens)
        {
            try
            {
                RosNames.Expand(token.Value, "node", "/");
            }
            catch (ArgumentException error)
            {
                result.AddError($"{result.Argument.Name}: {error.Message.Split(" (Parameter")[0]}");
            }
        }
    }
}
