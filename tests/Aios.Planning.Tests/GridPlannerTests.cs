using Aios.Numerics;
using Aios.Planning.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Planning.Tests;

public sealed class GridPlannerTests
{
    private const double LooseSand = 8;
    private static readonly GridGeometry Grid = new(40, 30, 0.5, -10, -5);

    [Fact]
    public void Plan_EmptyGrid_StraightLineFromStartToGoal()
    {
        var planner = new GridPlanner(Grid);

        PlanResult result = planner.Plan(Free(), new Vector2d(-8.1, -3.2), new Vector2d(7.3, 6.4));

        Assert.Equal(PlanStatus.Found, result.Status);
        Assert.Equal(2, planner.Path.Length);
        Assert.Equal(new Vector2d(-8.1, -3.2), planner.Path[0]);
        Assert.Equal(new Vector2d(7.3, 6.4), planner.Path[1]);
    }

    [Fact]
    public void Plan_SameCell_PathOfStartAndGoal()
    {
        var planner = new GridPlanner(Grid);

        Assert.Equal(PlanStatus.Found, planner.Plan(Free(), new Vector2d(0.1, 0.1), new Vector2d(0.3, 0.2)).Status);
        Assert.Equal(2, planner.Path.Length);
    }

    [Fact]
    public void Plan_DearGround_GoesAround()
    {
        byte[] cost = Free();
        for (int row = 5; row < 25; row++)
        {
            for (int col = 15; col < 25; col++)
            {
                cost[Grid.Index(col, row)] = 90;
            }
        }

        var planner = new GridPlanner(Grid);
        PlanResult result = planner.Plan(cost, Grid.Center(Grid.Index(5, 15)), Grid.Center(Grid.Index(35, 15)));

        Assert.True(result.LengthM > 16);
        foreach (Vector2d p in planner.Path)
        {
            Assert.True(Grid.TryCell(p.X, p.Y, out int col, out int row));
            Assert.Equal(0, cost[Grid.Index(col, row)]);
        }
    }

    [Fact]
    public void Plan_SteepPlane_GoesUpAtASlantAndStraightDown()
    {
        float[] heights = [.. Enumerable.Range(0, Grid.CellCount).Select(cell => 0.3f * (float)Grid.CenterY(Grid.Row(cell)))];
        Vector2d low = Grid.Center(Grid.Index(20, 3)), high = Grid.Center(Grid.Index(20, 26));
        var planner = new GridPlanner(Grid);

        PlanResult down = planner.Plan(Free(), high, low, new ClimbPrice(heights, LooseSand));
        Assert.Equal(2, planner.Path.Length);
        PlanResult up = planner.Plan(Free(), low, high, new ClimbPrice(heights, LooseSand));

        Assert.Equal(down.LengthM, down.Cost, 6);
        Assert.InRange(up.LengthM, 1.2 * down.LengthM, 2 * down.LengthM);
        double steepest = 0;
        for (int i = 1; i < planner.Path.Length; i++)
        {
            Vector2d step = planner.Path[i] - planner.Path[i - 1];
            steepest = Math.Max(steepest, 0.3 * step.Y / step.Length);
        }

        Assert.InRange(steepest, 0.1, 0.28);
    }

    [Fact]
    public void Plan_HeightsNotKnown_IsAsWithout()
    {
        byte[] cost = RandomCost(new SeededRandom(4), 0.1);
        Vector2d start = Grid.Center(Grid.Index(2, 2)), goal = Grid.Center(Grid.Index(37, 27));
        cost[Grid.Index(2, 2)] = cost[Grid.Index(37, 27)] = 0;
        float[] unknown = new float[Grid.CellCount];
        Array.Fill(unknown, float.NaN);
        var planner = new GridPlanner(Grid);

        Assert.Equal(planner.Plan(cost, start, goal), planner.Plan(cost, start, goal, new ClimbPrice(unknown, LooseSand)));
        Assert.Throws<ArgumentOutOfRangeException>(() => planner.Plan(cost, start, goal, new ClimbPrice(new float[3], LooseSand)));
    }

