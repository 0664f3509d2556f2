using Aios.Numerics;

namespace Aios.Planning.Tests;

public sealed class FrontierDetectorTests
{
    private static readonly GridGeometry Grid = GridGeometry.Covering(-10, -10, 10, 10, 0.2);
    private static readonly MissionArea Area = new(-8, -8, 8, 8);

    [Fact]
    public void Detect_AllKnown_NoFrontier()
    {
        Assert.Empty(Detect(new byte[Grid.CellCount], Vector2d.Zero));
    }

    [Fact]
    public void Detect_AllUnknownButASpot_FrontiersAroundTheSpot()
    {
        byte[] cost = Unknown();
        Fill(cost, -3, -3, 3, 3, 0);

        IReadOnlyList<Frontier> frontiers = Detect(cost, Vector2d.Zero);

        Assert.NotEmpty(frontiers);
        Assert.All(frontiers, f => Assert.InRange(f.Viewpoint.Length, 2, 4.3));
        Assert.All(frontiers, f => Assert.True(f.Cells <= 40 && f.GainM2 > 5));
        Assert.All(frontiers, f => Assert.True(double.IsFinite(f.TravelCostM)));
    }

    [Fact]
    public void Detect_UnknownOnlyOutsideTheArea_NoFrontier()
    {
        byte[] cost = Unknown();
        Fill(cost, -8.2, -8.2, 8.2, 8.2, 0);

        Assert.Empty(Detect(cost, Vector2d.Zero));
    }

    [Fact]
    public void Detect_FrontierBehindAWall_NotReported()
    {
        byte[] cost = new byte[Grid.CellCount];
        Fill(cost, 3, -11, 3.4, 11, GridCost.Lethal);
        Fill(cost, 6, -2, 8, 2, GridCost.Unknown);

        Assert.Empty(Detect(cost, Vector2d.Zero));
        Assert.NotEmpty(Detect(cost, new Vector2d(5, 0)));
    }

    [Fact]
    public void Detect_TinyHole_Ignored()
    {
        byte[] cost = new byte[Grid.CellCount];
        Fill(cost, 2.01, 2.01, 2.3, 2.3, GridCost.Unknown);

        Assert.Empty(Detect(cost, Vector2d.Zero));
    }

    [Fact]
    public void Detect_FrontierInsideInflatedZone_SeenFromFartherAway()
    {
        byte[] cost = new byte[Grid.CellCount];
        Fill(cost, 4, -2, 8, 2, GridCost.Unknown);
        Fill(cost, 3.2, -2.8, 4, 2.8, GridCost.Inscribed);
        Fill(cost, 4, 2, 8.0, 2.8, GridCost.Inscribed);
        Fill(cost, 4, -2.8, 8.0, -2, GridCost.Inscribed);

        IReadOnlyList<Frontier> frontiers = Detect(cost, Vector2d.Zero);

        Assert.NotEmpty(frontiers);
        Assert.All(frontiers, f => Assert.True(cost[CellAt(f.Viewpoint)] <= GridCost.MaxFree));
    }

    [Fact]
    public void Detect_Twice_SameOrder()
    {
        byte[] cost = Unknown();
        Fill(cost, -3, -3, 3, 5, 0);

        Assert.Equal(Detect(cost, Vector2d.Zero), Detect(cost, Vector2d.Zero));
    }

    [Fact]
    public void Explore_SyntheticWorld_SeesAllThatCanBeReached()
    {
        byte[] world = RandomWorld(5);
        byte[] known = Unknown();
        var position = Vector2d.Zero;
        var travel = new TravelField(Grid);
        var detector = new FrontierDetector(Grid, Area);
        var allocator = new FrontierAllocator("solo");
        int rounds = 0;
        for (; rounds < 300; rounds++)
        {
            See(world, known, position);
            travel.Compute(known, position);
            detector.Detect(known, travel);
            Allocation next = allocator.Select(detector.Frontiers, rounds * 1_000_000_000L);
            if (!next.HasGoal)
            {
                break;
            }

            position = next.Goal.Viewpoint;
        }

        Assert.InRange(rounds, 5, 200);
        travel.Compute(world, Vector2d.Zero);
        int reachable = 0, seen = 0;
        for (int cell = 0; cell < Grid.CellCount; cell++)
        {
            Vector2d c = Grid.Center(cell);
            if (travel.IsReached(cell) && Area.Contains(c.X, c.Y))
            {
                reachable++;
                seen += known[cell] != GridCost.Unknown ? 1 : 0;
            }
        }

        Assert.True(seen >= 0.98 * reachable, $"{seen} of {reachable}");
    }

    private static IReadOnlyList<Frontier> Detect(byte[] cost, Vector2d from)
    {
        var travel = new TravelField(Grid);
        travel.Compute(cost, from);
        var detector = new FrontierDetector(Grid, Area);
        detector.Detect(cost, travel);
        return detector.Frontiers;
    }

    private static byte[] RandomWorld(ulong seed)
    {
        var random = new SeededRandom(seed);
        byte[] world = new byte[Grid.CellCount];
        for (int i = 0; i < 25; i++)
        {
            double x = random.NextDouble(-9, 9), y = random.NextDouble(-9, 9);
            if (Math.Abs(x) > 1.5 || Math.Abs(y) > 1.5)
            {
                Fill(world, x, y, x + random.NextDouble(0.4, 2), y + random.NextDouble(0.4, 2), GridCost.Lethal);
            }
        }

        return world;
    }

    private static void See(byte[] world, byte[] known, Vector2d from)
    {
        for (int cell = 0; cell < Grid.CellCount; cell++)
        {
            if (Grid.Center(cell).DistanceTo(from) <= 3.5)
            {
                known[cell] = world[cell];
            }
        }
    }

    private static byte[] Unknown()
    {
        byte[] cost = new byte[Grid.CellCount];
        Array.Fill(cost, GridCost.Unknown);
        return cost;
    }

    private static int CellAt(Vector2d p)
    {
        Assert.True(Grid.TryCell(p.X, p.Y, out int col, out int row));
        return Grid.Index(col, row);
    }

    private static void Fill(byte[] cost, double x0, double y0, double x1, double y1, byte value)
    {
        for (int cell = 0; cell < cost.Length; cell++)
        {
            Vector2d c = Grid.Center(cell);
            if (c.X >= x0 && c.X <= x1 && c.Y >= y0 && c.Y <= y1)
            {
                cost[cell] = value;
            }
        }
    }
}
