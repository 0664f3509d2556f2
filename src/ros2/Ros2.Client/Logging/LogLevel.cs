namespace ROS2;

/// <summary>Severities; values of <c>rcl_interfaces/msg/Log</c>.</summary>
public enum LogLevel
{
    /// <summary>Not set: inherits the default.</summary>
    Unset = 0,

    /// <summary>For developers.</summary>
    Debug = 10,

    /// <summary>Normal course of events.</summary>
    Info = 20,

    /// <summary>Unexpected, but it goes on.</summary>
    Warn = 30,

    /// <summary>Something failed.</summary>
    Error = 40,

    /// <summary>It cannot go on.</summary>
    Fatal = 50,
}

/// <summary>One log record.</summary>
/// <param name="StampNs">Time of the node's clock, nanoseconds.</param>
/// <param name="Level">Severity.</param>
/// <param name="Name">Logger name: namespace and node separated by dots.</param>
/// <param name="Message">The text.</param>
public readonly record struct LogRecord(long StampNs, LogLevel Level, string Name, string Message)
{
    /// <summary>Name of the source file that logged, without folders, so that it is the same wherever it was compiled; or empty.</summary>
    public string File { get; init; } = "";

    /// <summary>The method that logged; or empty.</summary>
    public string Function { get; init; } = "";

    /// <summary>The line in <see cref="File"/>; 0 when not known.</summary>
    public uint Line { get; init; }
}

/// <summary>Receives log records. On a threaded transport from any thread.</summary>
public interface ILogSink
{
    /// <summary>Takes one record. Must not throw.</summary>
    void Write(in LogRecord record);
}
