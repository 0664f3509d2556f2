using Aios.Cli.Missions.Dds;

namespace Aios.Cli.Tests.Missions;

public sealed class MissionPaceTests
{
    private const long Step = 20_000_000;
    private const long Period = Step / 4;

    [Fact]
    public void Pace_StepsTakenInTime_KeepTheRate()
    {
        var pace = new MissionPace(4, Step, 0);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(0, pace.Remaining(i * Period));
            pace.Stepped(i * Period);
            Assert.Equal(Period, pace.Remaining(i * Period));
        }
    }

    [Fact]
    public void Pace_AfterLongDelay_CatchesUpAFewStepsOnly()
    {
        var pace = new MissionPace(4, Step, 0);
        const long Late = 1000 * Period;
        var steps = 0;
        while (pace.Remaining(Late) == 0)
        {
            pace.Stepped(Late);
            steps++;
        }

        Assert.InRange(steps, 1, 6);
    }

    [Fact]
    public void Lag_RoverBehind_HoldsUntilItsPatienceIsOver()
    {
        var lag = new FleetLag(2);
        const long Mission = 10_000_000_000;
        const long Wall = 5_000_000_000;
        long?[] heard = [Mission, Mission - FleetLag.AllowedNs - 1];
        Assert.True(lag.Holds(Mission, Wall, i => heard[i]));
        Assert.True(lag.Holds(Mission, Wall + FleetLag.PatienceNs - 1, i => heard[i]));
        Assert.False(lag.Holds(Mission, Wall + FleetLag.PatienceNs, i => heard[i]));
    }

    [Fact]
    public void Lag_SilentRoverSpeaksAgain_IsWaitedForAgain()
    {
        var lag = new FleetLag(1);
        const long Mission = 10_000_000_000;
        Assert.True(lag.Holds(Mission, 1, _ => 0));
        Assert.False(lag.Holds(Mission, 1 + FleetLag.PatienceNs, _ => 0));
        Assert.True(lag.Holds(Mission, 2 + FleetLag.PatienceNs, _ => 1_000_000_000));
        Assert.False(lag.Holds(Mission, 3 + FleetLag.PatienceNs, _ => Mission - FleetLag.AllowedNs));
    }

    [Fact]
    public void Lag_BeforeTheFirstPose_LeavesTimeForTheLandingSurvey()
    {
        var lag = new FleetLag(1);
        Assert.False(lag.Holds(FleetLag.AllowedAtStartNs, 1, _ => 0));
        Assert.True(lag.Holds(FleetLag.AllowedAtStartNs + 1, 1, _ => 0));
        Assert.True(lag.Holds(FleetLag.AllowedAtStartNs, 1, _ => 20_000_000));
    }

    [Fact]
    public void Lag_DeadRover_HoldsNobody() =>
        Assert.False(new FleetLag(1).Holds(10_000_000_000, 1, _ => null));
}
