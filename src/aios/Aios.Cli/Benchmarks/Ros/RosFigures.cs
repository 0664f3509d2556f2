namespace Aios.Cli.Benchmarks.Ros;

/// <summary>How the other program of a comparison waits for messages.</summary>
internal enum PeerWait
{
    /// <summary>It answers in a callback on the thread that receives: no thread has to be woken, and nothing else may block there.</summary>
    Listener,

    /// <summary>A thread of its own waits in a wait set, as rclcpp's and this project's executors do.</summary>
    Waitset,
}

/// <summary>How the other programs are told so.</summary>
internal static class PeerWaitArgument
{
    /// <summary>The word on their command lines.</summary>
    public static string ToArgument(this PeerWait wait) => wait == PeerWait.Waitset ? "waitset" : "listener";
}

/// <summary>Round trips of one message size between two processes.</summary>
/// <param name="Bytes">Payload.</param>
/// <param name="Count">Round trips measured.</param>
/// <param name="P50Us">Median, microseconds.</param>
/// <param name="P99Us">99th percentile, microseconds.</param>
/// <param name="DdsperfP50Us">The same of ddsperf with listeners, its default; null where it is not installed.</param>
public sealed record LatencyFigures(int Bytes, int Count, double P50Us, double P99Us, double? DdsperfP50Us)
{
    /// <summary>Median over that of ddsperf with listeners; lower is better.</summary>
    public double? Ratio => P50Us / DdsperfP50Us;

    /// <summary>Median of ddsperf with wait sets, microseconds; null where it is not installed.</summary>
    public double? DdsperfWaitsetP50Us { get; init; }

    /// <summary>Median over that of ddsperf with wait sets; lower is better.</summary>
    public double? WaitsetRatio => P50Us / DdsperfWaitsetP50Us;
}

/// <summary>Round trips of one message size between two processes on Fast DDS.</summary>
/// <param name="Bytes">Payload.</param>
/// <param name="Count">Round trips measured.</param>
/// <param name="P50Us">Median, microseconds.</param>
/// <param name="P99Us">99th percentile, microseconds.</param>
/// <param name="NativeP50Us">The same of a C++ program with listeners; null where it could not be measured.</param>
public sealed record FastDdsLatencyFigures(int Bytes, int Count, double P50Us, double P99Us, double? NativeP50Us)
{
    /// <summary>Median over that of the C++ program with listeners; lower is better.</summary>
    public double? Ratio => P50Us / NativeP50Us;

    /// <summary>Median of the C++ program with wait sets, microseconds; null where it could not be measured.</summary>
    public double? NativeWaitsetP50Us { get; init; }

    /// <summary>Median over that of the C++ program with wait sets; lower is better.</summary>
    public double? WaitsetRatio => P50Us / NativeWaitsetP50Us;
}

/// <summary>Messages of one size from one process to another, as fast as they go, reliably.</summary>
/// <param name="Bytes">Payload.</param>
/// <param name="MessagesPerSecond">Received.</param>
/// <param name="DdsperfMessagesPerSecond">The same of ddsperf; null where it is not installed.</param>
public sealed record ThroughputFigures(int Bytes, double MessagesPerSecond, double? DdsperfMessagesPerSecond)
{
    /// <summary>Rate over that of ddsperf; higher is better.</summary>
    public double? Ratio => MessagesPerSecond / DdsperfMessagesPerSecond;
}

/// <summary>Time to turn one message into bytes and back.</summary>
/// <param name="Type">Message type.</param>
/// <param name="Bytes">Its size with encapsulation.</param>
/// <param name="SerializeNs">Nanoseconds to write it.</param>
/// <param name="DeserializeNs">Nanoseconds to read it into a message that is reused.</param>
/// <param name="FastCdr">The same of Fast-CDR; null where it is not installed.</param>
public sealed record SerializationFigures(
    string Type, int Bytes, double SerializeNs, double DeserializeNs, FastCdrFigures? FastCdr)
{
    /// <summary>Time to write over that of Fast-CDR; lower is better.</summary>
    public double? SerializeRatio => SerializeNs / FastCdr?.SerializeNs;

    /// <summary>Time to read over that of Fast-CDR; lower is better.</summary>
    public double? DeserializeRatio => DeserializeNs / FastCdr?.DeserializeNs;
}

/// <summary>Fast-CDR's nanoseconds for one message.</summary>
public sealed record FastCdrFigures(double SerializeNs, double DeserializeNs);
