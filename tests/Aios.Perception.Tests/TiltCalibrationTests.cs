using Aios.Numerics;

namespace Aios.Perception.Tests;

public sealed class TiltCalibrationTests
{
    private static readonly Vector2d TrueBias = new(0.004, -0.003);

    [Fact]
    public void Update_RoverTurnsAround_FindsTheBias()
    {
        var tilt = new TiltCalibration(0.006, 0.0003, 0.0015);
        Circle(tilt, turns: 2, seed: 1);

        Assert.Equal(TrueBias.X, tilt.Bias.X, 0.0008);
        Assert.Equal(TrueBias.Y, tilt.Bias.Y, 0.0008);
        Assert.True(tilt.BiasSigma < 0.001);
    }

    [Fact]
    public void Update_RoverKeepsItsHeading_BiasStaysUnknown()
    {
        var tilt = new TiltCalibration(0.006, 0.0003, 0.0015);
        for (int i = 0; i < 100; i++)
        {
            tilt.Update(0, 0, 0, 1e-7, 1e-7);
        }

        Assert.True(tilt.BiasSigma > 0.004);
    }

    [Fact]
    public void Correct_BiasKnown_UpAgreesWithTheMap()
    {
        var tilt = new TiltCalibration(0.006, 0.0003, 0.0015);
        Circle(tilt, turns: 3, seed: 2);
        foreach (double yaw in new[] { 0.0, 1.0, 2.5, -2.0 })
        {
            Vector2d mapTilt = TrueBias;
            Quaterniond truth = Quaterniond.FromRollPitchYaw(0.1, -0.15, yaw);
            Quaterniond gravity = World(TrueBias.Rotated(yaw)) * truth;
            Vector3d expected = (World(mapTilt) * truth).Inverse().Rotate(Vector3d.UnitZ);

            Vector3d corrected = tilt.Correct(gravity.Inverse().Rotate(Vector3d.UnitZ), yaw);

            Assert.True((corrected - expected).Length < 0.0015);
        }
    }

    [Fact]
    public void Update_NotFinite_Ignored()
    {
        var tilt = new TiltCalibration(0.006, 0.0003, 0.0015);

        Assert.False(tilt.Update(0, double.NaN, 0, 1e-6, 1e-6));
        Assert.False(tilt.Update(0, 0, 0, double.NaN, 1e-6));
        Assert.Equal(Vector2d.Zero, tilt.Bias);
    }

    /// <summary>Gravity's attitude is off by the bias, turned with the body; the map was begun at heading 0.</summary>
    private static void Circle(TiltCalibration tilt, int turns, ulong seed)
    {
        var random = new SeededRandom(seed);
        for (int i = 0; i < turns * 40; i++)
        {
            double yaw = Angles.WrapToPi(i * Angles.TwoPi / 40);
            Vector2d present = (TrueBias - tilt.Bias).Rotated(yaw) + tilt.MapTilt;
            Vector2d seen = TrueBias - present;
            tilt.Update(
                yaw, random.NextGaussian(seen.X, 0.001), random.NextGaussian(seen.Y, 0.001), 1e-6, 1e-6);
        }
    }

    private static Quaterniond World(Vector2d tilt) => Quaterniond.FromRotationVector(new Vector3d(tilt.X, tilt.Y, 0));
}
