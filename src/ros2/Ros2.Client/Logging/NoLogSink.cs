namespace ROS2;

/// <summary>Writes nothing.</summary>
internal sealed class NoLogSink : ILogSink
{
    public static NoLogSink Instance { get; } = new();

    public void Write(in LogRecord record)
    {
    }
}
