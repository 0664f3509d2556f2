using System.Numerics;
using Aios.Numerics;
using Aios.Perception.Tests.Support;

namespace Aios.Perception.Tests;

public sealed class TraversabilityMapTests
{
    private static readonly GridGeometry Grid = Scenes.SmallGrid;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void BlockMoments_FourAtOnce_SameBitsAsOneByOne(int halfWindow)
    {
        var random = new SeededRandom(31);
        int extent = ElevationMap.BlockCells + (2 * halfWindow);
        var wide = new BlockMoments(halfWindow);
        var scalar = new BlockMoments(halfWindow);
        int[] known = new int[extent * extent];
        float[] height = new float[extent * extent];
        for (int i = 0; i < 50; i++)
        {
            for (int cell = 0; cell < known.Length; cell++)
            {
                known[cell] = random.NextInt(3) > 0 ? 1 : 0;
                height[cell] = known[cell] * (float)random.NextGaussian(0.3, 2);
            }

            wide.Compute(known, height);
            scalar.ComputeScalar(known, height);
            BlockMoments.Sums a = wide.Windows, b = scalar.Windows;
            Assert.Equal([b.N, b.X, b.Xx, b.Y, b.Xy, b.Yy], (int[][])[a.N, a.X, a.Xx, a.Y, a.Xy, a.Yy]);
            Assert.Equal(
                ((float[][])[b.Z, b.Xz, b.Yz, b.Zz]).SelectMany(sums => sums.Select(BitConverter.SingleToInt32Bits)),
                ((float[][])[a.Z, a.Xz, a.Yz, a.Zz]).SelectMany(sums => sums.Select(BitConverter.SingleToInt32Bits)));
        }
    }

    [Fact]
    public void Update_FlatGround_FreeEverywhereInside()
    {
        TraversabilityMap map = Judge((_, _) => 0);

        Assert.Equal(0, CostAt(map, 0, 0));
        Assert.Equal(Grid.CellCount, map.KnownCells);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(18, false)]
    [InlineData(22, true)]
    [InlineData(35, true)]
    public void Update_Slope_LethalBeyondTheLimit(double degrees, bool lethal)
    {
        double gradient = DetMath.Tan(Angles.DegreesToRadians(degrees));
        TraversabilityMap map = Judge((x, y) => gradient * ((0.6 * x) + (0.8 * y)));

        Assert.Equal(lethal, CostAt(map, 0, 0) == TraversabilityCost.Lethal);
        Assert.Equal(gradient, map.Slope[IndexAt(0, 0)], 2);
        Assert.True(map.Step[IndexAt(0, 0)] < 0.1);
    }

    [Fact]
    public void Update_SteeperSlope_CostsMore()
    {
        Assert.True(CostAt(Judge((x, _) => 0.15 * x), 0, 0) > CostAt(Judge((x, _) => 0.05 * x), 0, 0));
    }

    [Theory]
    [InlineData(0.08, false)]
    [InlineData(0.25, true)]
    public void Update_Rock_LethalWhenHigherThanTheStepLimit(double height, bool lethal)
    {
        TraversabilityMap map = Judge(Scenes.Rock(0.1, 0.1, 0.25, height));

        Assert.Equal(lethal, CostAt(map, 0.1, 0.1) == TraversabilityCost.Lethal);
    }

    [Theory]
    [InlineData(0.03, true)]
    [InlineData(1, false)] // without the bound the spread of the two heights hides the rock
    public void Update_RockThatFillsAQuarterOfItsCell_IsFoundAmongTheHitsOfTheGround(double maxDiscount, bool found)
    {
        ElevationMap elevation = new(Grid, Scenes.Open());
        var map = new TraversabilityMap(elevation, new TraversabilityOptions { MaxStepM = 0.12, MaxStepDiscountM = maxDiscount });
        for (int i = 0; i < 3; i++)
        {
            Scenes.Look(elevation, Scenes.Rock(0.15, 0.15, 0.07, 0.2), i);
        }

        map.Update();

        Assert.Equal(found, CostAt(map, 0.1, 0.1) == TraversabilityCost.Lethal);
    }

    [Fact]
    public void Update_Rock_InflatedByTheRobotsCircleAndNotMuchFarther()
    {
        TraversabilityMap map = Judge(Scenes.Rock(0.1, 0.1, 0.15, 0.4));

        Assert.Equal(TraversabilityCost.Inscribed, CostAt(map, 0.1 + 0.6, 0.1));
        Assert.InRange(CostAt(map, 0.1 + 1.2, 0.1), 1, TraversabilityCost.MaxFree);
        Assert.Equal(0, CostAt(map, 0.1 + 2.2, 0.1));
        Assert.True(map.Clearance(IndexAt(2.3, 0.1)) >= 1.6);
    }

