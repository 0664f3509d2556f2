using Aios.Numerics;

namespace Aios.Control.Tests;

public sealed class CollisionGuardTests
{
    private static readonly GridGeometry Grid = GridGeometry.Covering(-5, -5, 5, 5, 0.1);

    [Fact]
    public void Check_FreeGround_CommandUnchanged()
    {
        GuardedCommand safe = new CollisionGuard().Check(new byte[Grid.CellCount], Grid, default, 0.5, 0.2);

        Assert.Equal(new GuardedCommand(0.5, 0.2, false, double.PositiveInfinity), safe);
    }

    [Theory]
    [InlineData(0.15, true)]
    [InlineData(0.25, true)]
    [InlineData(0.6, false)]
    [InlineData(3.0, false)]
    public void Check_WallAhead_SlowsWithDistanceAndStops(double distance, bool blocked)
    {
        byte[] cost = Wall(distance);
        GuardedCommand safe = new CollisionGuard().Check(cost, Grid, default, 0.5, 0);

        Assert.Equal(blocked, safe.IsBlocked);
        Assert.InRange(safe.ForwardMps, 0, 0.5);
        Assert.Equal(distance > 2, safe.ForwardMps == 0.5);
    }

    [Fact]
    public void Check_AllowedSpeed_StopsBeforeTheWall()
    {
        var options = new CollisionGuardOptions();
        for (double distance = 0.3; distance < 2; distance += 0.05)
        {
            GuardedCommand safe = new CollisionGuard(options).Check(Wall(distance), Grid, default, 0.6, 0);
            double v = safe.ForwardMps;
            double stopping = (v * options.ReactionTimeS) + (v * v / (2 * options.DecelerationMps2));
            Assert.True(stopping <= distance, $"{stopping} for {distance}");
        }
    }

    [Fact]
    public void Check_WallBehind_StopsOnlyReversing()
    {
        byte[] cost = Wall(-0.3);
        var guard = new CollisionGuard();

        Assert.False(guard.Check(cost, Grid, default, 0.5, 0).IsBlocked);
        Assert.True(guard.Check(cost, Grid, default, -0.5, 0).IsBlocked);
    }

    [Fact]
    public void Check_ArcAroundTheObstacle_Passes()
    {
        byte[] cost = new byte[Grid.CellCount];
        Assert.True(Grid.TryCell(0.9, -0.3, out int col, out int row));
        for (int d = -3; d <= 3; d++)
        {
            cost[Grid.Index(col, row + d)] = 100;
        }

        var guard = new CollisionGuard();
        Assert.True(guard.Check(cost, Grid, default, 0.6, 0).ForwardMps < 0.6);
        Assert.Equal(0.6, guard.Check(cost, Grid, default, 0.6, 0.6).ForwardMps);
    }

    [Fact]
    public void Check_TurnOnTheSpot_AlwaysAllowed()
    {
        byte[] cost = new byte[Grid.CellCount];
        Array.Fill(cost, (byte)100);

        Assert.Equal(0.4, new CollisionGuard().Check(cost, Grid, default, 0, 0.4).TurnRadps);
    }

    [Fact]
    public void Check_UnknownAhead_Slow()
    {
        byte[] cost = new byte[Grid.CellCount];
        Array.Fill(cost, (byte)255);

        Assert.Equal(0.2, new CollisionGuard().Check(cost, Grid, default, 0.5, 0).ForwardMps, 9);
        var strict = new CollisionGuard(new CollisionGuardOptions { UnknownBlocks = true });
        Assert.True(strict.Check(cost, Grid, default, 0.5, 0).IsBlocked);
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0.3, double.PositiveInfinity)]
    public void Check_NotFinite_Stops(double forward, double turn)
    {
        GuardedCommand safe = new CollisionGuard().Check(new byte[Grid.CellCount], Grid, default, forward, turn);

        Assert.Equal((0.0, 0.0, true), (safe.ForwardMps, safe.TurnRadps, safe.IsBlocked));
    }

    private static byte[] Wall(double x)
    {
        byte[] cost = new byte[Grid.CellCount];
        Assert.True(Grid.TryCell(x, 0, out int col, out _));
        for (int row = 0; row < Grid.Height; row++)
        {
            cost[Grid.Index(col, row)] = 100;
        }

        return cost;
    }
}
