using System.Diagnostics;

namespace Aios.Cli.Viewing;

/// <summary>Mission time over time on the wall: what was asked for at the start, and what somebody watching changed since.</summary>
/// <remarks>Set from any thread; <see cref="Keep"/> is for the thread that runs the mission.</remarks>
internal sealed class ViewPace(double? rate)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(30);

    // A mission that fell behind catches up by this much and no more.
    private const double MostBehindS = 0.25;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private double _rate = rate ?? 0;
    private bool _paused;
    private long _lastNs;
    private double _dueS;

    /// <summary>0: as fast as it goes.</summary>
    public double Rate
    {
        get => Volatile.Read(ref _rate);
        set => Volatile.Write(ref _rate, value);
    }

    public bool IsPaused
    {
        get => Volatile.Read(ref _paused);
        set => Volatile.Write(ref _paused, value);
    }

    /// <summary>Returns when mission time may go on.</summary>
    /// <param name="nowNs">Mission time.</param>
    /// <param name="cancel">Ends the wait.</param>
    public void Keep(long nowNs, CancellationToken cancel)
    {
        var rate = Rate;
        var passed = (nowNs - _lastNs) * 1e-9;
        _lastNs = nowNs;
        _dueS = Math.Max(_dueS + (rate > 0 ? passed / rate : 0), _watch.Elapsed.TotalSeconds - MostBehindS);
        while (!cancel.IsCancellationRequested)
        {
            var left = TimeSpan.FromSeconds(_dueS - _watch.Elapsed.TotalSeconds);
            if (!IsPaused && (left <= TimeSpan.Zero || !(Rate > 0)))
            {
                break;
            }

            cancel.WaitHandle.WaitOne(IsPaused || left > Look ? Look : left);
        }
    }
}
