using Aios.Numerics;

namespace Aios.Sim;

/// <summary>Velocity, acceleration and rotation of a body from its poses of successive steps.</summary>
internal sealed class InertialState(double gravityMps2)
{
    /// <summary>Time constant of the acceleration's low-pass: the suspension's and tyres' give, s.</summary>
    private const double AccelerationFilterS = 0.1;

    private Vector3d _acceleration;

    /// <summary>Velocity of the origin, map frame, m/s.</summary>
    public Vector3d Velocity { get; private set; }

    /// <summary>Angular velocity in the body frame, rad/s.</summary>
    public Vector3d AngularVelocity { get; private set; }

    /// <summary>What an ideal accelerometer at the origin reads, body frame, m/s².</summary>
    public Vector3d SpecificForce { get; private set; }

    /// <summary>Takes in how the origin moved in one step, map frame, m.</summary>
    public void Moved(Vector3d moved, double dtS)
    {
        Vector3d velocity = moved * (1.0 / dtS);
        Vector3d raw = (velocity - Velocity) * (1.0 / dtS);
        _acceleration += (raw - _acceleration) * (dtS / (AccelerationFilterS + dtS));
        Velocity = velocity;
    }

    /// <summary>Takes in how the body turned in one step; the yaw rate is about the vertical.</summary>
    public void Turned(in Attitude before, in Attitude after, double yawRate, double dtS)
    {
        double rollRate = (after.Roll - before.Roll) / dtS;
        double pitchRate = (after.Pitch - before.Pitch) / dtS;
        AngularVelocity = new Vector3d(
            rollRate - (yawRate * after.SinPitch),
            (pitchRate * after.CosRoll) + (yawRate * after.SinRoll * after.CosPitch),
            (yawRate * after.CosRoll * after.CosPitch) - (pitchRate * after.SinRoll));
    }

    /// <summary>Gravity's reaction and the acceleration, turned into the body frame.</summary>
    public void UpdateSpecificForce(in Attitude attitude, double cosYaw, double sinYaw)
    {
        double ax = (cosYaw * _acceleration.X) + (sinYaw * _acceleration.Y);
        double ay = (cosYaw * _acceleration.Y) - (sinYaw * _acceleration.X);
        SpecificForce = attitude.ToBody(ax, ay, _acceleration.Z + gravityMps2);
    }

    /// <summary>The velocity along the body's own axes, m/s.</summary>
    public Vector3d BodyVelocity(in Attitude attitude, double cosYaw, double sinYaw) => attitude.ToBody(
        (cosYaw * Velocity.X) + (sinYaw * Velocity.Y), (cosYaw * Velocity.Y) - (sinYaw * Velocity.X), Velocity.Z);
}
