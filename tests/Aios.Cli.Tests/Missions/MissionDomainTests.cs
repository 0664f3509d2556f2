using Aios.Cli.Missions.Dds;

namespace Aios.Cli.Tests.Missions;

public sealed class MissionDomainTests
{
    [Fact]
    public void Choose_NothingRuns_DependsOnTheProcess()
    {
        Assert.Equal(1, MissionDomain.ChooseFree(100, []));
        Assert.Equal(43, MissionDomain.ChooseFree(42, []));
        Assert.Equal(100, MissionDomain.ChooseFree(199, []));
    }

    [Theory]
    [InlineData(7400 + (250 * 43))]
    [InlineData(7400 + (250 * 43) + 10)]
    [InlineData(7400 + (250 * 43) + 249)]
    public void Choose_PortOfDomainTaken_TakesTheNext(int port) =>
        Assert.Equal(44, MissionDomain.ChooseFree(42, [port]));

    [Fact]
    public void Choose_OtherPrograms_DoNotMatter() =>
        Assert.Equal(43, MissionDomain.ChooseFree(42, [53, 5353, 7399, 40000]));

    [Fact]
    public void Choose_AllTaken_SaysWhatToDo()
    {
        var exception = Assert.Throws<AiosException>(
            () => MissionDomain.ChooseFree(42, Enumerable.Range(0, 110).Select(domain => 7411 + (250 * domain))));
        Assert.Contains("ROS_DOMAIN_ID", exception.Message, StringComparison.Ordinal);
    }
}