    [Fact]
    public void Plan_RandomGrids_CostEqualsBruteForceRelaxation()
    {
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new SeededRandom((ulong)seed);
            byte[] cost = RandomCost(random, 0.3);
            float[] heights = random.NextBool(0.5) ? RandomHeights(random) : [];
            int start = random.NextInt(Grid.CellCount), goal = random.NextInt(Grid.CellCount);
            cost[start] = cost[goal] = 0;
            var options = new GridPlannerOptions { EscapeRadiusM = 0, GoalToleranceM = 0, Smooth = false };
            PlanResult result = new GridPlanner(Grid, options).Plan(cost, Grid.Center(start), Grid.Center(goal), new ClimbPrice(heights, LooseSand));
            double expected = Relaxation.Travel(Grid, cost, start, options.CostWeight, heights, LooseSand)[goal];
            return result.HasPath ? Math.Abs(result.Cost - expected) < 1e-9 : double.IsPositiveInfinity(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(3, 5));
    }

    [Fact]
    public void TravelField_RandomGrids_AgreesWithThePlanner()
    {
        var random = new SeededRandom(21);
        var options = new GridPlannerOptions { EscapeRadiusM = 0, GoalToleranceM = 0, Smooth = false };
        var planner = new GridPlanner(Grid, options);
        var field = new TravelField(Grid, options);
        for (int i = 0; i < 40; i++)
        {
            byte[] cost = RandomCost(random, 0.25);
            int start = random.NextInt(Grid.CellCount), goal = random.NextInt(Grid.CellCount);
            cost[start] = cost[goal] = 0;
            Assert.True(field.Compute(cost, Grid.Center(start)));
            PlanResult result = planner.Plan(cost, Grid.Center(start), Grid.Center(goal));

            Assert.Equal(result.HasPath, field.IsReached(goal));
            if (result.HasPath)
            {
                Assert.Equal(result.Cost, field.Cost(goal), Math.Max(0.02 * result.Cost, 1e-9));
            }
        }
    }

    [Fact]
    public void Plan_SmoothedOnRandomGrids_FreeOfObstaclesAndNotDearer()
    {
        var random = new SeededRandom(22);
        var rough = new GridPlanner(Grid, new GridPlannerOptions { EscapeRadiusM = 0, Smooth = false });
        var smooth = new GridPlanner(Grid, new GridPlannerOptions { EscapeRadiusM = 0 });
        for (int i = 0; i < 60; i++)
        {
            byte[] cost = RandomCost(random, 0.15);
            int start = random.NextInt(Grid.CellCount), goal = random.NextInt(Grid.CellCount);
            cost[start] = cost[goal] = 0;
            PlanResult a = rough.Plan(cost, Grid.Center(start), Grid.Center(goal));
            PlanResult b = smooth.Plan(cost, Grid.Center(start), Grid.Center(goal));

            Assert.Equal(a.Status, b.Status);
            Assert.True(b.LengthM <= a.LengthM * 1.03 + 1e-9);
            Assert.Equal(-1, PathMeasure.FirstBlocked(cost, Grid, smooth.Path, 0, 0, allowUnknown: false));
        }
    }

    [Fact]
    public void Plan_DiagonalGapBetweenObstacles_NotSqueezedThrough()
    {
        byte[] cost = Free();
        for (int row = 0; row < Grid.Height; row++)
        {
            cost[Grid.Index(row < 15 ? 19 : 20, row)] = GridCost.Lethal;
        }

        PlanResult result = new GridPlanner(Grid).Plan(cost, Grid.Center(Grid.Index(5, 5)), Grid.Center(Grid.Index(35, 5)));

        Assert.Equal(PlanStatus.Unreachable, result.Status);
    }

