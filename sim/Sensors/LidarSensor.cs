using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim;

/// <summary>
/// A 3D lidar: one ray per ring and azimuth, cast against ground and rocks from the pose of the instant. The real
/// sensor's sweep is taken as already motion-compensated by its driver.
/// </summary>
public sealed class LidarSensor
{
    private const int NoiseLength = 4096;

    private readonly LidarModel _model;
    private readonly SeededRandom _random;
    private readonly Vector3d[] _directions;
    private readonly float[] _points;
    private readonly double[] _noise = new double[NoiseLength];

    /// <param name="model">The sensor.</param>
    /// <param name="directions">Its <see cref="LidarPattern.Rays"/>, kept: one array for all sensors of a model.</param>
    /// <param name="random">Its noise.</param>
    internal LidarSensor(LidarModel model, Vector3d[] directions, SeededRandom random)
    {
        _model = model;
        _random = random;
        _directions = directions;
        Rings = directions.Length / model.Azimuths;
        _points = new float[3 * directions.Length];
        for (int i = 0; i < NoiseLength; i++)
        {
            _noise[i] = random.NextGaussian();
        }
    }

    public int Rings { get; }

    public int Azimuths => _model.Azimuths;

    /// <summary>
    /// The last scan: x, y, z in the lidar's frame, m, row-major by ring (ascending elevation), then azimuth
    /// (counter-clockwise from +x). NaN where there was no return. Valid until the next scan.
    /// </summary>
    public ReadOnlySpan<float> Points => _points;

    /// <summary>Pose of the optical centre for a body pose.</summary>
    internal Vector3d Origin(RoverBody body)
    {
        Vector3d mount = body.Attitude.FromBody(_model.MountForwardM, 0.0, _model.MountHeightM);
        return new Vector3d(
            body.X + (body.CosYaw * mount.X) - (body.SinYaw * mount.Y),
            body.Y + (body.SinYaw * mount.X) + (body.CosYaw * mount.Y),
            body.Z + mount.Z);
    }

    /// <summary>Casts one scan.</summary>
    /// <param name="surface">Ground and rocks.</param>
    /// <param name="body">The carrier.</param>
    /// <param name="others">Bodies that return an echo; empty where rovers are invisible to each other's lidar.</param>
    /// <param name="noiseFactor">Multiplies the range noise (a fault); 1 when healthy.</param>
    internal void Scan(PlanetSurface surface, RoverBody body, ReadOnlySpan<RoverCylinder> others, double noiseFactor)
    {
        Vector3d origin = Origin(body);
        Vector3d axisX = ToMap(body, 1.0, 0.0, 0.0);
        Vector3d axisY = ToMap(body, 0.0, 1.0, 0.0);
        Vector3d axisZ = ToMap(body, 0.0, 0.0, 1.0);
        int noise = _random.NextInt(NoiseLength);
        ulong drops = 0;
        double sigma = _model.RangeSigmaM * noiseFactor;
        uint dropThreshold = (uint)(_model.DropoutProbability * 65536.0);
        for (int i = 0; i < _directions.Length; i++)
        {
            // Sixteen bits of one draw decide on the dropout of each ray.
            drops = (i & 3) == 0 ? _random.NextUInt64() : drops >> 16;
            Vector3d local = _directions[i];
            Vector3d direction = (axisX * local.X) + (axisY * local.Y) + (axisZ * local.Z);
            bool hit = surface.Raycast(origin, direction, _model.MaxRangeM, out double range);
            foreach (ref readonly RoverCylinder other in others)
            {
                hit |= other.Intersect(origin, direction, hit ? range : _model.MaxRangeM, ref range);
            }

            range += sigma * _noise[noise++ & (NoiseLength - 1)];
            bool returns = hit && range >= _model.MinRangeM && range <= _model.MaxRangeM && (drops & 0xFFFF) >= dropThreshold;
            Store(i, local, returns ? range : double.NaN);
        }
    }

    private void Store(int ray, Vector3d local, double range)
    {
        _points[3 * ray] = (float)(local.X * range);
        _points[(3 * ray) + 1] = (float)(local.Y * range);
        _points[(3 * ray) + 2] = (float)(local.Z * range);
    }

    private static Vector3d ToMap(RoverBody body, double x, double y, double z)
    {
        Vector3d level = body.Attitude.FromBody(x, y, z);
        return new Vector3d(
            (body.CosYaw * level.X) - (body.SinYaw * level.Y), (body.SinYaw * level.X) + (body.CosYaw * level.Y), level.Z);
    }
}

/// <summary>A rover as another rover's lidar sees it: an upright cylinder.</summary>
internal readonly record struct RoverCylinder(double X, double Y, double BaseZ, double Radius, double Height)
{
    /// <summary>Finds the first hit nearer than <paramref name="maxRange"/>; leaves <paramref name="range"/> alone otherwise.</summary>
    public bool Intersect(Vector3d origin, Vector3d direction, double maxRange, ref double range)
    {
        double ox = origin.X - X;
        double oy = origin.Y - Y;
        double a = (direction.X * direction.X) + (direction.Y * direction.Y);
        double b = (ox * direction.X) + (oy * direction.Y);
        double c = (ox * ox) + (oy * oy) - (Radius * Radius);
        double discriminant = (b * b) - (a * c);
        if (!(discriminant >= 0.0 && a > 1e-12 && c > 0.0))
        {
            return false;
        }

        double distance = (-b - Math.Sqrt(discriminant)) / a;
        double z = origin.Z + (distance * direction.Z) - BaseZ;
        if (!(distance > 0.0 && distance < maxRange && z >= 0.0 && z <= Height))
        {
            return false;
        }

        range = distance;
        return true;
    }
}
