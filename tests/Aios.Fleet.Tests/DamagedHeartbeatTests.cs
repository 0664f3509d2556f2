namespace Aios.Fleet.Tests;

/// <summary>Heartbeats whose numbers leap: damaged unseen, or after a restart.</summary>
public sealed class DamagedHeartbeatTests
{
    private static readonly FailureDetectorOptions Options = new();

    private static HeartbeatStream Heard(ulong count)
    {
        var stream = new HeartbeatStream(Options);
        for (ulong i = 1; i <= count; i++)
        {
            Assert.True(stream.ObserveDirect(1, i, (long)i * Options.PeriodNs));
        }

        return stream;
    }

    [Theory]
    [InlineData(1u, 1UL << 40)]
    [InlineData(1u << 20, 51UL)]
    [InlineData(0u, 51UL)]
    public void ObserveDirect_OneDamagedHeartbeat_ChangesNothing(uint incarnation, ulong sequence)
    {
        var stream = Heard(50);

        Assert.False(stream.ObserveDirect(incarnation, sequence, 51 * Options.PeriodNs));

        Assert.True(stream.ObserveDirect(1, 52, 52 * Options.PeriodNs));
        Assert.Equal((1u, 52UL), (stream.Incarnation, stream.Sequence));
    }

    [Fact]
    public void ObserveDirect_ARestartedPeer_IsKnownByItsSecondHeartbeat()
    {
        var stream = Heard(50);

        Assert.False(stream.ObserveDirect(12, 1, 60 * Options.PeriodNs));
        Assert.True(stream.ObserveDirect(12, 2, 61 * Options.PeriodNs));

        Assert.Equal((12u, 2UL), (stream.Incarnation, stream.Sequence));
    }

    [Fact]
    public void ObserveDirect_FirstHeartbeatDamaged_IsMadeGoodByTheNextTwo()
    {
        var stream = new HeartbeatStream(Options);
        Assert.True(stream.ObserveDirect(1, 1UL << 40, 0));

        Assert.False(stream.ObserveDirect(1, 2, Options.PeriodNs));
        Assert.True(stream.ObserveDirect(1, 3, 2 * Options.PeriodNs));

        Assert.Equal(3UL, stream.Sequence);
    }

    [Fact]
    public void ObserveDirect_ALateDuplicate_IsNoNewsAndNoLeap()
    {
        var stream = Heard(50);

        Assert.False(stream.ObserveDirect(1, 48, 51 * Options.PeriodNs));
        Assert.True(stream.ObserveDirect(1, 51, 51 * Options.PeriodNs));
    }
}
