using Aios.Cli.Missions;
using Aios.Sim;

namespace Aios.Cli.Tests.Missions;

public sealed class TruthHistoryTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(10, true)]
    [InlineData(15, false)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void TryGet_GivesTheStateOfThatStepAlone(long timeNs, bool found)
    {
        var history = new TruthHistory();
        for (var i = 1; i <= 3; i++)
        {
            history.Add(new RoverTruth { TimeNs = 10 * i });
        }

        Assert.Equal(found, history.TryGet(timeNs, out var truth));
        Assert.True(!found || truth.TimeNs == timeNs);
    }

    [Fact]
    public void Add_BeyondTheCapacity_ForgetsTheOldest()
    {
        var history = new TruthHistory();
        for (var i = 0; i <= TruthHistory.Capacity; i++)
        {
            history.Add(new RoverTruth { TimeNs = i });
        }

        Assert.False(history.TryGet(0, out _));
        Assert.True(history.TryGet(1, out _));
        Assert.True(history.TryGet(TruthHistory.Capacity, out _));
    }
}
