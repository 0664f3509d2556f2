namespace Aios.Sim;

/// <summary>When a sensor with a rate is due, on a fixed-step clock.</summary>
internal struct SensorClock
{
    private readonly long _periodNs;
    private long _nextNs;

    /// <param name="rateHz">Reports per second; 0 or less: never due.</param>
    /// <param name="phase">Where in the first period the first report falls, [0, 1): spreads a fleet's scans over time.</param>
    public SensorClock(double rateHz, double phase)
    {
        _periodNs = rateHz > 0.0 ? (long)Math.Round(1e9 / rateHz) : long.MaxValue;
        _nextNs = rateHz > 0.0 ? (long)(phase * _periodNs) : long.MaxValue;
    }

    /// <summary>True once per period; reports that were missed are not made up for.</summary>
    public bool Due(long nowNs)
    {
        if (nowNs < _nextNs)
        {
            return false;
        }

        long late = (nowNs - _nextNs) / _periodNs;
        _nextNs += (late + 1) * _periodNs;
        return true;
    }
}
