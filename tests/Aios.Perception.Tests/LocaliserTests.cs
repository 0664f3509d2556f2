using Aios.Numerics;

namespace Aios.Perception.Tests;

public sealed class LocaliserTests
{
    private const long Ms = 1_000_000;
    private static readonly Vector3d Rest = new(0, 0, 3.71);

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public void OnWheelOdometry_NotFinite_RejectedByName(double forward, double turn)
    {
        var localiser = new Localiser(default, 0);

        Assert.Equal(MeasurementVerdict.NotFinite, localiser.OnWheelOdometry(forward, turn, 1));
        Assert.Equal(1, localiser.Wheels[MeasurementVerdict.NotFinite]);
    }

    [Fact]
    public void OnImu_NotFiniteOrOutOfOrderOrImpossible_RejectedByName()
    {
        var localiser = new Localiser(default, 0);

        Assert.Equal(MeasurementVerdict.NotFinite, localiser.OnImu(new Vector3d(0, double.NaN, 0), Rest, 1));
        Assert.Equal(MeasurementVerdict.Accepted, localiser.OnImu(default, Rest, 20 * Ms));
        Assert.Equal(MeasurementVerdict.OutOfOrder, localiser.OnImu(default, Rest, 20 * Ms));
        Assert.Equal(MeasurementVerdict.OutOfRange, localiser.OnImu(new Vector3d(50, 0, 0), Rest, 40 * Ms));
    }

    [Theory]
    [InlineData(double.NaN, 0.01, MeasurementVerdict.NotFinite)]
    [InlineData(0.0, double.NaN, MeasurementVerdict.NotFinite)]
    [InlineData(0.0, 0.0, MeasurementVerdict.OutOfRange)]
    [InlineData(0.0, -1.0, MeasurementVerdict.OutOfRange)]
    [InlineData(2.0, 1e-4, MeasurementVerdict.Outlier)]
    [InlineData(0.01, 1e-4, MeasurementVerdict.Accepted)]
    public void OnHeading_BoundaryTable_VerdictAsNamed(double yaw, double variance, MeasurementVerdict expected)
    {
        var localiser = new Localiser(default, 0);

        Assert.Equal(expected, localiser.OnHeading(yaw, variance, 1));
    }

    [Fact]
    public void OnHeading_OlderThanAllowed_Stale()
    {
        Localiser localiser = Driven(2.0, 0.3, 0);

        Assert.Equal(MeasurementVerdict.Stale, localiser.OnHeading(0, 1e-4, 1000 * Ms));
    }

    [Fact]
    public void OnHeading_PersistentDisagreement_FinallyBelieved()
    {
        var localiser = new Localiser(default, 0);
        for (int i = 1; i <= 20; i++)
        {
            localiser.OnHeading(1.5, 1e-4, i * 1000 * Ms);
        }

        Assert.Equal(1.5, localiser.Filter.State[PlanarEkf.Yaw], 1);
        Assert.True(localiser.Heading[MeasurementVerdict.Outlier] >= 5);
    }

    [Fact]
    public void Estimate_FramesCompose_MapFromOdomTimesOdomFromBaseIsMapFromBase()
    {
        Localiser localiser = Driven(10, 0.5, 0.2);
        localiser.OnTerrainMatch(MatchOf(0.1, -0.05, 0.02, 0.01), 10_100 * Ms);
        LocalisationEstimate e = localiser.Estimate;

        Pose3 composed = e.MapFromOdom.Compose(e.OdomFromBase);

        Assert.True((composed.Position - e.MapFromBase.Position).Length < 1e-9);
        Assert.Equal(e.MapFromBase.Orientation.Yaw, composed.Orientation.Yaw, 9);
    }

    [Fact]
    public void OnTerrainMatch_Accepted_MovesMapButNotOdom()
    {
        Localiser localiser = Driven(5, 0.5, 0);
        LocalisationEstimate before = localiser.Estimate;

        Assert.Equal(MeasurementVerdict.Accepted, localiser.OnTerrainMatch(MatchOf(0.1, 0, 0, 0), 5_100 * Ms));
        LocalisationEstimate after = localiser.Estimate;

        Assert.Equal(before.OdomFromBase, after.OdomFromBase);
        Assert.InRange(after.MapFromBase.Position.X - before.MapFromBase.Position.X, 0.05, 0.1);
        Assert.True(after.PositionSigmaM < before.PositionSigmaM);
    }

    [Fact]
    public void OnTerrainMatch_MapWithUncertainPlace_KeepsThatUncertainty()
    {
        Localiser localiser = Driven(5, 0.5, 0);

        localiser.OnTerrainMatch(MatchOf(0, 0, 0, 0, anchorVariance: 0.25), 5_100 * Ms);

        Assert.True(localiser.Estimate.PositionSigmaM >= 0.5);
        Span<double> covariance = stackalloc double[36];
        localiser.WriteCovariance(covariance);
        Assert.True(covariance[0] >= 0.25 && covariance[7] >= 0.25);
    }

