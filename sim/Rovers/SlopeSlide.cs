using Aios.Numerics;

namespace Aios.Sim;

/// <summary>Sliding of the whole rover down a slope too steep for its soil: Coulomb friction, static and sliding.</summary>
internal sealed class SlopeSlide(DriveModel drive, double gravityMps2)
{
    private const double MaxSpeedMps = 3.0;

    /// <summary>Speed down the slope, m/s.</summary>
    public double SpeedMps { get; private set; }

    /// <summary>The slope is too steep for a rover at rest.</summary>
    public bool CanStart(SoilTraction soil, in Attitude attitude)
    {
        double c = attitude.CosTilt;
        double friction = soil.StaticFriction * drive.GripFactor;
        return 1.0 - (c * c) > friction * friction * c * c;
    }

    /// <summary>One step; returns the horizontal velocity of the slide, map frame, m/s.</summary>
    public Vector2d Step(SoilTraction soil, in Attitude attitude, in WheelPlane plane, double dtS)
    {
        if (SpeedMps <= 0.0 && !CanStart(soil, attitude))
        {
            return default;
        }

        double c = attitude.CosTilt;
        double sine = Math.Sqrt(Math.Max(0.0, 1.0 - (c * c)));
        double pull = gravityMps2 * (sine - (soil.SlidingFriction * drive.GripFactor * c));
        SpeedMps = Math.Clamp(SpeedMps + (pull * dtS), 0.0, MaxSpeedMps);
        double steep = Math.Sqrt((plane.SlopeX * plane.SlopeX) + (plane.SlopeY * plane.SlopeY));
        return steep > 1e-9 ? new Vector2d(-plane.SlopeX, -plane.SlopeY) * (SpeedMps * c / steep) : default;
    }
}
