namespace ROS2.MessageFilters.Matching;

/// <summary>Exponential average of the rate of an input, which begins anew when the rate changes in a step.</summary>
/// <param name="config">Weights.</param>
/// <param name="startNs">When its first message came.</param>
internal sealed class InputRate(RateConfig config, long startNs)
{
    private long _lastNs = startNs;
    private double _error;
    private bool _hasError;

    /// <summary>Messages a second; 0 before the second message.</summary>
    public double Hz { get; private set; }

    /// <summary>Takes in that a message came; false while time stands still.</summary>
    public bool Measure(long nowNs)
    {
        double seconds = (nowNs - _lastNs) * 1e-9;
        if (!(seconds > 0))
        {
            return false;
        }

        double hz = 1.0 / seconds;
        double deviation = Math.Abs(Hz - hz);
        if (Hz == 0 || (_hasError && deviation > config.RateStepChangeMarginFactor * _error))
        {
            (Hz, _hasError) = (hz, false);
        }
        else
        {
            _error = _hasError ? (config.ErrorEmaAlpha * deviation) + ((1 - config.ErrorEmaAlpha) * _error) : deviation;
            _hasError = true;
            Hz = (config.RateEmaAlpha * hz) + ((1 - config.RateEmaAlpha) * Hz);
        }

        _lastNs = nowNs;
        return true;
    }

    /// <summary>Whether its next message should have come, by more than what its times vary.</summary>
    public bool IsLate(long nowNs)
    {
        double seconds = (nowNs - _lastNs) * 1e-9;
        return seconds != 0 && _hasError && Hz - (1.0 / seconds) > config.RateStepChangeMarginFactor * _error;
    }
}
