using ROS2.Dds;

namespace Ros2.Dds.Tests;

public sealed class LogRelayTests
{
    [Fact]
    public void Warn_OfLinesThatDifferInNumbersOnly_PassesOne()
    {
        var lines = new List<string>();
        var relay = new LogRelay(lines.Add);

        Assert.True(relay.Warn("data 110a4ff:9dd4:12:3 #17 dropped"));
        Assert.False(relay.Warn("data 110bb00:1234:77:9 #18 dropped"));
        Assert.True(relay.Warn("something else"));

        Assert.Equal(2, lines.Count);
        Assert.Equal(1, relay.Suppressed);
    }

    [Fact]
    public void Warn_OfEndlessKinds_StaysBounded()
    {
        int lines = 0;
        var relay = new LogRelay(_ => lines++);
        for (int i = 0; i < 10_000; i++)
        {
            relay.Warn(new string((char)('g' + (i % 20)), 1 + (i / 20)));
        }

        Assert.InRange(lines, 1, 100);
    }
}
