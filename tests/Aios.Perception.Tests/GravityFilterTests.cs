using Aios.Numerics;

namespace Aios.Perception.Tests;

public sealed class GravityFilterTests
{
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.3, -0.2)]
    [InlineData(-0.35, 0.35)]
    public void Update_AtRest_FindsRollAndPitch(double roll, double pitch)
    {
        var filter = new GravityFilter(2, 3.71);
        Vector3d force = Quaterniond.FromRollPitchYaw(roll, pitch, 1.1).Inverse().Rotate(new Vector3d(0, 0, 3.71));
        for (int i = 0; i < 10; i++)
        {
            filter.Update(default, force, 0.02);
        }

        Assert.Equal(roll, filter.Roll, 9);
        Assert.Equal(pitch, filter.Pitch, 9);
    }

    [Fact]
    public void Update_Turning_FollowsTheGyroscopeAtOnce()
    {
        var filter = new GravityFilter(1000, 3.71);
        filter.Update(default, new Vector3d(0, 0, 3.71), 0.02);
        for (int i = 0; i < 50; i++)
        {
            double roll = 0.2 * (i + 1) / 50;
            Vector3d force = Quaterniond.FromRollPitchYaw(roll, 0, 0).Inverse().Rotate(new Vector3d(0, 0, 3.71));
            filter.Update(new Vector3d(0.2, 0, 0), force, 0.02);
        }

        Assert.Equal(0.2, filter.Roll, 3);
    }

    [Fact]
    public void Update_Jolt_CorrectsNothing()
    {
        var filter = new GravityFilter(2, 3.71);
        filter.Update(default, new Vector3d(0, 0, 3.71), 0.02);
        filter.Update(default, new Vector3d(9, 0, 3.71), 0.02);

        Assert.Equal(0, filter.Pitch, 12);
    }

    [Fact]
    public void YawRate_TiltedRover_TurnsAboutTheVertical()
    {
        var filter = new GravityFilter(2, 3.71);
        Quaterniond attitude = Quaterniond.FromRollPitchYaw(0.3, -0.2, 0);
        filter.Update(default, attitude.Inverse().Rotate(new Vector3d(0, 0, 3.71)), 0.02);

        Vector3d spin = attitude.Inverse().Rotate(new Vector3d(0, 0, 0.5));

        Assert.Equal(0.5, filter.YawRate(spin), 9);
    }
}
