using ROS2;
using Ros2.Tests.Support;
using statistics_msgs.msg;

namespace Ros2.Client.Tests;

public sealed class StatisticsTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void TopicRate_RegularMessages_IsTheirRateOverTheWindow()
    {
        var rate = new TopicRate(3);
        foreach (long ms in new[] { 0, 1000, 1100, 1200, 1300 })
        {
            rate.Add(ms * Ms);
        }

        TopicMeasure measure = rate.Take()!;
        Assert.Equal((10, 0.1, 0.1, 0.1, 3), (Math.Round(measure.Rate, 9), Math.Round(measure.Mean, 9), Math.Round(measure.Min, 9), Math.Round(measure.Max, 9), measure.Count));
        Assert.Null(rate.Take());
    }

    [Fact]
    public void TopicRate_TimeGoesBack_BeginsAnew()
    {
        var rate = new TopicRate(10);
        rate.Add(5000 * Ms);
        rate.Add(6000 * Ms);
        rate.Add(0);
        rate.Add(500 * Ms);

        Assert.Equal((2, 1), (rate.Take()!.Rate, 1));
    }

    [Fact]
    public void TopicBandwidth_IsBytesOfTheWindowOverItsTime()
    {
        var bandwidth = new TopicBandwidth(2);
        Assert.Null(bandwidth.Measure(0));
        bandwidth.Add(0, 1000);
        Assert.Null(bandwidth.Measure(1));
        bandwidth.Add(1000 * Ms, 100);
        bandwidth.Add(2000 * Ms, 300);

        TopicMeasure measure = bandwidth.Measure(3000 * Ms)!;
        Assert.Equal((200, 200, 100, 300, 100, 2), (measure.Rate, measure.Mean, measure.Min, measure.Max, measure.StandardDeviation, measure.Count));
        Assert.Null(bandwidth.Measure(0));
    }

    [Fact]
    public void TopicDelay_IsArrivalMinusStamp()
    {
        var delay = new TopicDelay(10);
        Assert.False(delay.HasAny);
        delay.Add(2000 * Ms, 1000 * Ms);
        delay.Add(5000 * Ms, 2000 * Ms);

        TopicMeasure measure = delay.Take()!;
        Assert.Equal((2, 1, 3, 1), (measure.Mean, measure.Min, measure.Max, measure.StandardDeviation));
        Assert.True(delay.HasAny);
        Assert.Null(delay.Take());
    }

    [Fact]
    public void Subscription_WithTopicStatistics_PublishesAgeAndPeriod()
    {
        using var graph = new TestGraph(options: new ROS2.Simulation.SimulatedBusOptions { SystemEpochNs = 1000 * Ms });
        var metrics = new List<MetricsMessage>();
        graph.Node("c", "watcher").CreateSubscription<MetricsMessage>("/statistics", metrics.Add);
        Node talker = graph.Node("a", "talker");
        Publisher<std_msgs.msg.Int32> publisher = talker.CreatePublisher<std_msgs.msg.Int32>("x");
        Subscription<std_msgs.msg.Int32> subscription = graph.Node("b", "listener").CreateSubscription<std_msgs.msg.Int32>(
            "x", _ => { }, null, new SubscriptionOptions { TopicStatistics = new TopicStatisticsOptions() });
        talker.CreateTimer(TimeSpan.FromMilliseconds(300), _ => publisher.Publish(new std_msgs.msg.Int32()));
        graph.Bus.RunUntil(1001 * Ms);
        subscription.Dispose();
        graph.Bus.RunUntil(5000 * Ms);

        Assert.Equal(
            [("listener", "message_age", "ms"), ("listener", "message_period", "ms")],
            metrics.Select(m => (m.MeasurementSourceName, m.MetricsSource, m.Unit)));
        Assert.Equal(1000 * Ms, RosTime.ToNanoseconds(metrics[0].WindowStop) - RosTime.ToNanoseconds(metrics[0].WindowStart));
        Dictionary<byte, double> period = metrics[1].Statistics.ToDictionary(point => point.DataType, point => point.Data);
        Assert.Equal((300, 300, 300, 2), (
            Math.Round(period[StatisticDataType.STATISTICS_DATA_TYPE_AVERAGE]),
            Math.Round(period[StatisticDataType.STATISTICS_DATA_TYPE_MINIMUM]),
            Math.Round(period[StatisticDataType.STATISTICS_DATA_TYPE_MAXIMUM]),
            period[StatisticDataType.STATISTICS_DATA_TYPE_SAMPLE_COUNT]));
        Assert.Equal(0, period[StatisticDataType.STATISTICS_DATA_TYPE_STDDEV], 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => talker.CreateSubscription<std_msgs.msg.Int32>(
            "x", _ => { }, null, new SubscriptionOptions { TopicStatistics = new TopicStatisticsOptions { PublishPeriod = TimeSpan.Zero } }));
    }

    [Fact]
    public void WindowStatistics_WithoutValues_IsNaN()
    {
        var window = new WindowStatistics(2);
        Assert.True(double.IsNaN(window.Mean) && double.IsNaN(window.Min) && double.IsNaN(window.Max) && double.IsNaN(window.StandardDeviation));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WindowStatistics(0));
    }
}
