using System.Globalization;
using System.Text;

namespace ROS2;

/// <summary>
/// Writes records to standard error, in rcutils' default form <c>[INFO] [12.345678901] [node]: text</c> unless its variables
/// say otherwise: <c>RCUTILS_CONSOLE_OUTPUT_FORMAT</c>, <c>RCUTILS_COLORIZED_OUTPUT</c>, <c>RCUTILS_LOGGING_USE_STDOUT</c>.
/// </summary>
public sealed class ConsoleLogSink : ILogSink
{
    /// <summary>The form without a word from the user.</summary>
    public const string DefaultFormat = "[{severity}] [{time}] [{name}]: {message}";

    private const string Reset = "\e[0m";

    private readonly TextWriter _output;
    private readonly string _format;
    private readonly bool _isColoured;

    /// <summary>Writes in one form.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="format">
    /// Text with <c>{severity}</c>, <c>{name}</c>, <c>{message}</c>, <c>{time}</c> (seconds), <c>{time_as_nanoseconds}</c> and
    /// <c>{date_time_with_ms}</c>, <c>{file_name}</c>, <c>{line_number}</c> and <c>{function_name}</c>; what is in other braces stays. <c>\n</c>, <c>\t</c> and <c>\r</c> stand for those characters.
    /// </param>
    /// <param name="isColoured">Whether each line has its severity's colour.</param>
    public ConsoleLogSink(TextWriter output, string format = DefaultFormat, bool isColoured = false)
    {
        ArgumentNullException.ThrowIfNull(format);
        _output = output;
        _format = format.Replace(@"\n", "\n", StringComparison.Ordinal).Replace(@"\t", "\t", StringComparison.Ordinal).Replace(@"\r", "\r", StringComparison.Ordinal);
        _isColoured = isColoured;
    }

    /// <summary>As the variables of this process say.</summary>
    public static ConsoleLogSink Instance { get; } = Create(Environment.GetEnvironmentVariable, Console.Out, Console.Error);

    /// <summary>As variables say; one that is wrong is told on <paramref name="error"/> and does not count.</summary>
    /// <param name="variable">Value of an environment variable; null when unset.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    public static ConsoleLogSink Create(Func<string, string?> variable, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(error);
        bool useOutput = Flag("RCUTILS_LOGGING_USE_STDOUT") ?? false;
        bool isTerminal = useOutput ? !Console.IsOutputRedirected : !Console.IsErrorRedirected;
        string? format = variable("RCUTILS_CONSOLE_OUTPUT_FORMAT");
        return new ConsoleLogSink(
            useOutput ? output : error,
            string.IsNullOrEmpty(format) ? DefaultFormat : format,
            Flag("RCUTILS_COLORIZED_OUTPUT") ?? (isTerminal && ReferenceEquals(error, Console.Error)));

        bool? Flag(string name)
        {
            string? value = variable(name);
            if (value is null or "" or "0" or "1")
            {
                return string.IsNullOrEmpty(value) ? null : value == "1";
            }

            error.WriteLine($"{name}={value}: expected 0 or 1; it does not count");
            return null;
        }
    }

    /// <inheritdoc/>
    public void Write(in LogRecord record)
    {
        string line = Format(record, _format);
        _output.WriteLine(_isColoured ? Colour(record.Level) + line + Reset : line);
    }

    /// <summary>One record in the default form.</summary>
    public static string Format(in LogRecord record) => Format(record, DefaultFormat);

    private static string Format(in LogRecord record, string format)
    {
        var text = new StringBuilder();
        int at = 0;
        while (at < format.Length)
        {
            int end = format[at] == '{' ? format.IndexOf('}', at) : -1;
            if (end > 0 && Value(record, format[(at + 1)..end]) is { } value)
            {
                text.Append(value);
                at = end + 1;
            }
            else
            {
                text.Append(format[at++]);
            }
        }

        return text.ToString();
    }

    private static string? Value(in LogRecord record, string token)
    {
        long seconds = Math.DivRem(record.StampNs, Nanoseconds.PerSecond, out long rest);
        return token switch
        {
            "severity" => record.Level.ToString().ToUpperInvariant(),
            "name" => record.Name,
            "message" => record.Message,
            "time" => string.Create(CultureInfo.InvariantCulture, $"{seconds}.{rest:d9}"),
            "time_as_nanoseconds" => record.StampNs.ToString(CultureInfo.InvariantCulture),
            "date_time_with_ms" => DateTime.UnixEpoch.AddTicks(record.StampNs / 100).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            "file_name" => record.File,
            "function_name" => record.Function,
            "line_number" => record.Line.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static string Colour(LogLevel level) => level switch
    {
        LogLevel.Debug => "\e[32m",
        LogLevel.Warn => "\e[33m",
        LogLevel.Error or LogLevel.Fatal => "\e[31m",
        _ => Reset,
    };
}
