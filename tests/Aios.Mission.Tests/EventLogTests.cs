using System.Security.Cryptography;
using System.Text;

namespace Aios.Mission.Tests;

public class EventLogTests
{
    private static readonly MissionEvent Event = new(
        12_345_000_678, EventSeverity.Warning, "rover_1", "link_lost", "rover_2", "no \"heartbeat\" für 5 s", [1.5, double.NaN, 1e-9]);

    [Fact]
    public void Write_Event_IsOneLineInAFixedForm()
    {
        using var output = new MemoryStream();
        using var log = new EventLog(output);

        log.Write(Event);

        Assert.Equal(
            """{"t":12.345000678,"severity":"warning","source":"rover_1","kind":"link_lost","subject":"rover_2","detail":"no \"heartbeat\" für 5 s","values":[1.5,null,1E-09]}"""
            + "\n",
            Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Sha256_AfterSomeEvents_IsThatOfTheFile()
    {
        using var output = new MemoryStream();
        using var log = new EventLog(output);

        log.Write(Event);
        log.Write(Event with { TimeNs = 0, Subject = "", Detail = "", Values = [] });

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(output.ToArray())), log.Sha256);
        Assert.Equal(2, log.Count);
    }

    [Fact]
    public void Sha256_WithoutAFile_IsTheSame()
    {
        using var kept = new MemoryStream();
        using var log = new EventLog(kept);
        using var unkept = new EventLog();

        log.Write(Event);
        unkept.Write(Event);

        Assert.Equal(log.Sha256, unkept.Sha256);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(-1_500_000_000)]
    [InlineData(999_999_999)]
    [InlineData(2_400_000_000_000)]
    public void TryParse_WrittenLine_GivesTheEventBack(long timeNs)
    {
        using var output = new MemoryStream();
        using var log = new EventLog(output);
        log.Write(Event with { TimeNs = timeNs });

        Assert.True(MissionEvent.TryParse(Encoding.UTF8.GetString(output.ToArray()), out var read));

        Assert.Equal(timeNs, read.TimeNs);
        Assert.Equal(Event.Severity, read.Severity);
        Assert.Equal(Event.Detail, read.Detail);
        Assert.Equal(Event.Values, read.Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"t\":\"x\"}")]
    [InlineData("{\"t\":1e300,\"severity\":\"info\"}")]
    [InlineData("{\"t\":1,\"severity\":3}")]
    [InlineData("{\"t\":1,\"severity\":\"info\",\"values\":{}}")]
    public void TryParse_OtherLine_IsFalse(string line) => Assert.False(MissionEvent.TryParse(line, out _));
}
