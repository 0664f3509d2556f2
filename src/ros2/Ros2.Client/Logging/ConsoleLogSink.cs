using System.Globalization;

namespace ROS2;

/// <summary>Writes records in rcutils' default form to standard error: <c>[INFO] [12.345678901] [node]: text</c>.</summary>
public sealed class ConsoleLogSink : ILogSink
{
    /// <summary>The one instance.</summary>
    public static ConsoleLogSink Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(in LogRecord record) => Console.Error.WriteLine(Format(record));

    /// <summary>One record as one line.</summary>
    public static string Format(in LogRecord record)
    {
        long seconds = Math.DivRem(record.StampNs, Nanoseconds.PerSecond, out long rest);
        string level = record.Level.ToString().ToUpperInvariant();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{level}] [{seconds}.{rest:d9}] [{record.Name}]: {record.Message}");
    }
}
