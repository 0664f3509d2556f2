using builtin_interfaces.msg;

namespace Aios.Nodes;

/// <summary>Conversions between ROS time stamps and seconds or nanoseconds.</summary>
public static class NodeTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds since the epoch of the stamp's clock.</summary>
    public static long ToNanoseconds(Time stamp) => (stamp.Sec * NanosecondsPerSecond) + stamp.Nanosec;

    /// <summary>Seconds since the epoch of the stamp's clock.</summary>
    public static double ToSeconds(Time stamp) => stamp.Sec + (stamp.Nanosec * 1e-9);

    /// <summary>Seconds of a time in nanoseconds.</summary>
    public static double ToSeconds(long nanoseconds) => nanoseconds * 1e-9;

    /// <summary>Nanoseconds of a time in seconds.</summary>
    public static long FromSeconds(double seconds) => (long)(seconds * NanosecondsPerSecond);

    /// <summary>Writes a time in nanoseconds into a stamp.</summary>
    public static void Write(Time stamp, long nanoseconds)
    {
        stamp.Sec = (int)(nanoseconds / NanosecondsPerSecond);
        stamp.Nanosec = (uint)(nanoseconds % NanosecondsPerSecond);
    }
}