    [Fact]
    public void OnTerrainMatch_FeaturelessOrFar_Refused()
    {
        Localiser localiser = Driven(5, 0.5, 0);

        var flat = new TerrainMatch { Outcome = TerrainMatchOutcome.Featureless };
        Assert.Equal(MeasurementVerdict.NotObservable, localiser.OnTerrainMatch(flat, 5_100 * Ms));
        Assert.Equal(MeasurementVerdict.Outlier, localiser.OnTerrainMatch(MatchOf(20, 0, 0, 0), 5_200 * Ms));
    }

    [Fact]
    public void Predict_GyroDisagreesWithSkiddingWheels_TurnsWithTheGyro()
    {
        var localiser = new Localiser(default, 0);
        Feed(localiser, 10, 0, wheelTurn: 0.5, gyroTurn: 0.3);

        Assert.Equal(3.0, localiser.Filter.State[PlanarEkf.Yaw], 1);
    }

    [Fact]
    public void Predict_WithoutImu_TurnsWithTheWheels()
    {
        var localiser = new Localiser(default, 0);
        for (int i = 0; i <= 40; i++)
        {
            localiser.OnWheelOdometry(0, 0.5, i * 50 * Ms);
        }

        Assert.Equal(1.0, localiser.Filter.State[PlanarEkf.Yaw], 6);
    }

    [Fact]
    public void StandingStill_BiasedGyro_BiasIsLearntAndYawHolds()
    {
        var localiser = new Localiser(default, 0);
        Feed(localiser, 60, 0, wheelTurn: 0, gyroTurn: 0.004);

        Assert.Equal(0.004, localiser.Filter.State[PlanarEkf.GyroBias], 3);
        Assert.InRange(Math.Abs(localiser.Filter.State[PlanarEkf.Yaw]), 0, 0.05);
    }

    [Fact]
    public void Estimate_OnASlope_TiltedAndClimbing()
    {
        double climb = 0.2;
        var localiser = new Localiser(default, 0, new LocaliserOptions { InitialSlip = 0, InitialSlopeSlip = 0 });
        Vector3d force = new Vector3d(DetMath.Sin(climb), 0, DetMath.Cos(climb)) * 3.71;
        for (int i = 1; i <= 500; i++)
        {
            localiser.OnImu(default, force, i * 20 * Ms);
            if (i % 5 == 0)
            {
                localiser.OnWheelOdometry(0.5, 0, i * 20 * Ms);
            }
        }

        LocalisationEstimate e = localiser.Estimate;
        e.MapFromBase.Orientation.ToRollPitchYaw(out double roll, out double pitch, out _);
        Assert.Equal(-climb, pitch, 2);
        Assert.Equal(0, roll, 2);
        Assert.Equal(DetMath.Tan(climb), e.MapFromBase.Position.Z / e.MapFromBase.Position.X, 2);
    }

    [Fact]
    public void Options_OutOfRange_NamedInOneLine()
    {
        string? failure = new LocaliserOptions { GateSigmas = double.NaN }.Validate();

        Assert.Contains("GateSigmas", failure, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Localiser(default, 0, new LocaliserOptions { GyroSigma = -1 }));
    }

    private static Localiser Driven(double seconds, double speed, double turn)
    {
        var localiser = new Localiser(default, 0);
        Feed(localiser, seconds, speed, turn, turn);
        return localiser;
    }

    private static void Feed(Localiser localiser, double seconds, double speed, double wheelTurn, double gyroTurn)
    {
        for (int i = 0; i <= (int)(seconds * 100); i++)
        {
            if (i % 2 == 0)
            {
                localiser.OnImu(new Vector3d(0, 0, gyroTurn), Rest, i * 10 * Ms);
            }

            if (i % 5 == 0)
            {
                localiser.OnWheelOdometry(speed, wheelTurn, i * 10 * Ms);
            }
        }
    }

    private static TerrainMatch MatchOf(double dx, double dy, double dz, double dyaw, double anchorVariance = 0)
    {
        var covariance = default(MatchCovariance);
        for (int i = 0; i < 4; i++)
        {
            covariance[5 * i] = 4e-4;
        }

        return new TerrainMatch
        {
            Outcome = TerrainMatchOutcome.Matched,
            Dx = dx,
            Dy = dy,
            Dz = dz,
            Dyaw = dyaw,
            Covariance = covariance,
            AnchorVariance = anchorVariance,
            TiltVarianceX = 1e-6,
            TiltVarianceY = 1e-6,
        };
    }
}
