using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Roll and pitch from a gyroscope and an accelerometer: the direction of up in the body frame is turned by the
/// gyroscope and drawn slowly to the measured specific force.
/// </summary>
/// <remarks>
/// A complementary filter on the sphere (Mahony, Hamel and Pflimlin, "Nonlinear Complementary Filters on the Special
/// Orthogonal Group", TAC 2008, eq. 32 for the direction alone: k_P = 1/τ, and k_I = k_P²/4, which damps critically, for
/// the bias across it). Where gravity is weak, a rover that starts looks like one that tilts (0.5 m/s on Mars would
/// leave 0.5/(g·τ) rad), so the caller gives the acceleration that the wheels tell and the filter takes it off. At the
/// start the samples are averaged until their number reaches the time constant. Angles are those of REP-103: positive
/// pitch is nose down. Not thread-safe, allocates nothing.
/// </remarks>
public sealed class GravityFilter
{
    private const double MaxRelativeForceError = 0.25;
    private readonly double _timeConstantS;
    private readonly double _gravity;
    private Vector3d _up = Vector3d.UnitZ;
    private Vector3d _bias;
    private double _elapsedS;
    private bool _started;

    /// <param name="timeConstantS">Time constant of the correction, s, positive.</param>
    /// <param name="gravityMps2">Gravity, m/s².</param>
    public GravityFilter(double timeConstantS, double gravityMps2)
    {
        _timeConstantS = timeConstantS;
        _gravity = gravityMps2;
    }

    /// <summary>Direction of up in the body frame, unit length. X is the sine of the climb, Y of the left side's rise.</summary>
    public Vector3d Up => _up;

    /// <summary>Roll, rad: left side up is positive.</summary>
    public double Roll => DetMath.Atan2(_up.Y, _up.Z);

    /// <summary>Pitch, rad: nose down is positive.</summary>
    public double Pitch => DetMath.Asin(Math.Clamp(-_up.X, -1.0, 1.0));

    /// <summary>Rate of the yaw angle for a body-frame angular velocity, rad/s.</summary>
    public double YawRate(Vector3d angularVelocity)
    {
        double horizontal = (_up.Y * _up.Y) + (_up.Z * _up.Z);
        const double NearlyVertical = 1e-3;
        return horizontal < NearlyVertical
            ? 0
            : ((angularVelocity.Y * _up.Y) + (angularVelocity.Z * _up.Z)) / horizontal;
    }

    /// <summary>Advances the filter. Arguments must be finite.</summary>
    /// <param name="angularVelocity">Gyroscope, rad/s, body frame.</param>
    /// <param name="specificForce">Accelerometer, m/s², body frame; (0, 0, +g) at rest on level ground.</param>
    /// <param name="dtS">Time since the sample before, s.</param>
    /// <param name="linearAcceleration">Acceleration of the body known from elsewhere, m/s², body frame.</param>
    public void Update(Vector3d angularVelocity, Vector3d specificForce, double dtS, Vector3d linearAcceleration = default)
    {
        Vector3d gravity = specificForce - linearAcceleration;
        double force = gravity.Length;
        bool usable = Math.Abs(force - _gravity) <= MaxRelativeForceError * _gravity;
        if (!_started)
        {
            _started = usable;
            _up = usable ? gravity / force : _up;
            return;
        }

        _elapsedS += dtS;
        Vector3d turned = _up - (dtS * (angularVelocity - _bias).Cross(_up));
        if (usable)
        {
            Vector3d measured = gravity / force;
            double rate = 1 / Math.Min(_timeConstantS, Math.Max(_elapsedS, dtS));
            turned += rate * dtS / (1 + (rate * dtS)) * (measured - turned);
            if (_elapsedS >= _timeConstantS)
            {
                _bias += 0.25 * dtS / (_timeConstantS * _timeConstantS) * _up.Cross(measured);
            }
        }

        _up = turned.Normalized();
    }
}
