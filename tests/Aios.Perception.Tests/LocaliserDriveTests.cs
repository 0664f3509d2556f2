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
