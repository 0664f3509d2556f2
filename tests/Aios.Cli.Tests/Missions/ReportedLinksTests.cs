using aios_interfaces.msg;
using Aios.Cli.Missions.Dds;
using Aios.Sim;
using ROS2.Simulation;

namespace Aios.Cli.Tests.Missions;

public sealed class ReportedLinksTests
{
    private const long Second = 1_000_000_000;
    private readonly ReportedLinks _links = new(new RadioModel(), 1);

    [Fact]
    public void Link_BeforeTheFirstReport_IsIdeal() => Assert.Equal(new LinkOutcome(true, 0), Transmit(5000, 0));

    [Fact]
    public void Link_ReportedDown_LosesEverythingUntilItIsUp()
    {
        Report(link => link.Up = false);
        Assert.False(Transmit(1, 0).Delivered);
        Assert.True(_links.Transmit("rover_1", "rover_2", 1, 0).Delivered);

        Report(_ => { });
        Assert.True(Transmit(1, Second).Delivered);
    }

    [Fact]
    public void Message_TakesItsTimeOnTheAirAndTheDelay() => Assert.Equal(
        (long)(((8 * 1250 / 1e5) + 0.02) * Second), Transmit(Reported(link => (link.Bandwidth, link.Delay) = (1e5f, 0.02f)), 1250, 0).DelayNs, 1000.0);

    [Fact]
    public void Messages_WaitBehindOneAnother()
    {
        Report(link => link.Bandwidth = 1e5f);
        var first = Transmit(1250, 0).DelayNs;
        Assert.Equal(2 * first, Transmit(1250, 0).DelayNs);
        Assert.Equal(first, Transmit(1250, Second).DelayNs);
    }

    [Fact]
    public void Queue_LongerThanTheRadioHolds_DropsTheNextMessage()
    {
        Report(link => link.Bandwidth = 1000);
        Assert.True(Transmit(1000, 0).Delivered);
        Assert.False(Transmit(1, 0).Delivered);
    }

    [Fact]
    public void Loss_IsThatOfTheReport()
    {
        Report(link => link.Loss = 0.5f);
        var delivered = Enumerable.Range(0, 100_000).Count(i => Transmit(100, i * Second).Delivered);
        Assert.InRange(delivered, 87_000, 88_000); // lost in all three attempts: one in eight
    }

    [Theory]
    [InlineData(float.NaN, 1e6f, 0f)]
    [InlineData(-0.1f, 1e6f, 0f)]
    [InlineData(1.1f, 1e6f, 0f)]
    [InlineData(0f, float.NaN, 0f)]
    [InlineData(0f, 0f, 0f)]
    [InlineData(0f, float.PositiveInfinity, 0f)]
    [InlineData(0f, 1e6f, float.NaN)]
    [InlineData(0f, 1e6f, -1f)]
    [InlineData(0f, 1e6f, 1e30f)]
    public void Report_ThatMakesNoSense_IsALinkThatCarriesNothing(float loss, float bandwidth, float delay)
    {
        Report(link => (link.Loss, link.Bandwidth, link.Delay) = (loss, bandwidth, delay));
        Assert.False(Transmit(1, 0).Delivered);
    }

    private LinkOutcome Transmit(int bytes, long nowNs) => Transmit(_links, bytes, nowNs);

    private static LinkOutcome Transmit(ReportedLinks links, int bytes, long nowNs) =>
        links.Transmit("rover_2", "rover_1", bytes, nowNs);

    private void Report(Action<RadioLink> change) => Take(_links, change);

    private ReportedLinks Reported(Action<RadioLink> change)
    {
        Take(_links, change);
        return _links;
    }

    private static void Take(ReportedLinks links, Action<RadioLink> change)
    {
        var link = new RadioLink { FromHost = "rover_2", ToHost = "rover_1", Up = true, Bandwidth = 2e6f };
        change(link);
        links.Take(new RadioLinks { Links = [link] });
    }
}
