namespace ROS2;

/// <summary>What was measured of a topic. Times in seconds, sizes in bytes.</summary>
/// <param name="Rate">Of times: messages per second. Of sizes: bytes per second. Of delays: NaN.</param>
/// <param name="Mean">Mean of the values.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="StandardDeviation">Spread of the values.</param>
/// <param name="Count">Values in the window.</param>
public sealed record TopicMeasure(double Rate, double Mean, double Min, double Max, double StandardDeviation, int Count);

/// <summary>Rate of a topic from the times between its messages, as <c>ros2 topic hz</c> measures it. For one thread.</summary>
/// <param name="window">Times between messages that count, at least 1.</param>
public sealed class TopicRate(int window)
{
    private readonly WindowStatistics _periods = new(window);
    private long _lastNs = -1;
    private bool _hasNews;

    /// <summary>A message came.</summary>
    /// <param name="nowNs">Time of arrival, nanoseconds; one before the last begins anew, as simulated time may.</param>
    public void Add(long nowNs)
    {
        if (_lastNs >= 0 && nowNs >= _lastNs)
        {
            _periods.Add((nowNs - _lastNs) * 1e-9);
            _hasNews = true;
        }
        else
        {
            _periods.Clear();
        }

        _lastNs = nowNs;
    }

    /// <summary>The measure; null when nothing came since it was last taken.</summary>
    public TopicMeasure? Take()
    {
        if (!_hasNews || _periods.Count == 0)
        {
            return null;
        }

        _hasNews = false;
        double mean = _periods.Mean;
        return new TopicMeasure(mean > 0 ? 1 / mean : 0, mean, _periods.Min, _periods.Max, _periods.StandardDeviation, _periods.Count);
    }
}

/// <summary>Bandwidth of a topic from the sizes of its messages, as <c>ros2 topic bw</c> measures it. For one thread.</summary>
/// <param name="window">Messages that count, at least 2.</param>
public sealed class TopicBandwidth(int window)
{
    private readonly WindowStatistics _sizes = new(window);
    private readonly Queue<long> _times = new();

    /// <summary>A message came.</summary>
    /// <param name="nowNs">Time of arrival, nanoseconds.</param>
    /// <param name="bytes">Its serialized size.</param>
    public void Add(long nowNs, int bytes)
    {
        _times.Enqueue(nowNs);
        _sizes.Add(bytes);
        if (_times.Count > _sizes.Count)
        {
            _times.Dequeue();
        }
    }

    /// <summary>The measure; null with fewer than two messages or when time went back.</summary>
    /// <param name="nowNs">Time, nanoseconds.</param>
    public TopicMeasure? Measure(long nowNs)
    {
        if (_sizes.Count < 2)
        {
            return null;
        }

        if (nowNs <= _times.Peek())
        {
            _times.Clear();
            _sizes.Clear();
            return null;
        }

        double seconds = (nowNs - _times.Peek()) * 1e-9;
        return new TopicMeasure(_sizes.Sum / seconds, _sizes.Mean, _sizes.Min, _sizes.Max, _sizes.StandardDeviation, _sizes.Count);
    }
}

/// <summary>Age of a topic's messages by the stamps in their headers, as <c>ros2 topic delay</c> measures it. For one thread.</summary>
/// <param name="window">Messages that count, at least 1.</param>
public sealed class TopicDelay(int window)
{
    private readonly WindowStatistics _delays = new(window);
    private bool _hasNews;

    /// <summary>Whether any message came.</summary>
    public bool HasAny => _delays.Count > 0;

    /// <summary>A message came.</summary>
    /// <param name="nowNs">Time of arrival, nanoseconds.</param>
    /// <param name="stampNs">The header's stamp, nanoseconds on the same clock.</param>
    public void Add(long nowNs, long stampNs)
    {
        _delays.Add((nowNs - stampNs) * 1e-9);
        _hasNews = true;
    }

    /// <summary>The measure; null when nothing came since it was last taken.</summary>
    public TopicMeasure? Take()
    {
        if (!_hasNews)
        {
            return null;
        }

        _hasNews = false;
        return new TopicMeasure(double.NaN, _delays.Mean, _delays.Min, _delays.Max, _delays.StandardDeviation, _delays.Count);
    }
}
