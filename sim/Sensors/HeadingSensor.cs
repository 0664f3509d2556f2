using Aios.Numerics;

namespace Aios.Sim;

/// <summary>Where a heading fix came from; the values are those of aios_interfaces/Heading.</summary>
public enum HeadingSource
{
    None = 0,
    Sun = 1,
    Star = 2,
}

/// <summary>
/// Absolute yaw from the sun, or from the stars when the sun is below the horizon. No fix while the sun is up but
/// hidden by terrain, nor while the body turns too fast or lies too steeply.
/// </summary>
public sealed class HeadingSensor
{
    private const double MaxTiltRad = 0.7;

    private readonly HeadingModel _model;
    private readonly SeededRandom _random;

    internal HeadingSensor(HeadingModel model, SeededRandom random)
    {
        _model = model;
        _random = random;
    }

    /// <summary>Measured yaw in the map frame, rad, (−π, π].</summary>
    public double YawRad { get; private set; }

    /// <summary>Variance of the fix, rad².</summary>
    public double VarianceRad2 { get; private set; }

    public HeadingSource Source { get; private set; }

    /// <summary>Tries a fix; false when there is none.</summary>
    internal bool Sample(
        double yaw, double yawRate, double cosTilt, double sunElevationRad, bool sunVisible, double noiseFactor)
    {
        Source = Choose(sunElevationRad, sunVisible);
        if (Source == HeadingSource.None
            || Math.Abs(yawRate) > _model.MaxYawRateRps
            || cosTilt < DetMath.Cos(MaxTiltRad))
        {
            return false;
        }

        double sigma = Source == HeadingSource.Sun ? _model.SunSigmaRad : _model.StarSigmaRad;
        VarianceRad2 = sigma * sigma;
        YawRad = Angles.WrapToPi(yaw + (sigma * noiseFactor * _random.NextGaussian()));
        return true;
    }

    private HeadingSource Choose(double sunElevationRad, bool sunVisible)
    {
        if (sunElevationRad < 0.0)
        {
            return HeadingSource.Star;
        }

        return sunVisible && sunElevationRad >= _model.MinSunElevationRad ? HeadingSource.Sun : HeadingSource.None;
    }
}
