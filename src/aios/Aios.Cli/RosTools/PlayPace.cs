using Clock = ROS2.Clock;

namespace Aios.Cli.RosTools;

/// <summary>Recorded time while a bag plays: runs at a rate, stands still when paused, jumps.</summary>
/// <param name="clock">Steady time.</param>
/// <param name="startNs">Recorded time to begin with.</param>
/// <param name="rate">Times as fast as it was recorded.</param>
internal sealed class PlayPace(Clock clock, long startNs, double rate)
{
    private long _fromNs = clock.NowNanoseconds;
    private long _recordedNs = startNs;
    private double _rate = rate;
    private bool _isPaused;

    /// <summary>Recorded time now.</summary>
    public long NowNs => _recordedNs + (_isPaused ? 0 : (long)((clock.NowNanoseconds - _fromNs) * _rate));

    /// <summary>Goes on at another rate, or stands still.</summary>
    public void SetRate(double rate, bool isPaused)
    {
        if (rate != _rate || isPaused != _isPaused)
        {
            JumpTo(NowNs);
            (_rate, _isPaused) = (rate, isPaused);
        }
    }

    /// <summary>Goes on from another moment.</summary>
    public void JumpTo(long recordedNs) => (_recordedNs, _fromNs) = (recordedNs, clock.NowNanoseconds);

    /// <summary>Time until a moment of recorded time; not negative.</summary>
    public TimeSpan Until(long recordedNs) => TimeSpan.FromTicks(Math.Max(0, (long)((recordedNs - NowNs) / _rate / 100)));
}
