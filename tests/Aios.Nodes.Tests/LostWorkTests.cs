using Aios.Numerics;
using Aios.Planning;

namespace Aios.Nodes.Tests;

public sealed class LostWorkTests
{
    private static readonly FrontierClaim Claim = new("rover_2", new Vector2d(10, 0), 5, 3, 1, true);

    [Fact]
    public void Settle_TaskAtTheLostRoversGoal_TakesItOver()
    {
        var work = Lost(Claim);

        var settled = Assert.Single(work.Settle(new Vector2d(12, 0), [FrontierAt(10, 1)]));

        Assert.Equal("rover_2", settled.Claim.Rover);
        Assert.Empty(work.Settle(new Vector2d(12, 0), [FrontierAt(10, 1)]));
    }

    [Fact]
    public void Settle_FrontierStillThereAndNobodyGoes_StaysOpen()
    {
        Assert.Empty(Lost(Claim).Settle(new Vector2d(-20, 0), [FrontierAt(10, 1)]));
    }

    [Fact]
    public void Settle_NothingLeftToSeeThere_IsSettled()
    {
        Assert.Equal("what it aimed at is known", Assert.Single(Lost(Claim).Settle(null, [FrontierAt(-20, 0)])).How);
    }

    [Fact]
    public void Settle_RoverWithoutTask_IsSettled()
    {
        Assert.Equal("it had no task", Assert.Single(Lost(Claim with { IsActive = false }).Settle(null, [])).How);
    }

    [Fact]
    public void OnLost_Twice_CountsOnce()
    {
        var work = new LostWork();

        Assert.True(work.OnLost("rover_2"));
        Assert.False(work.OnLost("rover_2"));
    }

    private static LostWork Lost(FrontierClaim claim)
    {
        var work = new LostWork();
        work.OnClaim(claim);
        work.OnLost(claim.Rover);
        return work;
    }

    private static Frontier FrontierAt(double x, double y) => new(new Vector2d(x, y), new Vector2d(x, y), 5, 3, 7);
}
