using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Roll and pitch from a gyroscope and an accelerometer: the direction of up in the body frame is turned by the
/// gyroscope and drawn slowly to the measured specific force.
/// </summary>
/// <remarks>
/// A complementary filter on the sphere (Mahony, Hamel and Pflimlin, "Nonlinear Complementary Filters on the Special
/// Orthogonal Group", TAC 2008, with the direction alone as state and no bias: the yaw bias is estimated elsewhere, and
/// over the time constant a bias of 0.005 rad/s tilts by 0.01 rad at most). Angles are those of REP-103: positive pitch
/// is nose down. Not thread-safe, allocates nothing.
/// </remarks>
public sealed class GravityFilter
{
    private const double MaxRelativeForceError = 0.25;
    private readonly double _timeConstantS;
    private readonly double _gravity;
    private Vector3d _up = Vector3d.UnitZ;
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
    public void Update(Vector3d angularVelocity, Vector3d specificForce, double dtS)
    {
        double force = specificForce.Length;
        bool usable = Math.Abs(force - _gravity) <= MaxRelativeForceError * _gravity;
        if (!_started)
        {
            _started = usable;
            _up = usable ? specificForce / force : _up;
            return;
        }

        Vector3d turned = _up - (dtS * angularVelocity.Cross(_up));
        if (usable)
        {
            double gain = dtS / (_timeConstantS + dtS);
            turned += gain * ((specificForce / force) - turned);
        }

        _up = turned.Normalized();
    }
}
