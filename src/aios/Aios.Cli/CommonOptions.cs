using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Aios.Cli;

/// <summary>Arguments and options that several verbs share, so that they read alike.</summary>
internal static class CommonOptions
{
    private const int DefaultViewPort = 8780;
    private const int DefaultFoxglovePort = 8765;

    public static Argument<string> Mission() => new("MISSION")
    {
        Description = "Mission file",
        DefaultValueFactory = _ => MissionFiles.Default,
    };

    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of everything left to chance",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result => ParseNumber<ulong>(result, "a whole number of 0 or more"),
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON" };

    public static Option<string> Transport(string fallback)
    {
        var option = new Option<string>("--transport")
        {
            Description = "simulated: one process, virtual time, deterministic; dds: a process per rover, over DDS",
            HelpName = "dds|simulated",
            DefaultValueFactory = _ => fallback,
        };
        option.AcceptOnlyFromAmong("dds", "simulated");
        return option;
    }

    public static Option<string?> Faults()
    {
        var option = new Option<string?>("--faults")
        {
            Description = "Inject a set of faults beside the mission's own. safety: every kind the simulator knows, drawn from the seed, and up to 40 % loss",
            HelpName = "safety",
        };
        option.AcceptOnlyFromAmong("safety");
        return option;
    }

    public static Option<bool> RecordPoints() => new("--record-points") { Description = "Record the lidars' points too (about 15 MB a minute and rover)" };

    public static Option<bool> Film() => new("--film") { Description = "Make film.png in the end: the map as it grew, as an animated PNG of ten seconds" };

    public static Option<double?> Rate() => new("--rate")
    {
        Description = "Mission time over time on the wall to keep to; left out: as fast as it goes, over DDS 4 at most",
        HelpName = "FACTOR",
        CustomParser = result => ParseNumber<double>(result, "a number above 0, up to 1000", value => value > 0 && value <= 1000),
    };

    /// <summary>Asks for the page in the browser, perhaps at a port of its own.</summary>
    public static Option<int?> ViewPort() => Port("--view", "Show the fleet in a browser, on a page at 127.0.0.1");

    /// <summary>Asks for the Foxglove server, perhaps at a port of its own.</summary>
    public static Option<int?> FoxglovePort() => Port("--foxglove", "Serve Foxglove (WebSocket protocol, at 127.0.0.1; usually port 8765)");

    /// <summary>Asks for the nodes that RViz shows.</summary>
    public static Option<bool> Rviz() => new("--rviz") { Description = "Also run the nodes that RViz shows: robot models, wheels, coloured ground, markers, goal tool" };

    private static Option<int?> Port(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 0 ? null : ParseNumber<int>(result, "a port from 1 to 65535", port => port is > 0 and < 65536),
    };

    /// <summary>The port to serve the page at; null when it is not asked for.</summary>
    public static int? ViewPort(ParseResult parsed, Option<int?> option) => parsed.GetResult(option) is null
        ? null
        : parsed.GetValue(option) ?? ChooseViewPort();

    /// <summary>The port to serve Foxglove at; null when it is not asked for.</summary>
    public static int? FoxglovePort(ParseResult parsed, Option<int?> option) => parsed.GetResult(option) is null
        ? null
        : parsed.GetValue(option) ?? Viewing.LoopbackServer.ChoosePort(DefaultFoxglovePort);

    /// <summary>The page's usual port, or any other where that is taken.</summary>
    public static int ChooseViewPort() => Viewing.LoopbackServer.ChoosePort(DefaultViewPort);

    /// <summary>Parses the only token of an option; says what was expected when it cannot.</summary>
    public static T ParseNumber<T>(ArgumentResult result, string expectation, Func<T, bool>? accept = null)
        where T : IParsable<T>
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && (accept is null || accept(value)))
        {
            return value;
        }

        var option = result.Parent is OptionResult parent ? parent.IdentifierToken?.Value : null;
        result.AddError($"{option}: expected {expectation}, found '{text}'");
        return default!;
    }
}
