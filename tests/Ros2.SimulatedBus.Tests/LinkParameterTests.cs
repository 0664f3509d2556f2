using ROS2.Simulation;

namespace Ros2.SimulatedBus.Tests;

public sealed class LinkParameterTests
{
    [Fact]
    public void Validate_OutOfRangeOrNaN_Throws()
    {
        LinkParameters[] wrong =
        [
            new() { LossProbability = double.NaN },
            new() { LossProbability = 1.01 },
            new() { DuplicationProbability = -0.1 },
            new() { CorruptionProbability = double.PositiveInfinity },
            new() { BandwidthBps = -1 },
            new() { BandwidthBps = double.NaN },
            new() { DelayNs = -1 },
            new() { PacketBytes = 0 },
            new() { QueueBytes = 0 },
        ];
        Assert.All(wrong, p => Assert.Throws<ArgumentOutOfRangeException>(() => new SeededLinkModel(1, p)));
        LinkParameters.Ideal.Validate();
    }

    [Fact]
    public void Partition_Window_IsHalfOpenAndBothWays()
    {
        var links = new SeededLinkModel(1);
        links.Partition("a", "b", 10, 20);

        Assert.True(links.Transmit("a", "b", 1, 9).Delivered);
        Assert.False(links.Transmit("a", "b", 1, 10).Delivered);
        Assert.False(links.Transmit("b", "a", 1, 19).Delivered);
        Assert.True(links.Transmit("b", "a", 1, 20).Delivered);
        Assert.True(links.Transmit("a", "c", 1, 15).Delivered);
        Assert.Throws<ArgumentOutOfRangeException>(() => links.Partition("a", "b", 2, 1));
    }

    [Fact]
    public void Loss_OverManyPackets_IsItsProbability()
    {
        var links = new SeededLinkModel(1, new LinkParameters { LossProbability = 0.3 });
        int lost = Enumerable.Range(0, 10_000).Count(i => !links.Transmit("a", "b", 100, i).Delivered);

        Assert.InRange(lost, 2850, 3150);
    }
}
