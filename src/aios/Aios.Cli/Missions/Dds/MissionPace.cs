namespace Aios.Cli.Missions.Dds;

/// <summary>
/// When the planet takes its next step: a constant rate against the wall. Time that was lost is not made up for beyond a
/// few steps, so that rovers never see mission time leap.
/// </summary>
/// <param name="rate">Mission time over time on the wall.</param>
/// <param name="stepNs">Mission time of a step, ns.</param>
/// <param name="nowNs">Time on the wall at the first step, ns.</param>
internal sealed class MissionPace(double rate, long stepNs, long nowNs)
{
    private const int MaxStepsBehind = 4;
    private readonly double _periodNs = stepNs / rate;
    private double _dueNs = nowNs;

    /// <summary>Time on the wall until the next step is due, ns; 0 when it is.</summary>
    public long Remaining(long nowNs) => Math.Max(0, (long)(_dueNs - nowNs));

    /// <summary>A step was taken at this time on the wall.</summary>
    public void Stepped(long nowNs) => _dueNs = Math.Max(_dueNs + _periodNs, nowNs - (MaxStepsBehind * _periodNs));
}

/// <summary>
/// Holds the planet back while a rover's computer has not yet dealt with the time that has passed: on a busy machine the
/// mission runs slower, not worse. A rover that stays silent holds nobody back for long.
/// </summary>
/// <param name="rovers">Number of rovers.</param>
internal sealed class FleetLag(int rovers)
{
    /// <summary>
    /// How far mission time may run ahead of a rover's newest pose, ns: twice the period of the wheel odometry that brings
    /// a pose about, and so little that no sensor's queue overflows meanwhile.
    /// </summary>
    public const long AllowedNs = 100_000_000;

    /// <summary>The same before the first pose, which takes the landing survey and wheel odometry after it.</summary>
    public const long AllowedAtStartNs = 500_000_000;

    /// <summary>
    /// How long a silent rover is waited for, ns on the wall: longer than a process is kept from the CPU on a machine that
    /// others use too. Where a program supervises the mission, a process that died ends it before that.
    /// </summary>
    public const long PatienceNs = 5_000_000_000;

    private readonly long[] _heardNs = new long[rovers];
    private readonly long[] _changedNs = new long[rovers];

    /// <summary>Whether to wait with the next step.</summary>
    /// <param name="missionNs">Mission time.</param>
    /// <param name="wallNs">Time on the wall.</param>
    /// <param name="heardNs">
    /// Stamp of the newest pose of a rover, by index, 0 before the first; null for one that will not speak again.
    /// </param>
    public bool Holds(long missionNs, long wallNs, Func<int, long?> heardNs)
    {
        var holds = false;
        for (var i = 0; i < _heardNs.Length; i++)
        {
            if (heardNs(i) is not { } heard)
            {
                continue;
            }

            if (heard != _heardNs[i] || _changedNs[i] == 0)
            {
                _heardNs[i] = heard;
                _changedNs[i] = wallNs;
            }

            var allowedNs = heard == 0 ? AllowedAtStartNs : AllowedNs;
            holds |= missionNs - heard > allowedNs && wallNs - _changedNs[i] < PatienceNs;
        }

        return holds;
    }
}