    [Fact]
    public void Plan_StartInInflatedZone_LeavesIt()
    {
        byte[] cost = Free();
        int start = Grid.Index(20, 15);
        for (int d = -2; d <= 2; d++)
        {
            for (int e = -2; e <= 2; e++)
            {
                cost[start + (d * Grid.Width) + e] = GridCost.Inscribed;
            }
        }

        Vector2d goal = Grid.Center(Grid.Index(35, 15));
        Assert.Equal(PlanStatus.Found, new GridPlanner(Grid).Plan(cost, Grid.Center(start), goal).Status);
        var strict = new GridPlanner(Grid, new GridPlannerOptions { EscapeRadiusM = 0 });
        Assert.Equal(PlanStatus.Unreachable, strict.Plan(cost, Grid.Center(start), goal).Status);
    }

    [Fact]
    public void Plan_GoalBlocked_EndsWithinTheTolerance()
    {
        byte[] cost = Free();
        cost[Grid.Index(30, 15)] = GridCost.Lethal;
        var planner = new GridPlanner(Grid, new GridPlannerOptions { GoalToleranceM = 0.6 });
        Vector2d goal = Grid.Center(Grid.Index(30, 15));

        PlanResult result = planner.Plan(cost, Grid.Center(Grid.Index(5, 15)), goal);

        Assert.Equal(PlanStatus.FoundNearGoal, result.Status);
        Assert.InRange(planner.Path[^1].DistanceTo(goal), 0.01, 0.6);
    }

    [Theory]
    [InlineData(false, PlanStatus.Unreachable)]
    [InlineData(true, PlanStatus.Found)]
    public void Plan_UnknownGroundBetween_ByPolicy(bool allowUnknown, PlanStatus expected)
    {
        byte[] cost = Free();
        for (int row = 0; row < Grid.Height; row++)
        {
            cost[Grid.Index(20, row)] = GridCost.Unknown;
        }

        var planner = new GridPlanner(Grid, new GridPlannerOptions { AllowUnknown = allowUnknown });

        Assert.Equal(expected, planner.Plan(cost, Grid.Center(Grid.Index(5, 5)), Grid.Center(Grid.Index(35, 5))).Status);
    }

    [Fact]
    public void Plan_OutsideOrNotFinite_Named()
    {
        var planner = new GridPlanner(Grid);

        Assert.Equal(PlanStatus.StartBlocked, planner.Plan(Free(), new Vector2d(99, 0), default).Status);
        Assert.Equal(PlanStatus.StartBlocked, planner.Plan(Free(), new Vector2d(double.NaN, 0), default).Status);
        Assert.Equal(PlanStatus.GoalInvalid, planner.Plan(Free(), default, new Vector2d(0, double.NaN)).Status);
        Assert.Equal(0, planner.Path.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => planner.Plan(new byte[3], default, default));
    }

    [Fact]
    public void Plan_LimitOfExpansions_Named()
    {
        byte[] cost = Free();
        cost[Grid.Index(20, 15)] = GridCost.Lethal;
        var planner = new GridPlanner(Grid, new GridPlannerOptions { MaxExpansions = 5 });

        PlanResult result = planner.Plan(cost, Grid.Center(Grid.Index(5, 15)), Grid.Center(Grid.Index(35, 15)));

        Assert.Equal(PlanStatus.LimitReached, result.Status);
    }

    private static byte[] Free() => new byte[Grid.CellCount];

    private static byte[] RandomCost(SeededRandom random, double obstacles)
    {
        byte[] cost = Free();
        for (int i = 0; i < cost.Length; i++)
        {
            cost[i] = random.NextBool(obstacles) ? GridCost.Lethal : (byte)random.NextInt(GridCost.MaxFree + 1);
        }

        return cost;
    }

    private static float[] RandomHeights(SeededRandom random)
    {
        var heights = new float[Grid.CellCount];
        for (int i = 0; i < heights.Length; i++)
        {
            heights[i] = random.NextBool(0.05) ? float.NaN : (float)random.NextDouble(-0.5, 0.5);
        }

        return heights;
    }
}
