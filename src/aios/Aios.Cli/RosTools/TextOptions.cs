using System.CommandLine;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>The options of a command that say how messages are written.</summary>
internal sealed class TextOptions
{
    private const int Truncate = 128;

    private readonly Option<bool> _full = RosOptions.Flag("--full-length", "Arrays and strings in full length", "-f");
    private readonly Option<int?> _length = RosOptions.Count("--truncate-length", FormattableString.Invariant($"Cut arrays and strings to this length; {Truncate} when left out"), "-l");
    private readonly Option<bool> _noArrays = RosOptions.Flag("--no-arr", "Type and length instead of the values of arrays");
    private readonly Option<bool> _noStrings = RosOptions.Flag("--no-str", "Length instead of the text of strings");
    private readonly Option<bool> _flow = RosOptions.Flag("--flow-style", "One message a line, in braces");

    /// <summary>Adds the options to a command.</summary>
    public TextOptions(Command command)
    {
        foreach (var option in (ReadOnlySpan<Option>)[_full, _length, _noArrays, _noStrings, _flow])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was asked for.</summary>
    public MessageTextOptions Read(ParseResult parsed) => new()
    {
        TruncateLength = parsed.GetValue(_full) ? null : parsed.GetValue(_length) ?? Truncate,
        NoArrays = parsed.GetValue(_noArrays),
        NoStrings = parsed.GetValue(_noStrings),
        FlowStyle = parsed.GetValue(_flow),
    };
}
