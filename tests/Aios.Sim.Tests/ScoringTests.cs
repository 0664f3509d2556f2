using Aios.Numerics;

namespace Aios.Sim.Tests;

public class ScoringTests
{
    private static readonly GridGeometry TenByTen = new(10, 10, 1.0, 0.0, 0.0);

    private static RoverTruth At(double t, double x = 0, double speed = 0, double tilt = 0, double rim = 0) => new()
    {
        TimeNs = (long)(t * 1e9),
        Position = new Vector3d(x, 0, 0),
        BodyVelocity = new Vector2d(speed, 0),
        TiltRad = tilt,
        RimLeftMps = rim,
    };

    [Fact]
    public void Coverage_UnionOfMaps_CountsReachableCellsOnce()
    {
        Grid<bool> reachable = new(TenByTen);
        for (int i = 0; i < 50; i++)
        {
            reachable[i] = true;
        }

        CoverageScorer scorer = new(reachable);
        Grid<bool> first = new(TenByTen);
        Grid<bool> second = new(TenByTen);
        for (int i = 0; i < 20; i++)
        {
            first[i] = true;
            second[i + 10] = true;
            second[i + 60] = true;
        }

        scorer.Union(first);
        Assert.Equal(0.4, scorer.Coverage);
        scorer.Union(second);
        scorer.Union(second);
        Assert.Equal(0.6, scorer.Coverage);
        Assert.Equal(50.0, scorer.ReachableAreaM2);
    }

    [Fact]
    public void Coverage_MapOfAnotherRaster_IsSampledAtCellCentres()
    {
        CoverageScorer scorer = new(new Grid<bool>(TenByTen, true));
        Grid<bool> fine = new(new GridGeometry(10, 20, 0.5, 0.0, 0.0), true);
        scorer.Union(fine);
        Assert.Equal(0.5, scorer.Coverage);
    }

    [Fact]
    public void Coverage_NothingReachable_IsComplete() =>
        Assert.Equal(1.0, new CoverageScorer(new Grid<bool>(TenByTen)).Coverage);

    [Fact]
    public void Localisation_Errors_AreRmsAndMaximum()
    {
        LocalisationScorer scorer = new();
        scorer.Add(At(0), new Pose2(3, 4, 0));
        scorer.Add(At(1), new Pose2(0, 0, 0.1));
        scorer.Add(At(2), new Pose2(double.NaN, 0, 0));
        Assert.Equal(Math.Sqrt(12.5), scorer.PositionRmsM, 12);
        Assert.Equal(5.0, scorer.PositionMaxM);
        Assert.Equal(0.1, scorer.YawMaxRad, 12);
        Assert.Equal((2, 1), (scorer.Samples, scorer.Invalid));
    }

    [Fact]
    public void Localisation_YawAcrossPi_IsTheShortWay()
    {
        LocalisationScorer scorer = new();
        scorer.Add(At(0) with { Yaw = 3.1 }, new Pose2(0, 0, -3.1));
        Assert.Equal((2.0 * Math.PI) - 6.2, scorer.YawMaxRad, 9);
    }

    [Fact]
    public void Safety_OneLongExcess_IsOneViolation()
    {
        SafetyScorer scorer = new(new SafetyLimits());
        for (int i = 0; i < 100; i++)
        {
            _ = scorer.Update(At(0.02 * i, speed: 0.9), false);
        }

        Assert.Equal(1, scorer.Count(SafetyViolation.Speed));
        Assert.Equal(0.9, scorer.MaxSpeedMps);
    }

    [Fact]
    public void Safety_TwoEpisodes_AreTwo_ABlinkIsNone()
    {
        SafetyScorer scorer = new(new SafetyLimits());
        for (int i = 0; i < 300; i++)
        {
            double t = 0.02 * i;
            double tilt = t is (> 1.0 and < 2.0) or (> 3.0 and < 4.0) or (> 5.0 and < 5.05) ? 0.6 : 0.1;
            _ = scorer.Update(At(t, tilt: tilt), false);
        }

        Assert.Equal(2, scorer.Count(SafetyViolation.Tilt));
        Assert.Equal(2, scorer.Total);
    }

    [Fact]
    public void Safety_InAZone_IsAViolationUnlessPermitted()
    {
        SafetyScorer scorer = new(new SafetyLimits { Zones = [Polygon.Rectangle(5, -1, 8, 1), Polygon.Rectangle(-8, -1, -5, 1)] });
        Assert.False(scorer.Update(At(0.0, x: 6), false, permits: 1));
        Assert.False(scorer.Update(At(0.2, x: 6), false, permits: 1));
        Assert.False(scorer.Update(At(0.4, x: -6), false, permits: 1));
        Assert.True(scorer.Update(At(0.6, x: -6), false, permits: 1));
        Assert.Equal((1, 1), (scorer.Total, scorer.Count(SafetyViolation.Zone)));
    }

    [Fact]
    public void Safety_OutsideTheFence_IsAViolation()
    {
        SafetyScorer scorer = new(new SafetyLimits { MinX = -30, MaxX = 30, MinY = -30, MaxY = 30 });
        Assert.False(scorer.Update(At(0.0, x: 30.5), false));
        Assert.True(scorer.Update(At(0.2, x: 30.5), false));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(2.0, 1)]
    public void Safety_WheelsTurnAfterAStop_CountsBeyondTheStoppingTime(double rollsForS, int violations)
    {
        SafetyScorer scorer = new(new SafetyLimits());
        for (int i = 0; i < 200; i++)
        {
            double t = 0.02 * i;
            _ = scorer.Update(At(t, rim: t < rollsForS ? 0.3 : 0.0), true);
        }

        Assert.Equal(violations, scorer.Count(SafetyViolation.MovingWhileStopped));
    }
}
