namespace ROS2;

/// <summary>The source of a clock's time; see https://design.ros2.org/articles/clock_and_time.html.</summary>
public enum ClockType
{
    /// <summary>Time from <c>/clock</c> while a node uses simulated time, else system time.</summary>
    RosTime = 1,

    /// <summary>System time: since 1970, may jump.</summary>
    SystemTime = 2,

    /// <summary>Steady time: from an arbitrary origin, never goes back.</summary>
    SteadyTime = 3,
}

/// <summary>What a time jump was.</summary>
public enum ClockChange
{
    /// <summary>ROS time before and after.</summary>
    RosTimeNoChange = 1,

    /// <summary>System time before, ROS time after.</summary>
    RosTimeActivated = 2,

    /// <summary>ROS time before, system time after.</summary>
    RosTimeDeactivated = 3,

    /// <summary>System time before and after.</summary>
    SystemTimeNoChange = 4,
}

/// <summary>A jump of a clock.</summary>
/// <param name="ClockChange">What kind of jump.</param>
/// <param name="Delta">New time minus old time; zero, as in rcl, when the clock changed between system and ROS time.</param>
public readonly record struct TimeJump(ClockChange ClockChange, TimeSpan Delta);

/// <summary>Called before a clock is set.</summary>
public delegate void PreJumpCallback();

/// <summary>Called after a clock was set.</summary>
public delegate void PostJumpCallback(TimeJump timeJump);

/// <summary>Which jumps are worth a callback.</summary>
public readonly record struct JumpThreshold
{
    /// <summary>Sets all three.</summary>
    /// <param name="onClockChange">Whether a change between system and ROS time is.</param>
    /// <param name="minForward">Smallest forward jump; zero: none.</param>
    /// <param name="minBackward">Smallest backward jump as a negative duration; zero: none.</param>
    public JumpThreshold(bool onClockChange, TimeSpan minForward, TimeSpan minBackward)
    {
        OnClockChange = onClockChange;
        MinForward = minForward;
        MinBackward = minBackward;
    }

    /// <summary>Whether a change between system and ROS time is.</summary>
    public bool OnClockChange { get; }

    /// <summary>Smallest forward jump; zero: none.</summary>
    public TimeSpan MinForward { get; }

    /// <summary>Smallest backward jump as a negative duration; zero: none.</summary>
    public TimeSpan MinBackward { get; }
}

/// <summary>A callback was registered twice.</summary>
public class CallbackAlreadyRegisteredException : Exception
{
    /// <summary>With a message.</summary>
    public CallbackAlreadyRegisteredException(string message)
        : base(message)
    {
    }
}

/// <summary>Conversions between nanoseconds and <see cref="TimeSpan"/>.</summary>
internal static class Nanoseconds
{
    public const long PerSecond = 1_000_000_000;
    public const long PerTick = 100;

    public static long From(TimeSpan duration) => checked(duration.Ticks * PerTick);

    public static TimeSpan ToTimeSpan(long nanoseconds) => new(nanoseconds / PerTick);

    /// <summary>Seconds, which wrap after 2038 as in the messages, and nanoseconds of 0 to 999,999,999.</summary>
    public static (int Seconds, uint Nanoseconds) Split(long nanoseconds)
    {
        (long seconds, long rest) = Math.DivRem(nanoseconds, PerSecond);
        return rest < 0 ? (unchecked((int)(seconds - 1)), (uint)(rest + PerSecond)) : (unchecked((int)seconds), (uint)rest);
    }
}