    [Fact]
    public void Update_EdgeOfAPit_HighSideIsTheObstacle()
    {
        TraversabilityMap map = Judge((x, _) => x < 0 ? 0 : -0.4);

        bool highSide = map.Step[IndexAt(-0.1, 3)] > 0.15, lowSide = map.Step[IndexAt(0.3, 3)] > 0.15;
        Assert.True(highSide);
        Assert.False(lowSide);
    }

    [Fact]
    public void Update_UnseenGround_UnknownAndHolesBetweenSeenCellsFilled()
    {
        var elevation = new ElevationMap(Grid, Scenes.Open());
        var points = new List<Vector3>();
        for (int row = 10; row < 50; row++)
        {
            for (int col = 10; col < 50; col++)
            {
                if ((row + col) % 2 == 0)
                {
                    points.Add(new Vector3((float)Grid.CenterX(col), (float)Grid.CenterY(row), 0));
                }
            }
        }

        elevation.Integrate(points.ToArray(), Pose3.Identity, 0);
        var map = new TraversabilityMap(elevation);
        map.Update();

        Assert.Equal(0, map.Cost[31, 30]);
        Assert.Equal(TraversabilityCost.Unknown, map.Cost[60, 60]);
        Assert.Equal(TraversabilityCost.Unknown, map.Cost[30, 53]);
    }

    [Fact]
    public void Update_NothingChanged_JudgesNothing()
    {
        ElevationMap elevation = Scenes.Mapped(Scenes.Rolling);
        var map = new TraversabilityMap(elevation);
        map.Update();
        long version = map.Version;

        Assert.Equal(new TraversabilityUpdate(0, 0), map.Update());
        Assert.Equal(version, map.Version);
    }

    [Fact]
    public void Update_PieceByPiece_EqualsAllAtOnce()
    {
        var random = new SeededRandom(77);
        var elevation = new ElevationMap(Grid, Scenes.Open());
        var piecewise = new TraversabilityMap(elevation);
        for (int i = 0; i < 60; i++)
        {
            var points = new Vector3[400];
            double cx = random.NextDouble(-6, 6), cy = random.NextDouble(-6, 6);
            for (int k = 0; k < points.Length; k++)
            {
                double x = random.NextGaussian(cx, 1.5), y = random.NextGaussian(cy, 1.5);
                double z = Scenes.Rolling(x, y) + (random.NextBool(0.01) ? 0.5 : 0);
                points[k] = new Vector3((float)x, (float)y, (float)z);
            }

            elevation.Integrate(points, Pose3.Identity, i);
            piecewise.Update();
        }

        // Every block once more: what was left alone must not differ from what judging it again gives, up to the small
        // changes of height that are not worth judging.
        byte[] before = piecewise.Cost.Cells.ToArray();
        elevation.MarkAllChanged();
        piecewise.Update();
        int different = 0;
        for (int i = 0; i < before.Length; i++)
        {
            bool wasLethal = before[i] is TraversabilityCost.Lethal, isLethal = piecewise.Cost[i] is TraversabilityCost.Lethal;
            different += wasLethal != isLethal ? 1 : 0;
        }

        Assert.InRange(different, 0, Grid.CellCount / 200);
    }

    [Fact]
    public void Update_RockThatWasNone_ClearanceRecovers()
    {
        var elevation = new ElevationMap(Grid, Scenes.Open());
        Scenes.Look(elevation, Scenes.Rock(0.1, 0.1, 0.15, 0.4), 0);
        var map = new TraversabilityMap(elevation);
        map.Update();
        Assert.Equal(TraversabilityCost.Lethal, CostAt(map, 0.1, 0.1));

        for (int i = 0; i < 30; i++)
        {
            Scenes.Look(elevation, (_, _) => 0, i);
            map.Update();
        }

        Assert.True(CostAt(map, 0.1, 0.1) < TraversabilityCost.Inscribed);
        Assert.True(map.Clearance(IndexAt(0.1, 0.1)) >= 1.6);
    }

    private static TraversabilityMap Judge(Func<double, double, double> height)
    {
        var map = new TraversabilityMap(Scenes.Mapped(height));
        map.Update();
        return map;
    }

    private static byte CostAt(TraversabilityMap map, double x, double y) => map.Cost[IndexAt(x, y)];

    private static int IndexAt(double x, double y)
    {
        Assert.True(Grid.TryCell(x, y, out int col, out int row));
        return Grid.Index(col, row);
    }
}
