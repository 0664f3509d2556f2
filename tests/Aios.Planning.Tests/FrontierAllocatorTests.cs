using Aios.Numerics;

namespace Aios.Planning.Tests;

public sealed class FrontierAllocatorTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Select_OneRover_NearerOfEqualGains()
    {
        var allocator = new FrontierAllocator("a");

        Allocation choice = allocator.Select([At(10, 0, 10), At(3, 0, 3)], 0);

        Assert.Equal(AllocationStatus.Assigned, choice.Status);
        Assert.Equal(3, choice.Goal.Viewpoint.X);
    }

    [Fact]
    public void Select_NothingLeft_ReasonNamed()
    {
        var allocator = new FrontierAllocator("a");
        Assert.Equal(AllocationStatus.NoFrontier, allocator.Select([], 0).Status);

        allocator.ReportFailure(new Vector2d(3, 0), 0);
        Assert.Equal(AllocationStatus.AllBanned, allocator.Select([At(3, 0, 3)], Second).Status);

        var other = new FrontierAllocator("b");
        other.Observe(new FrontierClaim("a", new Vector2d(3, 0), 1, 10, 0, true));
        Assert.Equal(AllocationStatus.AllClaimed, other.Select([At(3, 0, 5)], Second).Status);
    }

    [Fact]
    public void Select_FailedGoal_TriedAgainAfterADoublingBan()
    {
        var allocator = new FrontierAllocator("a", new AllocatorOptions { BanDurationS = 10 });
        Frontier[] one = [At(3, 0, 3)];
        allocator.ReportFailure(new Vector2d(3, 0), 0);
        Assert.False(allocator.Select(one, 9 * Second).HasGoal);
        Assert.True(allocator.Select(one, 11 * Second).HasGoal);

        allocator.ReportFailure(new Vector2d(3, 0.2), 20 * Second);
        Assert.False(allocator.Select(one, 39 * Second).HasGoal);
        Assert.True(allocator.Select(one, 41 * Second).HasGoal);
    }

    [Fact]
    public void Select_TwoRoversTwoFrontiers_EachAnother()
    {
        var a = new FrontierAllocator("a");
        var b = new FrontierAllocator("b");
        Frontier[] seenByA = [At(5, 0, 5), At(-5, 0, 6)], seenByB = [At(5, 0, 6), At(-5, 0, 8)];
        for (int round = 0; round < 4; round++)
        {
            a.Select(seenByA, round * Second);
            b.Select(seenByB, round * Second);
            b.Observe(a.OwnClaim((round * Second) + 1));
            a.Observe(b.OwnClaim((round * Second) + 1));
        }

        Assert.Equal(5, a.OwnClaim(0).Target.X);
        Assert.Equal(-5, b.OwnClaim(0).Target.X);
    }

    [Theory]
    [InlineData("a", "b", true)]
    [InlineData("c", "b", false)]
    public void Select_SameCostToTheSameFrontier_LowerNameKeepsIt(string self, string peer, bool keeps)
    {
        var allocator = new FrontierAllocator(self);
        allocator.Observe(new FrontierClaim(peer, new Vector2d(4, 0), 4, 10, 0, true));

        Assert.Equal(keeps, allocator.Select([At(4, 0, 4)], Second).HasGoal);
    }

    [Fact]
    public void Release_LostRover_ItsFrontierIsFreeAgain()
    {
        var allocator = new FrontierAllocator("b");
        allocator.Observe(new FrontierClaim("a", new Vector2d(4, 0), 1, 10, 0, true));
        Assert.False(allocator.Select([At(4, 0, 9)], Second).HasGoal);

        allocator.Release("a");

        Assert.True(allocator.Select([At(4, 0, 9)], 2 * Second).HasGoal);
    }

    [Fact]
    public void Select_ClaimNotRenewed_Expires()
    {
        var allocator = new FrontierAllocator("b", new AllocatorOptions { ClaimLifetimeS = 30 });
        allocator.Observe(new FrontierClaim("a", new Vector2d(4, 0), 1, 10, 0, true));

        Assert.False(allocator.Select([At(4, 0, 9)], 29 * Second).HasGoal);
        Assert.True(allocator.Select([At(4, 0, 9)], 31 * Second).HasGoal);
        Assert.Empty(allocator.Claims);
    }

    [Fact]
    public void Select_SlightlyBetterFrontierAppears_GoalIsKept()
    {
        var allocator = new FrontierAllocator("a");
        allocator.Select([At(8, 0, 8)], 0);

        Assert.Equal(AllocationStatus.Kept, allocator.Select([At(8, 0.5, 8), At(-6, 0, 6)], Second).Status);
        Allocation moved = allocator.Select([At(8, 0.5, 14), At(-2, 0, 2)], 2 * Second);
        Assert.Equal(AllocationStatus.Assigned, moved.Status);
        Assert.Equal(-2, moved.Goal.Viewpoint.X);
    }

    [Fact]
    public void Observe_OldBrokenOrOwn_Ignored()
    {
        var allocator = new FrontierAllocator("a");

        Assert.True(allocator.Observe(new FrontierClaim("b", new Vector2d(1, 1), 1, 1, 5, true)));
        Assert.False(allocator.Observe(new FrontierClaim("b", new Vector2d(2, 2), 1, 1, 5, true)));
        Assert.False(allocator.Observe(new FrontierClaim("b", new Vector2d(double.NaN, 2), 1, 1, 6, true)));
        Assert.False(allocator.Observe(new FrontierClaim("b", new Vector2d(2, 2), double.NaN, 1, 6, true)));
        Assert.False(allocator.Observe(new FrontierClaim("a", new Vector2d(2, 2), 1, 1, 6, true)));
        Assert.False(allocator.Observe(new FrontierClaim("", new Vector2d(2, 2), 1, 1, 6, true)));
        Assert.True(allocator.Observe(new FrontierClaim("b", new Vector2d(2, 2), 1, 1, 6, false)));
        Assert.Single(allocator.Claims);
    }

    [Fact]
    public void Select_ClaimsInAnyOrder_SameChoice()
    {
        Frontier[] frontiers = [At(5, 0, 5), At(0, 9, 9), At(-7, 0, 7), At(6, 6, 9)];
        FrontierClaim[] claims =
        [
            new("b", new Vector2d(5, 0), 3, 10, 1, true), new("c", new Vector2d(0, 9), 2, 10, 1, true),
            new("d", new Vector2d(6, 6), 12, 10, 1, true),
        ];
        var forward = new FrontierAllocator("a");
        var backward = new FrontierAllocator("a");
        foreach (FrontierClaim claim in claims)
        {
            forward.Observe(claim);
        }

        foreach (FrontierClaim claim in claims.Reverse())
        {
            backward.Observe(claim);
        }

        Assert.Equal(forward.Select(frontiers, Second), backward.Select(frontiers, Second));
    }

    private static Frontier At(double x, double y, double cost) => new(new Vector2d(x, y), new Vector2d(x, y), 20, 10, cost);
}
