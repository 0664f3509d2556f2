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
        (message.Sec, message.Nanosec) = Nanoseconds.Split(nanoseconds);
    }

    /// <summary>A new message: a time that much later, or earlier for a negative duration.</summary>
    public static Time Add(Time message, TimeSpan duration) => ToMessage(ToNanoseconds(message) + Nanoseconds.From(duration));

    /// <summary>The time from one moment to another; negative if the second is the earlier. In steps of 100 ns.</summary>
    public static TimeSpan Between(Time from, Time to) => Nanoseconds.ToTimeSpan(ToNanoseconds(to) - ToNanoseconds(from));

    /// <summary>Whether one time is before (negative), at (0) or after (positive) another.</summary>
    public static int Compare(Time a, Time b) => ToNanoseconds(a).CompareTo(ToNanoseconds(b));

    /// <summary>The date of a time since 1970, in steps of 100 ns.</summary>
    public static DateTimeOffset ToDate(Time message) => DateTimeOffset.UnixEpoch + Nanoseconds.ToTimeSpan(ToNanoseconds(message));

    /// <summary>A date as time since 1970.</summary>
    public static Time FromDate(DateTimeOffset date) => ToMessage(Nanoseconds.From(date - DateTimeOffset.UnixEpoch));

    /// <summary>Nanoseconds of a time message.</summary>
    public static long ToNanoseconds(Time message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (message.Sec * Nanoseconds.PerSecond) + message.Nanosec;
    }
}

/// <summary>Conversions between <see cref="TimeSpan"/> and duration messages.</summary>
public static class RosDuration
{
    /// <summary>A new message; negative durations have negative seconds and positive nanoseconds.</summary>
    public static Duration ToMessage(TimeSpan duration)
    {
        var message = new Duration();
        (message.Sec, message.Nanosec) = Nanoseconds.Split(Nanoseconds.From(duration));
        return message;
    }

    /// <summary>A duration message in steps of 100 ns.</summary>
    public static TimeSpan ToTimeSpan(Duration message) => Nanoseconds.ToTimeSpan(ToNanoseconds(message));

    /// <summary>Nanoseconds of a duration message.</summary>
    public static long ToNanoseconds(Duration message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (message.Sec * Nanoseconds.PerSecond) + message.Nanosec;
    }
}
