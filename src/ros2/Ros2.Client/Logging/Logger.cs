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
    public void Debug(string message) => Log(LogLevel.Debug, message);

    /// <summary>Logs the normal course of events.</summary>
    public void Info(string message) => Log(LogLevel.Info, message);

    /// <summary>Logs something unexpected.</summary>
    public void Warn(string message) => Log(LogLevel.Warn, message);

    /// <summary>Logs a failure.</summary>
    public void Error(string message) => Log(LogLevel.Error, message);

    /// <summary>Logs the end.</summary>
    public void Fatal(string message) => Log(LogLevel.Fatal, message);

    /// <summary>Logs with a severity.</summary>
    public void Log(LogLevel level, string message)
    {
        if (!IsEnabled(level))
        {
            return;
        }

        var record = new LogRecord(_clock.NowNanoseconds, level, Name, message);
        _sink.Write(record);
        Rosout?.Write(record);
    }

    /// <summary>Logs unless the same throttle logged within its period.</summary>
    public void Log(LogLevel level, LogThrottle throttle, string message)
    {
        ArgumentNullException.ThrowIfNull(throttle);
        if (IsEnabled(level) && throttle.TryPass(_clock.NowNanoseconds))
        {
            Log(level, message);
        }
    }
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
