using builtin_interfaces.msg;

namespace ROS2;

/// <content>What needs generated messages.</content>
public sealed partial class Clock
{
    /// <summary>The time as a new message. Seconds wrap after 2038, as the message type does.</summary>
    public Time Now() => RosTime.ToMessage(NowNanoseconds);
}

/// <summary>Conversions between nanoseconds and time messages.</summary>
public static class RosTime
{
    /// <summary>A new message; times before the origin have negative seconds and positive nanoseconds.</summary>
    public static Time ToMessage(long nanoseconds)
    {
        var message = new Time();
        Write(message, nanoseconds);
        return message;
    }

    /// <summary>Writes a time into a message.</summary>
    public static void Write(Time message, long nanoseconds)
    {
        ArgumentNullException.ThrowIfNull(message);
        long seconds = nanoseconds / Nanoseconds.PerSecond;
        long rest = nanoseconds % Nanoseconds.PerSecond;
        if (rest < 0)
        {
            seconds--;
            rest += Nanoseconds.PerSecond;
        }

        message.Sec = unchecked((int)seconds);
        message.Nanosec = (uint)rest;
    }

    /// <summary>Nanoseconds of a time message.</summary>
    public static long ToNanoseconds(Time message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (message.Sec * Nanoseconds.PerSecond) + message.Nanosec;
    }
}
