using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim;

/// <summary>
/// Height and attitude of a body carried by its wheels: each wheel follows the surface under it, the rocker-bogie
/// linkage averages the wheels, so the body lies on the least-squares plane through the wheel contacts.
/// </summary>
/// <remarks>
/// With wheels placed symmetrically about the origin the least-squares plane z = Z + A·x + B·y in the yaw-aligned
/// frame separates: Z is the mean, A = Σxz/Σx², B = Σyz/Σy². A wheel does not jump on to a rock: it rises no faster
/// than it can roll up the edge, and falls no faster than the linkage drops.
/// </remarks>
internal sealed class Suspension
{
    private const double FallSpeedMps = 1.2;
    private const double RisePerRimSpeed = 1.5;
    private const double RiseSpeedAtRestMps = 0.05;

    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _z;
    private readonly double _sumXx;
    private readonly double _sumYy;

    public Suspension(ChassisModel chassis)
    {
        int wheels = 2 * chassis.Axles;
        _x = new double[wheels];
        _y = new double[wheels];
        _z = new double[wheels];
        for (int i = 0; i < wheels; i++)
        {
            double along = 1.0 - (2.0 * (i / 2) / (chassis.Axles - 1));
            _x[i] = along * chassis.HalfWheelbaseM;
            _y[i] = (i % 2 == 0 ? 0.5 : -0.5) * chassis.TrackM;
            _sumXx += _x[i] * _x[i];
            _sumYy += _y[i] * _y[i];
        }
    }

    /// <summary>Height of the body's origin, m.</summary>
    public double Z { get; private set; }

    /// <summary>Rise of the wheel plane per metre forward (yaw-aligned frame).</summary>
    public double SlopeForward { get; private set; }

    /// <summary>Rise of the wheel plane per metre to the left (yaw-aligned frame).</summary>
    public double SlopeLeft { get; private set; }

    public Attitude Attitude { get; private set; } = Attitude.Level;

    /// <summary>True once every wheel stands on the surface.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Puts every wheel on the surface at once and lets the attitude follow.</summary>
    public void Settle(PlanetSurface surface, double x, double y, double cosYaw, double sinYaw)
    {
        // Twice: the first pass finds the attitude, which shortens the wheels' horizontal offsets in the second.
        Follow(surface, x, y, cosYaw, sinYaw, double.PositiveInfinity, double.PositiveInfinity);
        Follow(surface, x, y, cosYaw, sinYaw, double.PositiveInfinity, double.PositiveInfinity);
    }

    /// <summary>Lets the wheels follow the surface for one step of <paramref name="dtS"/> seconds.</summary>
    public void Step(
        PlanetSurface surface, double x, double y, double cosYaw, double sinYaw, double rimSpeedMps, double dtS)
    {
        double rise = (RiseSpeedAtRestMps + (RisePerRimSpeed * rimSpeedMps)) * dtS;
        Follow(surface, x, y, cosYaw, sinYaw, rise, FallSpeedMps * dtS);
    }

    private void Follow(
        PlanetSurface surface, double x, double y, double cosYaw, double sinYaw, double maxRise, double maxFall)
    {
        double shortX = Attitude.CosPitch;
        double shortY = Attitude.CosRoll;
        double sum = 0.0;
        double sumX = 0.0;
        double sumY = 0.0;
        bool settled = true;
        for (int i = 0; i < _z.Length; i++)
        {
            double bx = _x[i] * shortX;
            double by = _y[i] * shortY;
            double ground = surface.SurfaceHeight(x + (cosYaw * bx) - (sinYaw * by), y + (sinYaw * bx) + (cosYaw * by));
            double step = ground - _z[i];
            settled &= step <= maxRise && step >= -maxFall;
            double z = _z[i] + Math.Max(-maxFall, Math.Min(maxRise, step));
            _z[i] = z;
            sum += z;
            sumX += bx * z;
            sumY += by * z;
        }

        IsSettled = settled;
        Z = sum / _z.Length;
        SlopeForward = sumX / (_sumXx * shortX * shortX);
        SlopeLeft = sumY / (_sumYy * shortY * shortY);
        Attitude = Attitude.OnPlane(SlopeForward, SlopeLeft);
    }
}

/// <summary>
/// Roll and pitch of a body whose yaw is kept apart; the rotation is Rz(yaw)·Ry(pitch)·Rx(roll) (REP-103: positive
/// pitch is nose down, positive roll is left side up).
/// </summary>
internal readonly record struct Attitude(
    double Roll, double Pitch, double SinRoll, double CosRoll, double SinPitch, double CosPitch)
{
    public static Attitude Level { get; } = new(0, 0, 0, 1, 0, 1);

    /// <summary>Vertical component of the body's z axis: the cosine of the tilt.</summary>
    public double CosTilt => CosRoll * CosPitch;

    /// <summary>Attitude of a body lying on the plane that rises by the given slopes ahead and to the left.</summary>
    public static Attitude OnPlane(double slopeForward, double slopeLeft)
    {
        double longitudinal = Math.Sqrt(1.0 + (slopeForward * slopeForward));
        double normal = Math.Sqrt(1.0 + (slopeForward * slopeForward) + (slopeLeft * slopeLeft));
        double sinPitch = -slopeForward / longitudinal;
        double cosPitch = 1.0 / longitudinal;
        double sinRoll = slopeLeft / normal;
        double cosRoll = longitudinal / normal;
        return new Attitude(
            DetMath.Atan2(sinRoll, cosRoll), DetMath.Atan2(sinPitch, cosPitch), sinRoll, cosRoll, sinPitch, cosPitch);
    }

    public static Attitude FromAngles(double roll, double pitch) => new(
        roll, pitch, DetMath.Sin(roll), DetMath.Cos(roll), DetMath.Sin(pitch), DetMath.Cos(pitch));

    /// <summary>Turns a vector of the yaw-aligned frame into the body frame (transpose of Ry(pitch)·Rx(roll)).</summary>
    public Vector3d ToBody(double x, double y, double z)
    {
        double bx = (CosPitch * x) - (SinPitch * z);
        double mid = (SinPitch * x) + (CosPitch * z);
        return new Vector3d(bx, (CosRoll * y) + (SinRoll * mid), (CosRoll * mid) - (SinRoll * y));
    }

    /// <summary>Turns a vector of the body frame into the yaw-aligned frame (Ry(pitch)·Rx(roll)).</summary>
    public Vector3d FromBody(double x, double y, double z)
    {
        double wy = (CosRoll * y) - (SinRoll * z);
        double mid = (SinRoll * y) + (CosRoll * z);
        return new Vector3d((CosPitch * x) + (SinPitch * mid), wy, (CosPitch * mid) - (SinPitch * x));
    }
}
