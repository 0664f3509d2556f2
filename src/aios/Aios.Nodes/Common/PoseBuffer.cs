using Aios.Numerics;

namespace Aios.Nodes;

/// <summary>The last poses of the rover, to know where it was when a scan was taken.</summary>
/// <param name="capacity">Poses kept.</param>
public sealed class PoseBuffer(int capacity = 16)
{
    private readonly (long StampNs, Pose3 Pose)[] _poses = new (long, Pose3)[capacity];
    private int _count;

    /// <summary>Stamp of the newest pose; <see cref="long.MinValue"/> when there is none.</summary>
    public long NewestNs => _count == 0 ? long.MinValue : _poses[(_count - 1) % _poses.Length].StampNs;

    /// <summary>Adds a pose; one that is not newer than the newest is ignored.</summary>
    public void Add(long stampNs, in Pose3 pose)
    {
        if (stampNs > NewestNs)
        {
            _poses[_count % _poses.Length] = (stampNs, pose);
            _count++;
        }
    }

    /// <summary>Pose at a time between two kept ones: position linear, attitude by normalised interpolation.</summary>
    /// <returns>False when the time is outside what is kept.</returns>
    public bool TryAt(long stampNs, out Pose3 pose)
    {
        pose = default;
        var oldest = Math.Max(0, _count - _poses.Length);
        for (var i = _count - 1; i > oldest; i--)
        {
            var later = _poses[i % _poses.Length];
            var earlier = _poses[(i - 1) % _poses.Length];
            if (earlier.StampNs <= stampNs && stampNs <= later.StampNs)
            {
                var f = (double)(stampNs - earlier.StampNs) / (later.StampNs - earlier.StampNs);
                pose = Interpolate(earlier.Pose, later.Pose, f);
                return true;
            }
        }

        return false;
    }

    private static Pose3 Interpolate(in Pose3 a, in Pose3 b, double f)
    {
        var position = a.Position + ((b.Position - a.Position) * f);
        var qa = a.Orientation;
        var qb = b.Orientation;
        var dot = (qa.X * qb.X) + (qa.Y * qb.Y) + (qa.Z * qb.Z) + (qa.W * qb.W);
        var g = dot < 0 ? -f : f;
        var x = (qa.X * (1 - f)) + (qb.X * g);
        var y = (qa.Y * (1 - f)) + (qb.Y * g);
        var z = (qa.Z * (1 - f)) + (qb.Z * g);
        var w = (qa.W * (1 - f)) + (qb.W * g);
        var n = Math.Sqrt((x * x) + (y * y) + (z * z) + (w * w));
        return new Pose3(position, new Quaterniond(x / n, y / n, z / n, w / n));
    }
}
