using System.Numerics;
using Aios.Numerics;
using Aios.Perception.Tests.Support;

namespace Aios.Perception.Tests;

public sealed class TerrainMatcherTests
{
    private static readonly GridGeometry Wide = GridGeometry.Covering(-15, -15, 15, 15, 0.2);

    [Theory]
    [InlineData(0.0, 0.0, 0.0, 0.0)]
    [InlineData(0.3, 0.0, 0.0, 0.0)]
    [InlineData(-0.2, 0.25, 0.1, 0.0)]
    [InlineData(0.1, -0.3, -0.15, 0.03)]
    public void Match_ShiftedPrior_FindsTheShift(double dx, double dy, double dz, double dyaw)
    {
        ElevationMap map = Scenes.Mapped(Scenes.Rolling, Wide);
        var truth = new Pose3(new Vector3d(1, -2, 0.1), Quaterniond.FromYaw(0.5));
        Vector3[] scan = Scenes.Scan(Scenes.Rolling, truth, 3000, 9, 5, 0.01);
        var prior = new Pose3(truth.Position - new Vector3d(dx, dy, dz), Quaterniond.FromYaw(0.5 - dyaw));

        TerrainMatch match = new TerrainMatcher().Match(map, scan, prior, Pose3.Identity);

        Assert.Equal(TerrainMatchOutcome.Matched, match.Outcome);
        Assert.Equal(dx, match.Dx, 0.03);
        Assert.Equal(dy, match.Dy, 0.03);
        Assert.Equal(dz, match.Dz, 0.02);
        Assert.Equal(dyaw, match.Dyaw, 0.01);
        Assert.InRange(match.NormalisedResidual, 0, 1.5);
    }

    [Fact]
    public void Match_TiltedPrior_FindsTheTiltAndNotAShift()
    {
        ElevationMap map = Scenes.Mapped(Scenes.Rolling, Wide);
        var truth = new Pose3(new Vector3d(0, 0, 0), Quaterniond.Identity);
        Vector3[] scan = Scenes.Scan(Scenes.Rolling, truth, 3000, 9, 6, 0.01);
        var prior = new Pose3(truth.Position, Quaterniond.FromRollPitchYaw(0.01, -0.008, 0));

        TerrainMatch match = new TerrainMatcher().Match(map, scan, prior, Pose3.Identity);

        Assert.Equal(TerrainMatchOutcome.Matched, match.Outcome);
        Assert.Equal(-0.01, match.TiltX, 0.003);
        Assert.Equal(0.008, match.TiltY, 0.003);
        Assert.InRange(Math.Abs(match.Dx), 0, 0.05);
        Assert.InRange(Math.Abs(match.Dy), 0, 0.05);
        Assert.InRange(match.TiltVarianceX, 0, 1e-5);
    }

    [Fact]
    public void Match_FlatGround_Featureless()
    {
        ElevationMap map = Scenes.Mapped((_, _) => 0.5, Wide);
        Vector3[] scan = Scenes.Scan((_, _) => 0.5, Pose3.Identity, 3000, 9, 7, 0.0);

        TerrainMatch match = new TerrainMatcher().Match(map, scan, Pose3.Identity, Pose3.Identity);

        Assert.Equal(TerrainMatchOutcome.Featureless, match.Outcome);
    }

    [Fact]
    public void Match_Furrows_UnsureAlongSureAcross()
    {
        static double Furrows(double x, double y) => 0.3 * DetMath.Sin(1.2 * x);
        ElevationMap map = Scenes.Mapped(Furrows, Wide);
        Vector3[] scan = Scenes.Scan(Furrows, Pose3.Identity, 3000, 9, 8, 0.01);

        TerrainMatch match = new TerrainMatcher().Match(map, scan, Pose3.Identity, Pose3.Identity);

        Assert.Equal(TerrainMatchOutcome.Matched, match.Outcome);
        MatchCovariance covariance = match.Covariance;
        Assert.True(covariance[5] > 100 * covariance[0]);
    }

    [Fact]
    public void Match_UnmappedGround_TooFewPoints()
    {
        var map = new ElevationMap(Wide);
        Vector3[] scan = Scenes.Scan(Scenes.Rolling, Pose3.Identity, 3000, 9, 9, 0.01);

        Assert.Equal(
            TerrainMatchOutcome.TooFewPoints, new TerrainMatcher().Match(map, scan, Pose3.Identity, Pose3.Identity).Outcome);
    }

    [Fact]
    public void Match_NoEchoesOrBadPrior_SaysSo()
    {
        ElevationMap map = Scenes.Mapped(Scenes.Rolling, Wide);
        var matcher = new TerrainMatcher();
        var silent = new Vector3[1000];
        Array.Fill(silent, new Vector3(float.NaN, 0, 0));
        var broken = new Pose3(new Vector3d(double.NaN, 0, 0), Quaterniond.Identity);

        Assert.Equal(TerrainMatchOutcome.TooFewPoints, matcher.Match(map, silent, Pose3.Identity, Pose3.Identity).Outcome);
        Assert.Equal(TerrainMatchOutcome.NotFinite, matcher.Match(map, silent, broken, Pose3.Identity).Outcome);
        Assert.Equal(TerrainMatchOutcome.TooFewPoints, matcher.Match(map, [], Pose3.Identity, Pose3.Identity).Outcome);
    }

    [Fact]
    public void Match_AnotherPlace_NotBelieved()
    {
        ElevationMap map = Scenes.Mapped(Scenes.Rolling, Wide);
        Vector3[] scan = Scenes.Scan((x, y) => Scenes.Rolling(x + 3, y - 5) + (0.4 * DetMath.Sin(3 * x)), Pose3.Identity, 3000, 9, 10, 0.01);

        Assert.NotEqual(TerrainMatchOutcome.Matched, new TerrainMatcher().Match(map, scan, Pose3.Identity, Pose3.Identity).Outcome);
    }
}
