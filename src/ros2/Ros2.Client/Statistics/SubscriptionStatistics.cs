using ROS2.Transport;
using statistics_msgs.msg;

namespace ROS2;

/// <summary>Publishing what a subscription measures of its messages. Immutable.</summary>
public sealed record TopicStatisticsOptions
{
    /// <summary>The topic of the measurements, <c>statistics_msgs/msg/MetricsMessage</c>.</summary>
    /// <value>Default <c>/statistics</c>.</value>
    public string PublishTopic { get; init; } = "/statistics";

    /// <summary>Time between two of them on steady time; positive.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan PublishPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Quality of service of that topic.</summary>
    /// <value>Default null: <see cref="QosProfile.SystemDefaultProfile"/>.</value>
    public QosProfile? QosProfile { get; init; }
}

/// <summary>
/// Age and period of a subscription's messages in milliseconds of system time, published as rclcpp's topic statistics: mean,
/// least, greatest, standard deviation and count of each window.
/// </summary>
internal sealed class SubscriptionStatistics : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Node _node;
    private readonly Publisher<MetricsMessage> _publisher;
    private readonly Timer _timer;
    private RunningStatistics _age;
    private RunningStatistics _period;
    private long _lastNs;
    private long _windowStartNs;

    public SubscriptionStatistics(Node node, TopicStatisticsOptions options)
    {
        if (!(options.PublishPeriod > TimeSpan.Zero))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.PublishPeriod, "the publish period of topic statistics must be greater than 0");
        }

        _node = node;
        _windowStartNs = NowNs;
        _publisher = node.CreatePublisher<MetricsMessage>(options.PublishTopic, options.QosProfile ?? QosProfile.SystemDefaultProfile);
        _timer = node.CreateWallTimer(options.PublishPeriod, _ => Publish());
    }

    private long NowNs => _node.Context.Clock.NowNanoseconds;

    public void Add(in SampleInfo info)
    {
        long nowNs = NowNs;
        lock (_gate)
        {
            if (info.SourceTimestampNs != 0)
            {
                _age.Add((nowNs - info.SourceTimestampNs) * 1e-6);
            }

            if (_lastNs != 0)
            {
                _period.Add((nowNs - _lastNs) * 1e-6);
            }

            _lastNs = nowNs;
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _publisher.Dispose();
    }

    private void Publish()
    {
        long endNs = NowNs;
        RunningStatistics age;
        RunningStatistics period;
        lock (_gate)
        {
            (age, period) = (_age, _period);
            (_age, _period) = (default, default);
        }

        _publisher.Publish(Message("message_age", age, endNs));
        _publisher.Publish(Message("message_period", period, endNs));
        _windowStartNs = endNs;
    }

    private MetricsMessage Message(string metric, in RunningStatistics values, long endNs)
    {
        var message = new MetricsMessage { MeasurementSourceName = _node.Name, MetricsSource = metric, Unit = "ms" };
        RosTime.Write(message.WindowStart, _windowStartNs);
        RosTime.Write(message.WindowStop, endNs);
        message.Statistics.AddRange(
        [
            Point(StatisticDataType.STATISTICS_DATA_TYPE_AVERAGE, values.Mean),
            Point(StatisticDataType.STATISTICS_DATA_TYPE_MAXIMUM, values.Max),
            Point(StatisticDataType.STATISTICS_DATA_TYPE_MINIMUM, values.Min),
            Point(StatisticDataType.STATISTICS_DATA_TYPE_SAMPLE_COUNT, values.Count),
            Point(StatisticDataType.STATISTICS_DATA_TYPE_STDDEV, values.StandardDeviation),
        ]);
        return message;
    }

    private static StatisticDataPoint Point(byte type, double value) => new() { DataType = type, Data = value };

    /// <summary>Welford's running mean and spread; not a number while empty.</summary>
    private struct RunningStatistics
    {
        private double _mean;
        private double _squares;
        private double _min;
        private double _max;

        public long Count { get; private set; }

        public readonly double Mean => Count > 0 ? _mean : double.NaN;

        public readonly double Min => Count > 0 ? _min : double.NaN;

        public readonly double Max => Count > 0 ? _max : double.NaN;

        public readonly double StandardDeviation => Count > 0 ? Math.Sqrt(_squares / Count) : double.NaN;

        public void Add(double value)
        {
            _min = Count == 0 ? value : Math.Min(_min, value);
            _max = Count == 0 ? value : Math.Max(_max, value);
            Count++;
            double difference = value - _mean;
            _mean += difference / Count;
            _squares += difference * (value - _mean);
        }
    }
}
