using Aios.Cli.Benchmarks.Ros;

namespace Aios.Cli.Tests;

public sealed class BenchRosTests
{
    [Theory]
    [InlineData("[13419] 2.005  vm:13420 size 1000 mean 29.718us min 7.360us 50% 8.377us 90% 8.647us 99% 1052.356us max 5279.302us cnt 16766", 16.754)]
    [InlineData("[13419] 2.005  rss:7.6MB vcsw:16580 ivcsw:190 ddsperf:0%+1% recvUC:4%+10%", null)]
    public void DdsperfPing_PrintsHalfOfTheRoundTrip(string line, double? expectedUs) =>
        Assert.Equal(expectedUs ?? double.NaN, Ddsperf.ReadMedianUs(line) ?? double.NaN, 1e-9);

    [Theory]
    [InlineData("[13443] 2.003  size 1000 total 324708 lost 0 delta 116729 lost 0 rate 116.78 kS/s 934.22 Mb/s (32.48 kS/s 259.87 Mb/s)", 116_780.0)]
    [InlineData("[13443] participant vm:13442: new", null)]
    public void DdsperfSub_PrintsTheRateOfThisSecond(string line, double? expected) =>
        Assert.Equal(expected ?? double.NaN, Ddsperf.ReadRate(line) ?? double.NaN, 1e-6);

    [Theory]
    [InlineData("p50 51.3 us", 51.3)]
    [InlineData("p50 0.0 us", null)]
    [InlineData("p50 us", null)]
    public void FastDdsPing_PrintsItsMedian(string line, double? expectedUs) =>
        Assert.Equal(expectedUs, FastDdsPing.ReadMedianUs(line));

    [Fact]
    public void FastCdrProgram_ThatAnswersNoNumber_GivesNone()
    {
        using var program = new FastCdrProgram("cat");
        Assert.Null(program.RoundNs("TFMessage", FastCdrProgram.Serialize, 0));
    }

    [Fact]
    public void Ratio_WithoutTheOtherProgram_IsNone()
    {
        Assert.Null(new LatencyFigures(64, 10, 20, 30, null).Ratio);
        Assert.Equal(2, new LatencyFigures(64, 10, 20, 30, 10).Ratio);
        Assert.Null(new FastDdsLatencyFigures(64, 10, 20, 30, null).Ratio);
        Assert.Equal(2, new FastDdsLatencyFigures(64, 10, 20, 30, 10).Ratio);
        Assert.Null(new LatencyFigures(64, 10, 20, 30, 10).WaitsetRatio);
        Assert.Equal(4, new LatencyFigures(64, 10, 20, 30, 10) { DdsperfWaitsetP50Us = 5 }.WaitsetRatio);
        Assert.Equal(4, new FastDdsLatencyFigures(64, 10, 20, 30, 10) { NativeWaitsetP50Us = 5 }.WaitsetRatio);
        Assert.Equal(0.5, new ThroughputFigures(64, 100, 200).Ratio);
        Assert.Equal(0.25, new SerializationFigures("T", 4, 1, 3, new FastCdrFigures(4, 2)).SerializeRatio);
        Assert.Equal(1.5, new SerializationFigures("T", 4, 1, 3, new FastCdrFigures(4, 2)).DeserializeRatio);
    }
}
