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
    private readonly LogLevels _levels;
    private readonly Func<string, LogLevel> _given;
    private readonly Logger _top;
    private ILogSink? _rosout;
    private LogLevel _level;
    private int _version;

    /// <summary>A node's logger.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="clock">Stamps the records.</param>
    /// <param name="sink">Gets them.</param>
    /// <param name="levels">Levels set while the program runs.</param>
    /// <param name="given">Level of the command line for a name.</param>
    internal Logger(string name, Clock clock, ILogSink sink, LogLevels levels, Func<string, LogLevel> given)
    {
        Name = name;
        (_clock, _sink, _levels, _given, _top) = (clock, sink, levels, given, this);
        _version = levels.Version - 1;
    }

    private Logger(Logger parent, string suffix)
        : this($"{parent.Name}.{suffix}", parent._clock, parent._sink, parent._levels, parent._given) => _top = parent._top;

    /// <summary>Namespace and node name separated by dots, <c>rover_1.localiser</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// Lowest severity that is logged: what was set for this logger, else for the nearest of its ancestors, else what the
    /// command line says. Setting it to <see cref="LogLevel.Unset"/> takes back what was set.
    /// </summary>
    public LogLevel Level
    {
        get
        {
            int version = _levels.Version;
            if (Volatile.Read(ref _version) != version)
            {
                _level = _levels.Effective(Name, _given(Name));
                Volatile.Write(ref _version, version);
            }

            return _level;
        }

        set => _levels.Set(Name, value);
    }

    /// <summary>Takes each record of this logger and its children to <c>/rosout</c>; set by the node.</summary>
    internal ILogSink? Rosout
    {
        get => _top._rosout;
        set => _top._rosout = value;
    }

    /// <summary>A logger for a part of the node: <c>node.part</c>, with a level of its own if one is set.</summary>
    /// <param name="suffix">Name of the part; dots separate further levels.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Logger GetChild(string suffix)
    {
        ArgumentException.ThrowIfNullOrEmpty(suffix);
        return new Logger(this, suffix);
    }

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

    /// <summary>For a record that is logged once in the life of the program.</summary>
    public static LogThrottle Once() => new(TimeSpan.FromTicks(long.MaxValue / Nanoseconds.PerTick));

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
