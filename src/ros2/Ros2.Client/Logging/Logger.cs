using System.Runtime.CompilerServices;

namespace ROS2;

/// <summary>
/// Log of a node: to the context's sink and to <c>/rosout</c>. Records below the level cost one comparison; build
/// expensive texts behind <see cref="IsEnabled"/>. Safe from any thread of a threaded transport.
/// </summary>
public sealed class Logger
{
    private readonly Clock _clock;
    private readonly ILogSink _sink;

    internal Logger(string name, Clock clock, ILogSink sink, LogLevel level)
    {
        Name = name;
        Level = level;
        _clock = clock;
        _sink = sink;
    }

    /// <summary>Namespace and node name separated by dots, <c>rover_1.localiser</c>.</summary>
    public string Name { get; }

    /// <summary>Lowest severity that is logged.</summary>
    public LogLevel Level { get; set; }

    /// <summary>Takes each record to <c>/rosout</c>; set by the node.</summary>
    internal ILogSink? Rosout { get; set; }

    /// <summary>Whether a record of this severity would be logged.</summary>
    public bool IsEnabled(LogLevel level) => level >= Level;

    /// <summary>Logs for developers.</summary>
    /// <param name="message">The text.</param>
    /// <param name="file">Leave it to the compiler, as the ones after it.</param>
    /// <param name="function">The method that logs.</param>
    /// <param name="line">The line that logs.</param>
    public void Debug(
        string message, [CallerFilePath] string file = "", [CallerMemberName] string function = "", [CallerLineNumber] int line = 0) =>
        Log(LogLevel.Debug, message, file, function, line);

    /// <summary>Logs the normal course of events.</summary>
    /// <param name="message">The text.</param>
    /// <param name="file">Leave it to the compiler, as the ones after it.</param>
    /// <param name="function">The method that logs.</param>
    /// <param name="line">The line that logs.</param>
    public void Info(
        string message, [CallerFilePath] string file = "", [CallerMemberName] string function = "", [CallerLineNumber] int line = 0) =>
        Log(LogLevel.Info, message, file, function, line);

    /// <summary>Logs something unexpected.</summary>
    /// <param name="message">The text.</param>
    /// <param name="file">Leave it to the compiler, as the ones after it.</param>
    /// <param name="function">The method that logs.</param>
    /// <param name="line">The line that logs.</param>
    public void Warn(
        string message, [CallerFilePath] string file = "", [CallerMemberName] string function = "", [CallerLineNumber] int line = 0) =>
        Log(LogLevel.Warn, message, file, function, line);

    /// <summary>Logs a failure.</summary>
    /// <param name="message">The text.</param>
    /// <param name="file">Leave it to the compiler, as the ones after it.</param>
    /// <param name="function">The method that logs.</param>
    /// <param name="line">The line that logs.</param>
    public void Error(
        string message, [CallerFilePath] string file = "", [CallerMemberName] string function = "", [CallerLineNumber] int line = 0) =>
        Log(LogLevel.Error, message, file, function, line);

    /// <summary>Logs the end.</summary>
    /// <param name="message">The text.</param>
    /// <param name="file">Leave it to the compiler, as the ones after it.</param>
    /// <param name="function">The method that logs.</param>
    /// <param name="line">The line that logs.</param>
    public void Fatal(
        string message, [CallerFilePath] string file = "", [CallerMemberName] string function = "", [CallerLineNumber] int line = 0) =>
        Log(LogLevel.Fatal, message, file, function, line);

    /// <summary>Logs with a severity.</summary>
    /// <inheritdoc cref="Debug"/>
    public void Log(
        LogLevel level,
        string message,
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0)
    {
        if (!IsEnabled(level))
        {
            return;
        }

        var record = new LogRecord(_clock.NowNanoseconds, level, Name, message)
        {
            File = NameOf(file),
            Function = function,
            Line = (uint)line,
        };
        _sink.Write(record);
        Rosout?.Write(record);
    }

    /// <summary>Logs unless the same throttle logged within its period.</summary>
    /// <inheritdoc cref="Debug"/>
    public void Log(
        LogLevel level,
        LogThrottle throttle,
        string message,
        [CallerFilePath] string file = "",
        [CallerMemberName] string function = "",
        [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(throttle);
        if (IsEnabled(level) && throttle.TryPass(_clock.NowNanoseconds))
        {
            Log(level, message, file, function, line);
        }
    }

    // Of a path of any system, for a program may have been compiled elsewhere.
    private static string NameOf(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}

/// <summary>Lets one record through per period; keep one per place that logs in a loop. Not thread-safe.</summary>
/// <param name="period">Shortest time between two records.</param>
public sealed class LogThrottle(TimeSpan period)
{
    private long _lastNs;
    private bool _started;

    /// <summary>Records held back since the last one that passed.</summary>
    public int Suppressed { get; private set; }

    internal bool TryPass(long nowNs)
    {
        bool isTooSoon = _started && nowNs >= _lastNs && nowNs - _lastNs < Nanoseconds.From(period);
        if (isTooSoon)
        {
            Suppressed++;
            return false;
        }

        _started = true;
        _lastNs = nowNs;
        Suppressed = 0;
        return true;
    }
}
