using System.Numerics;
using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Perception.Tests.Support;

/// <summary>A rover on a planet, as far as perception needs one: true pose, wheels that slip, noisy sensors.</summary>
internal sealed class TestRover
{
    public const double SensorHeightM = 1.5;
    public const double EffectiveTrackM = 1.05;
    private const int Azimuths = 180;
    private readonly PlanetSurface _planet;
    private readonly SeededRandom _random;
    private readonly Vector3d[] _rays;
    private readonly Vector3d[] _worldRays;
    private readonly double[] _ranges;
    private readonly Vector3d _gyroBias;
    private readonly Vector3d _accelBias;
    private Quaterniond _before;
    private Vector3d _angularVelocity;
    private double _wheelSpeed;
    private double _acceleration;
    private double _turnRate;

    public TestRover(PlanetSurface planet, Pose2 start, ulong seed)
    {
        _planet = planet;
        _random = new SeededRandom(seed);
        Pose = start;
        _rays = Pattern();
        _worldRays = new Vector3d[_rays.Length];
        _ranges = new double[_rays.Length];
        Scan = new Vector3[_rays.Length];
        _gyroBias = new Vector3d(0.001, -0.001, 0.001);
        _accelBias = new Vector3d(0.01, -0.01, 0.0);
        _before = Truth.Orientation;
    }

    /// <summary>True pose in the plane.</summary>
    public Pose2 Pose { get; private set; }

    /// <summary>True pose, base_link on the ground below the rover's middle.</summary>
    public Pose3 Truth
    {
        get
        {
            FootprintPlane plane = FootprintPlane.Fit(_planet.Ground, Pose.X, Pose.Y, 0.5);
            return new Pose3(new Vector3d(Pose.X, Pose.Y, plane.Height), Attitude(plane));
        }
    }

    public static Pose3 BaseFromSensor { get; } = new(new Vector3d(0, 0, SensorHeightM), Quaterniond.Identity);

    /// <summary>Metres driven over ground.</summary>
    public double DistanceM { get; private set; }

    /// <summary>Returns of the last scan, sensor frame.</summary>
    public Vector3[] Scan { get; }

    /// <summary>Moves for a step; the wheels come up to speed at 0.4 m/s².</summary>
    public void Drive(double commandedSpeed, double turnRate, double dt)
    {
        double change = Math.Clamp(commandedSpeed - _wheelSpeed, -0.4 * dt, 0.4 * dt);
        double wheelSpeed = _wheelSpeed += change;
        (_acceleration, _turnRate) = (change / dt, turnRate);
        FootprintPlane plane = FootprintPlane.Fit(_planet.Ground, Pose.X, Pose.Y, 0.5);
        (double sin, double cos) = DetMath.SinCos(Pose.Yaw);
        double climb = DetMath.Atan((plane.SlopeX * cos) + (plane.SlopeY * sin));
        double bank = (-plane.SlopeX * sin) + (plane.SlopeY * cos);
        SoilParameters soil = SoilParameters.Of(_planet.SoilAt(Pose.X, Pose.Y));
        double noise = 1 + (soil.SlipNoise * _random.NextGaussian());
        double scrub = 0.5 * EffectiveTrackM * WheelTurnRate(turnRate), left = wheelSpeed - scrub, right = wheelSpeed + scrub;
        double lost = 0.5 * ((left * soil.Slip(climb * Math.Sign(left))) + (right * soil.Slip(climb * Math.Sign(right)))) * noise;
        double forward = (wheelSpeed - lost) * DetMath.Cos(climb) * dt;
        double side = -0.5 * (Math.Abs(left) + Math.Abs(right)) * dt * soil.SideSlip * bank;
        double yaw = Angles.WrapToPi(Pose.Yaw + (turnRate * dt));
        Pose = new Pose2(Pose.X + (forward * cos) - (side * sin), Pose.Y + (forward * sin) + (side * cos), yaw);
        DistanceM += Math.Abs(forward);
        Quaterniond now = Truth.Orientation;
        Quaterniond turned = _before.Inverse() * now;
        double sign = turned.W < 0 ? -2 : 2;
        _angularVelocity = new Vector3d(turned.X, turned.Y, turned.Z) * (sign / dt);
        _before = now;
    }

    public (Vector3d AngularVelocity, Vector3d SpecificForce) Imu()
    {
        Vector3d up = Truth.Orientation.Inverse().Rotate(Vector3d.UnitZ);
        var motion = new Vector3d(_acceleration, _wheelSpeed * _turnRate, 0);
        return (_angularVelocity + _gyroBias + Noise(0.002), (up * _planet.GravityMps2) + motion + _accelBias + Noise(0.02));
    }

    public double Wheels() => _wheelSpeed == 0 ? 0 : (_wheelSpeed * 1.005) + (0.003 * _random.NextGaussian());

    /// <summary>Turn rate by the wheels, which scrub and so have to turn faster than the rover.</summary>
    public static double WheelTurnRate(double turnRate) => turnRate * 1.3;

    public double Heading() => Angles.WrapToPi(Pose.Yaw + (0.0147 * _random.NextGaussian()));

    /// <summary>Takes a scan from where the rover truly is.</summary>
    public void TakeScan()
    {
        Pose3 sensor = Truth.Compose(BaseFromSensor);
        for (int i = 0; i < _rays.Length; i++)
        {
            _worldRays[i] = sensor.Orientation.Rotate(_rays[i]);
        }

        _planet.RaycastFan(sensor.Position, _worldRays, 20.0, _ranges);
        for (int i = 0; i < _rays.Length; i++)
        {
            double range = _ranges[i] + (0.01 * _random.NextGaussian());
            Vector3d p = _rays[i] * range;
            Scan[i] = new Vector3((float)p.X, (float)p.Y, (float)p.Z);
        }
    }

    private static Quaterniond Attitude(FootprintPlane plane, double yaw)
    {
        Vector3d up = new Vector3d(-plane.SlopeX, -plane.SlopeY, 1).Normalized();
        return (Quaterniond.FromTwoDirections(Vector3d.UnitZ, up) * Quaterniond.FromYaw(yaw)).Normalized();
    }

    private static Vector3d[] Pattern()
    {
        const int GroundRings = 26, SkyRings = 6;
        var rays = new Vector3d[(GroundRings + SkyRings) * Azimuths];
        for (int ring = 0; ring < GroundRings + SkyRings; ring++)
        {
            double far = 1.5 + (10.5 * ring / (GroundRings - 1));
            double elevation = ring < GroundRings
                ? -DetMath.Atan2(SensorHeightM, far)
                : -0.06 + (0.2 * (ring - GroundRings) / (SkyRings - 1));
            (double sinE, double cosE) = DetMath.SinCos(elevation);
            for (int a = 0; a < Azimuths; a++)
            {
                (double sin, double cos) = DetMath.SinCos(a * Angles.TwoPi / Azimuths);
                rays[(ring * Azimuths) + a] = new Vector3d(cosE * cos, cosE * sin, sinE);
            }
        }

        return rays;
    }

    // FromTwoDirections turns about a horizontal axis, which turns the heading a little on a slope: the yaw is corrected
    // so that Truth's yaw is the pose's.
    private Quaterniond Attitude(FootprintPlane plane)
    {
        Quaterniond first = Attitude(plane, Pose.Yaw);
        return Attitude(plane, Pose.Yaw + Angles.Difference(Pose.Yaw, first.Yaw));
    }

    private Vector3d Noise(double sigma) =>
        new(sigma * _random.NextGaussian(), sigma * _random.NextGaussian(), sigma * _random.NextGaussian());
}
