using Aios.Numerics;

namespace Aios.Mission.Tests.Executive;

public sealed class RoverExecutiveTests
{
    private static readonly RoverExecutiveOptions Options = new() { Home = new Vector2d(0, 0), ReturnBy = 1000 };

    [Fact]
    public void Update_WithoutPose_Waits()
    {
        var executive = new RoverExecutive(Options);

        Assert.False(executive.Update(new ExecutiveInputs(1, null, 1, false)));
        Assert.Equal(RoverPhase.Waiting, executive.Phase);
    }

    [Fact]
    public void Update_FirstPose_StartsExploring()
    {
        Assert.Equal(RoverPhase.Exploring, Exploring().Phase);
    }

    [Fact]
    public void Update_ExhaustedOnlyBriefly_KeepsExploring()
    {
        var executive = Exploring();

        executive.Update(Far(10, exhausted: true));
        executive.Update(Far(19, exhausted: false));
        executive.Update(Far(21, exhausted: true));

        Assert.Equal(RoverPhase.Exploring, executive.Phase);
    }

    [Fact]
    public void Update_ExhaustedLongEnough_ReturnsAndArrives()
    {
        var executive = Exploring();

        executive.Update(Far(10, exhausted: true));
        Assert.True(executive.Update(Far(20, exhausted: true)));
        Assert.Equal(RoverPhase.Returning, executive.Phase);

        Assert.True(executive.Update(new ExecutiveInputs(60, new Vector2d(2.5, 0), 1, true)));
        Assert.Equal(RoverPhase.Home, executive.Phase);
    }

    [Fact]
    public void Update_NewGroundWhileHome_SetsOutAgain()
    {
        var executive = Exploring();
        executive.Update(Far(10, exhausted: true));
        executive.Update(Far(20, exhausted: true));
        executive.Update(new ExecutiveInputs(60, new Vector2d(0, 0), 1, true));

        executive.Update(new ExecutiveInputs(70, new Vector2d(0, 0), 1, false));
        executive.Update(new ExecutiveInputs(75, new Vector2d(0, 0), 1, false));

        Assert.Equal(RoverPhase.Exploring, executive.Phase);
    }

    [Theory]
    [InlineData(0.2, 10, "battery low")]
    [InlineData(0.9, 1000, "time is running out")]
    public void Update_LowBatteryOrLate_GoesHomeForGood(double battery, double time, string reason)
    {
        var executive = Exploring();

        Assert.True(executive.Update(new ExecutiveInputs(time, new Vector2d(20, 0), battery, false)));
        Assert.Equal(RoverPhase.Returning, executive.Phase);
        Assert.Equal(reason, executive.Reason);

        executive.Update(new ExecutiveInputs(time + 100, new Vector2d(1, 0), 0.9, false));
        executive.Update(new ExecutiveInputs(time + 200, new Vector2d(1, 0), 0.9, false));
        Assert.Equal(RoverPhase.Home, executive.Phase);
    }

    [Fact]
    public void Update_UnknownBattery_IsNotLow()
    {
        var executive = Exploring();

        Assert.False(executive.Update(new ExecutiveInputs(10, new Vector2d(20, 0), double.NaN, false)));
    }

    private static RoverExecutive Exploring()
    {
        var executive = new RoverExecutive(Options);
        executive.Update(Far(1, exhausted: false));
        return executive;
    }

    private static ExecutiveInputs Far(double time, bool exhausted) => new(time, new Vector2d(20, 0), 1, exhausted);
}
