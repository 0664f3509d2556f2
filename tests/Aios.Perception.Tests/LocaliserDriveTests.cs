using Aios.Numerics;
using Aios.Perception.Tests.Support;
using Aios.Terrain;

namespace Aios.Perception.Tests;

public sealed class LocaliserDriveTests(ITestOutputHelper output)
{
    private static readonly Vector2d[] Course =
        [new(12, 4), new(16, 14), new(4, 18), new(-8, 12), new(-14, 2), new(-4, -8), new(8, -6), new(2, 4), new(12, 10)];

    [Theory]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Localiser_HundredMetresOnCrateredGround_StaysWithinThirtyCentimetres(ulong seed)
    {
        MappingDrive drive = Drive(seed, matching: true);

        Assert.InRange(drive.Rover.DistanceM, 95, 200);
        Assert.InRange(drive.WorstErrorM, 0, 0.3);
        Assert.InRange(Math.Abs(drive.HeightErrorM), 0, 0.3);
        Assert.True(drive.Localiser.Matches[MeasurementVerdict.Accepted] > 300);
        Assert.InRange(drive.Localiser.Estimate.PositionSigmaM, 0.01, 0.3);
    }

    [Fact]
    public void Localiser_WithoutMatching_AdmitsItsDrift()
    {
        MappingDrive drive = Drive(2, matching: false);

        Assert.InRange(drive.ErrorM, 0, 3 * drive.Localiser.Estimate.PositionSigmaM);
        Assert.True(drive.Localiser.Estimate.PositionSigmaM > 0.3);
    }

    [Fact]
    public void Localiser_SameSeedTwice_SameBits()
    {
        Assert.Equal(ShortDrive().Localiser.Estimate, ShortDrive().Localiser.Estimate);

        static MappingDrive ShortDrive()
        {
            MappingDrive drive = Start(5, matching: true);
            drive.Run(8, 0.5, 0.1);
            return drive;
        }
    }

    [Theory]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Localiser_TurningOnASteepSandySlope_FollowsTheSlide(ulong seed)
    {
        var spec = new TerrainSpec
        {
            Craters = new CraterSpec { SteepCraters = 0 },
            Relief = new ReliefSpec { RmsHeightM = 0.4, TiltX = 0.28 },
            Soil = new SoilSpec { SandFraction = 1, BedrockFraction = 0 },
            Mobility = new MobilityLimits { MaxSlopeRad = 0.6 },
        };
        var drive = new MappingDrive(TerrainGenerator.Generate(spec, seed), new Pose2(14, 9, 0.3), seed, matching: true);
        Vector2d start = drive.Rover.Pose.Position;

        for (int i = 0; i < 5; i++)
        {
            drive.Run(6, 0, 0.4);
            drive.Run(6, 0, -0.4);
        }

        double slid = drive.Rover.Pose.Position.DistanceTo(start);
        output.WriteLine(FormattableString.Invariant($"slid {slid:F2} m, error {drive.ErrorM:F3} m, worst {drive.WorstErrorM:F3} m"));
        Assert.True(slid > 1);
        Assert.InRange(drive.WorstErrorM, 0, 0.3);
    }

    private static MappingDrive Start(ulong seed, bool matching)
    {
        var spec = new TerrainSpec { Craters = new CraterSpec { SteepCraters = 0 } };
        return new MappingDrive(TerrainGenerator.Generate(spec, seed), new Pose2(0, 0, 0.3), seed, matching);
    }

    private MappingDrive Drive(ulong seed, bool matching)
    {
        MappingDrive drive = Start(seed, matching);
        foreach (Vector2d place in Course)
        {
            drive.DriveTo(place);
        }

        output.WriteLine(FormattableString.Invariant(
            $"driven {drive.Rover.DistanceM:F0} m, error {drive.ErrorM:F3} m, worst {drive.WorstErrorM:F3} m, height {drive.HeightErrorM:F3} m, sigma {drive.Localiser.Estimate.PositionSigmaM:F3} m"));
        return drive;
    }
}
