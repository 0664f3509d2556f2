namespace Aios.Nodes.Tests;

public sealed class ImuQueueTests
{
    private const long Millisecond = 1_000_000;
    private readonly ImuQueue _queue = new();

    [Fact]
    public void Samples_InOrder_PassAtOnce()
    {
        WheelsAt(-50, 0, 50);
        foreach (var ms in (long[])[60, 80, 100])
        {
            Assert.Equal([ms], Arrive(ms));
        }
    }

    [Fact]
    public void Samples_OnAGridWhereThePeriodAlternates_PassAtOnce()
    {
        WheelsAt(0, 40, 100);
        Assert.Equal([160], Arrive(160));
    }

    [Fact]
    public void Backlog_HandedOutTopicByTopic_IsBroughtBackIntoOrder()
    {
        WheelsAt(-50, 0, 50);

        Assert.Equal([60, 80, 100], Arrive(60, 80, 100, 120, 140, 160, 180));
        Assert.Empty(Before(100));
        WheelsAt(100);
        Assert.Equal([120, 140], Before(150));
        WheelsAt(150);
        Assert.Equal([160, 180], Before(200));
    }

    [Fact]
    public void Samples_WithoutWheels_PassAtOnce() => Assert.Equal([1, 2, 3], Arrive(1, 2, 3));

    [Fact]
    public void Samples_WhenTheWheelsFallSilent_DoNotPileUp()
    {
        WheelsAt(-50, 0, 50);
        var passed = Arrive([.. Enumerable.Range(3, 500).Select(i => 20L * i)]);
        Assert.InRange(passed.Count, 430, 499);
    }

    private void WheelsAt(params ReadOnlySpan<long> milliseconds)
    {
        foreach (var ms in milliseconds)
        {
            _queue.OnWheels(ms * Millisecond);
        }
    }

    private List<long> Arrive(params long[] milliseconds)
    {
        var passed = new List<long>();
        foreach (var ms in milliseconds)
        {
            _queue.Add(new ImuSample(default, default, ms * Millisecond));
            while (_queue.TryTake(out var sample))
            {
                passed.Add(sample.StampNs / Millisecond);
            }
        }

        return passed;
    }

    private List<long> Before(long milliseconds)
    {
        var taken = new List<long>();
        while (_queue.TryTakeUpTo(milliseconds * Millisecond, out var sample))
        {
            taken.Add(sample.StampNs / Millisecond);
        }

        return taken;
    }
}
