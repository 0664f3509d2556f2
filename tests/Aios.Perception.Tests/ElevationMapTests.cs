using System.Numerics;
using Aios.Numerics;
using Aios.Perception.Tests.Support;

namespace Aios.Perception.Tests;

public sealed class ElevationMapTests
{
    private static readonly GridGeometry Grid = Scenes.SmallGrid;

    [Fact]
    public void Integrate_Plane_CellsHoldItsHeight()
    {
        ElevationMap map = Scenes.Mapped((x, y) => 1 + (0.1 * x));

        for (int col = 0; col < Grid.Width; col++)
        {
            Assert.Equal(1 + (0.1 * Grid.CenterX(col)), map[Grid.Index(col, 40)].Elevation, 2);
        }

        Assert.Equal(Grid.CellCount, map.KnownCells);
    }

    [Fact]
    public void Integrate_PointsOfEveryKind_CountedOnce()
    {
        var map = new ElevationMap(Grid);
        Vector3[] points =
        [
            new(3, 0, -1.5f), new(float.NaN, 0, 0), new(0, float.PositiveInfinity, 0), new(0.5f, 0, -0.2f),
            new(13.9f, 5, -1.5f), new(7.9f, 7.9f, -1.5f), new(0.1f, 0, -1.5f), new(8.05f, 0, -1.5f),
        ];

        ScanSummary summary = map.Integrate(points, new Pose3(new Vector3d(0, 0, 1.5), Quaterniond.Identity), 0);

        Assert.Equal(new ScanSummary(8, 2, 2, 3, 1, 2), summary);
    }

    [Fact]
    public void Integrate_PoseNotFinite_ChangesNothing()
    {
        var map = new ElevationMap(Grid);

        ScanSummary summary = map.Integrate(
            [new(3, 0, 0)], new Pose3(new Vector3d(double.NaN, 0, 0), Quaterniond.Identity), 0);

        Assert.Equal(0, summary.Fused);
        Assert.Equal(0, map.KnownCells);
    }

    [Fact]
    public void Integrate_ExcludedDisc_LeavesAnotherRoverOut()
    {
        var map = new ElevationMap(Grid, Scenes.Open());

        map.Integrate([new(3, 0, 0.5f), new(5, 0, 0)], Pose3.Identity, 0, 0, [new ExclusionDisc(3, 0, 0.8)]);

        Assert.Equal(1, map.KnownCells);
    }

    [Fact]
    public void Integrate_TurnedAndTiltedSensor_HitsWhereThePoseSays()
    {
        var map = new ElevationMap(Grid, Scenes.Open());
        var pose = new Pose3(new Vector3d(1, 2, 1.5), Quaterniond.FromRollPitchYaw(0.1, -0.2, 0.7));
        Vector3d truth = new(4.1, 3.3, 0.25);
        Vector3d seen = pose.Inverse().Transform(truth);

        map.Integrate([new((float)seen.X, (float)seen.Y, (float)seen.Z)], pose, 0);

        Assert.True(Grid.TryCell(truth.X, truth.Y, out int col, out int row));
        Assert.Equal(0.25, map[Grid.Index(col, row)].Elevation, 4);
    }

    [Fact]
    public void Integrate_ManyNoisyHits_VarianceFallsToItsFloor()
    {
        var map = new ElevationMap(Grid, Scenes.Open());
        var random = new SeededRandom(1);
        for (int i = 0; i < 200; i++)
        {
            map.Integrate([new(2.1f, 2.1f, (float)random.NextGaussian(0.4, 0.01))], Pose3.Identity, i);
        }

        ElevationCell cell = map[IndexAt(2.1, 2.1)];
        Assert.Equal(0.4, cell.Elevation, 2);
        Assert.InRange(cell.Variance, 1e-6, 2e-5);
        Assert.True(cell.Step < 0.05);
        Assert.Equal(200, cell.Hits);
    }

    [Fact]
    public void Integrate_RockFillingHalfACell_ShowsAsStepNotAsGround()
    {
        var map = new ElevationMap(Grid, Scenes.Open());
        for (int i = 0; i < 10; i++)
        {
            map.Integrate([new(2.05f, 2.1f, 0), new(2.06f, 2.1f, 0), new(2.15f, 2.1f, 0.2f)], Pose3.Identity, i);
        }

        ElevationCell cell = map[IndexAt(2.1, 2.1)];
        Assert.InRange(cell.Step, 0.15, 0.25);
        Assert.InRange(cell.Elevation, -0.05, 0.05);
    }

    [Fact]
    public void Integrate_SingleFalseHit_FadesAway()
    {
        var map = new ElevationMap(Grid, Scenes.Open());
        map.Integrate([new(2.1f, 2.1f, 0), new(2.1f, 2.1f, 0.5f)], Pose3.Identity, 0);
        for (int i = 0; i < 150; i++)
        {
            map.Integrate([new(2.1f, 2.1f, 0)], Pose3.Identity, i);
        }

        Assert.True(map[IndexAt(2.1, 2.1)].Step < 0.08);
    }

    [Fact]
    public void Integrate_GroundLastinglyElsewhere_Follows()
    {
        var map = new ElevationMap(Grid, Scenes.Open());
        for (int i = 0; i < 400; i++)
        {
            map.Integrate([new(2.1f, 2.1f, i < 100 ? 0 : 0.4f)], Pose3.Identity, i);
        }

        Assert.Equal(0.4, map[IndexAt(2.1, 2.1)].Elevation, 1);
    }

    [Fact]
    public void AnchorVariance_FirstMappedUncertain_StaysWithTheGround()
    {
        var map = new ElevationMap(Grid, Scenes.Open());
        map.Integrate([new(2.1f, 2.1f, 0)], Pose3.Identity, 0, positionVariance: 0.09);
        map.Integrate([new(2.1f, 2.1f, 0)], Pose3.Identity, 1, positionVariance: 0.5);

        Assert.True(Grid.TryCell(2.1, 2.1, out int col, out int row));
        Assert.Equal(0.09, map.AnchorVariance(col, row), 6);
        Assert.True(double.IsNaN(map.AnchorVariance(0, 0)));
    }

    [Fact]
    public void Options_Impossible_NamedInOneLine()
    {
        Assert.Contains("MaxRangeM", new ElevationMapOptions { MaxRangeM = 0.1 }.Validate(), StringComparison.Ordinal);
        Assert.Null(new ElevationMapOptions().Validate());
        Assert.Throws<ArgumentException>(() => new ElevationMap(Grid, new ElevationMapOptions { StepDecay = 2 }));
    }

    private static int IndexAt(double x, double y)
    {
        Assert.True(Grid.TryCell(x, y, out int col, out int row));
        return Grid.Index(col, row);
    }
}
