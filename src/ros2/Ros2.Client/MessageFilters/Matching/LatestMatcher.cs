namespace ROS2.MessageFilters.Matching;

/// <summary><see cref="LatestTime"/>.</summary>
internal sealed class LatestMatcher : SetMatcher
{
    private readonly Clock _clock;
    private readonly IRosMessage?[] _latest;
    private readonly InputRate?[] _rates;
    private readonly Func<int, RateConfig> _config;

    public LatestMatcher(int inputs, LatestTime policy)
        : base(inputs)
    {
        _clock = policy.Clock;
        _latest = new IRosMessage?[inputs];
        _rates = new InputRate?[inputs];
        _config = policy.RateConfigs.Count switch
        {
            0 => _ => RateConfig.Default,
            1 => _ => policy.RateConfigs[0],
            _ => input => policy.RateConfigs[input],
        };
    }

    public override void Add(int input, IRosMessage message, long stampNs)
    {
        long nowNs = _clock.NowNanoseconds;
        _latest[input] = message;
        if (_rates[input] is not { } rate)
        {
            _rates[input] = new InputRate(_config(input), nowNs);
            return;
        }

        if (rate.Measure(nowNs) && input == FastestInTime(nowNs) && Array.TrueForAll(_latest, m => m is not null))
        {
            Found.Enqueue(new MatchedSet([.. _latest], IsComplete: true));
        }
    }

    /// <summary>The input with the highest rate that is not late, the first of equals; -1 when none has a rate.</summary>
    private int FastestInTime(long nowNs)
    {
        int fastest = -1;
        for (int i = 0; i < Inputs; i++)
        {
            if (_rates[i] is { Hz: > 0 } rate && !rate.IsLate(nowNs) && (fastest < 0 || rate.Hz > _rates[fastest]!.Hz))
            {
                fastest = i;
            }
        }

        return fastest;
    }
}
