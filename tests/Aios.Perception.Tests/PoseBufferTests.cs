using Aios.Numerics;

namespace Aios.Perception.Tests;

public sealed class PoseBufferTests
{
    [Fact]
    public void TryInterpolate_BetweenTwoPoses_OnTheWay()
    {
        var buffer = new PoseBuffer();
        buffer.Add(0, new Pose3(new Vector3d(0, 0, 0), Quaterniond.FromYaw(3.1)));
        buffer.Add(100, new Pose3(new Vector3d(1, 2, 0), Quaterniond.FromYaw(-3.1)));

        Assert.True(buffer.TryInterpolate(50, out Pose3 pose));
        Assert.Equal(0.5, pose.Position.X, 12);
        Assert.Equal(Math.PI, Math.Abs(pose.Orientation.Yaw), 9);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void TryInterpolate_BoundaryTable_OnlyInsideTheSpan(long stampNs, bool found)
    {
        var buffer = new PoseBuffer();
        buffer.Add(0, Pose3.Identity);
        buffer.Add(100, Pose3.Identity);

        Assert.Equal(found, buffer.TryInterpolate(stampNs, out _));
    }

    [Fact]
    public void Add_OldOrBroken_Refused()
    {
        var buffer = new PoseBuffer(2);

        Assert.False(buffer.TryInterpolate(0, out _));
        Assert.True(buffer.Add(5, Pose3.Identity));
        Assert.False(buffer.Add(5, Pose3.Identity));
        Assert.False(buffer.Add(6, new Pose3(new Vector3d(double.NaN, 0, 0), Quaterniond.Identity)));
        Assert.False(buffer.Add(6, new Pose3(default, default)));
        Assert.True(buffer.Add(6, Pose3.Identity));
        Assert.True(buffer.Add(7, Pose3.Identity));
        Assert.Equal(2, buffer.Count);
        Assert.Equal(6, buffer.OldestNs);
    }
}
