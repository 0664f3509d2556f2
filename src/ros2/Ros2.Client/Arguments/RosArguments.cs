using System.Text.RegularExpressions;

namespace ROS2;

/// <summary>
/// The ROS part of a command line: <c>-r</c>/<c>--remap</c>, <c>-p</c>/<c>--param</c>, <c>--params-file</c>,
/// <c>--log-level</c>, <c>-e</c>/<c>--enclave</c> between <c>--ros-args</c> and <c>--</c>
/// (https://design.ros2.org/articles/ros_command_line_arguments.html). Immutable.
/// </summary>
public sealed class RosArguments
{
    private readonly List<string> _remaining = [];
    private readonly List<RemapRule> _remaps = [];
    private readonly List<ParameterArgument> _parameters = [];
    private readonly List<(string Logger, LogLevel Level)> _logLevels = [];

    private RosArguments()
    {
    }

    /// <summary>No arguments.</summary>
    public static RosArguments Empty { get; } = new();

    /// <summary>Arguments that are not ROS'.</summary>
    public IReadOnlyList<string> Remaining => _remaining;

    /// <summary>Security enclave; <c>/</c> unless given.</summary>
    public string Enclave { get; private set; } = "/";

    /// <summary>Level of loggers that were given none of their own.</summary>
    public LogLevel DefaultLogLevel { get; private set; } = LogLevel.Info;

    /// <summary>Whether log records go to <c>/rosout</c>: <c>--disable-rosout-logs</c> was not given.</summary>
    public bool EnableRosoutLogs { get; private set; } = true;

    /// <summary>Whether log records go to the console or the given sink: <c>--disable-stdout-logs</c> was not given.</summary>
    public bool EnableStdoutLogs { get; private set; } = true;

    internal IReadOnlyList<RemapRule> Remaps => _remaps;

    internal IReadOnlyList<ParameterArgument> Parameters => _parameters;

    /// <summary>Interprets a command line.</summary>
    /// <exception cref="ArgumentException">A ROS argument is wrong; the message names it and says what was expected.</exception>
    public static RosArguments Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var result = new RosArguments();
        bool inside = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!inside || argument is "--" or "--ros-args")
            {
                if (argument == "--ros-args")
                {
                    inside = true;
                }
                else if (inside)
                {
                    inside = false;
                }
                else
                {
                    result._remaining.Add(argument);
                }

                continue;
            }

            i = result.Take(arguments, i);
        }

        return result;
    }

    /// <summary>The level given for a logger or one of its ancestors, else the default.</summary>
    public LogLevel LogLevelOf(string loggerName)
    {
        ArgumentNullException.ThrowIfNull(loggerName);
        LogLevel level = DefaultLogLevel;
        int longest = -1;
        foreach ((string logger, LogLevel given) in _logLevels)
        {
            bool applies = string.Equals(loggerName, logger, StringComparison.Ordinal)
                || loggerName.StartsWith(logger + ".", StringComparison.Ordinal);
            if (applies && logger.Length >= longest)
            {
                longest = logger.Length;
                level = given;
            }
        }

        return level;
    }

    /// <summary>The level given for this very logger; unset when none was.</summary>
    internal LogLevel GivenLogLevel(string loggerName) =>
        _logLevels.FindLast(given => string.Equals(given.Logger, loggerName, StringComparison.Ordinal)).Level;

    private static string Value(IReadOnlyList<string> arguments, int index, string flag) =>
        index + 1 < arguments.Count
            ? arguments[index + 1]
            : throw new ArgumentException($"{flag}: a value was expected after it");

    private static LogLevel ParseLevel(string text, string argument) =>
        Enum.TryParse(text, ignoreCase: true, out LogLevel level) && Enum.IsDefined(level) && !char.IsAsciiDigit(text[0])
            ? level
            : throw new ArgumentException(
                $"--log-level '{argument}': expected debug, info, warn, error, fatal or unset, optionally after LOGGER:=");

    private int Take(IReadOnlyList<string> arguments, int index)
    {
        string flag = arguments[index];
        switch (flag)
        {
            case "-r" or "--remap":
                _remaps.Add(RemapRule.Parse(Value(arguments, index, flag)));
                return index + 1;
            case "-p" or "--param":
                _parameters.Add(ParameterArgument.ParseAssignment(Value(arguments, index, flag)));
                return index + 1;
            case "--params-file":
                _parameters.Add(ParameterArgument.FromFile(Value(arguments, index, flag)));
                return index + 1;
            case "--log-level":
                AddLogLevel(Value(arguments, index, flag));
                return index + 1;
            case "-e" or "--enclave":
                Enclave = Value(arguments, index, flag);
                return index + 1;
            case "--log-config-file" or "--log-file-name":
                _ = Value(arguments, index, flag);
                return index + 1;
            case "--enable-rosout-logs" or "--disable-rosout-logs":
                EnableRosoutLogs = flag[2] == 'e';
                return index;
            case "--enable-stdout-logs" or "--disable-stdout-logs":
                EnableStdoutLogs = flag[2] == 'e';
                return index;
            case "--enable-external-lib-logs" or "--disable-external-lib-logs":
                return index;
            default:
                throw new ArgumentException(
                    $"unknown ROS argument '{flag}': expected -r, -p, --params-file, --log-level or -e, or '--' to end them");
        }
    }

    private void AddLogLevel(string text)
    {
        int split = text.IndexOf(":=", StringComparison.Ordinal);
        if (split < 0)
        {
            DefaultLogLevel = ParseLevel(text, text);
        }
        else if (split == 0)
        {
            throw new ArgumentException($"--log-level '{text}': expected a logger's name before ':='");
        }
        else
        {
            _logLevels.Add((text[..split], ParseLevel(text[(split + 2)..], text)));
        }
    }
}

/// <summary>One <c>-p [node:]name:=value</c> or <c>--params-file path</c>, in the order given: later ones win.</summary>
/// <param name="Node">Only for nodes of this name; null for all.</param>
/// <param name="Name">Parameter's name; null for a file.</param>
/// <param name="Text">YAML of the value, or the file's path.</param>
internal sealed partial record ParameterArgument(string? Node, string? Name, string Text)
{
    /// <exception cref="ArgumentException">It is no assignment, its name is none or its value no YAML; one line.</exception>
    public static ParameterArgument ParseAssignment(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success)
        {
            throw new ArgumentException($"parameter assignment '{text}': expected NAME:=VALUE or NODE:NAME:=VALUE");
        }

        string value = match.Groups["value"].Value;
        _ = ParameterYaml.ParseText(value);
        string? node = match.Groups["node"] is { Success: true } group ? group.Value : null;
        return new ParameterArgument(node, match.Groups["name"].Value, value);
    }

    // rcl's grammar of names: tokens and slashes between dots.
    [GeneratedRegex(@"\A(?:(?<node>[A-Za-z_][A-Za-z0-9_]*):)?(?!__(?:node|ns):)(?<name>[A-Za-z_/][A-Za-z0-9_/]*(?:\.[A-Za-z_/][A-Za-z0-9_/]*)*):=(?<value>.+)\z", RegexOptions.Singleline)]
    private static partial Regex Form();

    public static ParameterArgument FromFile(string path) => new(null, null, path);
}
