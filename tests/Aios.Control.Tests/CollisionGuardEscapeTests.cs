using Aios.Numerics;

namespace Aios.Control.Tests;

public sealed class CollisionGuardEscapeTests
{
    private const byte Inscribed = 99;
    private const byte Lethal = 100;
    private static readonly GridGeometry Geometry = new(60, 60, 0.2, -6, -6);

    [Fact]
    public void Check_ObstacleWithinTheMargin_Blocks()
    {
        var cost = Ground((0.3, 6, Lethal));

        Assert.True(new CollisionGuard().Check(cost, Geometry, new Pose2(0, 0, 0), 0.5, 0).IsBlocked);
    }

    [Fact]
    public void Check_ObstacleFartherOn_SlowsAlongTheSameArc()
    {
        var verdict = new CollisionGuard().Check(Ground((0.7, 6, Lethal)), Geometry, new Pose2(0, 0, 0), 0.5, 0.25);

        Assert.InRange(verdict.ForwardMps, 0.01, 0.49);
        Assert.Equal(verdict.ForwardMps * 0.5, verdict.TurnRadps, 12);
    }

    [Fact]
    public void Check_InTheInflatedZoneLeadingOut_IsAllowed()
    {
        var cost = Ground((-0.5, 0.5, Inscribed));

        Assert.True(new CollisionGuard().Check(cost, Geometry, new Pose2(0, 0, 0), 0.3, 0).ForwardMps > 0);
        Assert.True(new CollisionGuard().Check(cost, Geometry, new Pose2(0, 0, 0), -0.2, 0).ForwardMps < 0);
    }

    [Fact]
    public void Check_InTheInflatedZoneLeadingToTheObstacle_IsBlocked()
    {
        var cost = Ground((-0.5, 0.5, Inscribed), (0.5, 1.0, Lethal));
        var pose = new Pose2(0, 0, 0);

        Assert.True(new CollisionGuard().Check(cost, Geometry, pose, 0.3, 0).IsBlocked);
        Assert.False(new CollisionGuard().Check(cost, Geometry, pose, -0.2, 0).IsBlocked);
    }

    [Fact]
    public void Check_InTheInflatedZoneAlongIt_IsBlocked()
    {
        Assert.True(new CollisionGuard().Check(Ground((-6, 6, Inscribed)), Geometry, new Pose2(0, 0, 0), 0.3, 0).IsBlocked);
    }

    [Fact]
    public void Check_OnAnObstacle_MayLeaveIt()
    {
        var cost = Ground((-0.3, 0.3, Lethal), (0.3, 0.8, Inscribed));

        Assert.False(new CollisionGuard().Check(cost, Geometry, new Pose2(0, 0, 0), 0.3, 0).IsBlocked);
    }

    /// <summary>Free ground with bands of a cost between two x.</summary>
    private static byte[] Ground(params (double From, double To, byte Cost)[] bands)
    {
        var cost = new byte[Geometry.CellCount];
        for (var i = 0; i < cost.Length; i++)
        {
            var x = Geometry.CenterX(i % Geometry.Width);
            foreach (var band in bands)
            {
                cost[i] = x >= band.From && x < band.To ? band.Cost : cost[i];
            }
        }

        return cost;
    }
}
