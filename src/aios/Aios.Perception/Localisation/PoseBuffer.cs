using Aios.Numerics;

namespace Aios.Perception;

/// <summary>The last poses of a rover by time, to look up where it was when a scan was taken.</summary>
/// <remarks>Position and yaw are interpolated linearly, roll and pitch likewise, which between poses 50 ms apart is
/// exact to far below the sensors' noise. Not thread-safe; allocates in the constructor only.</remarks>
public sealed class PoseBuffer
{
    private readonly Entry[] _entries;
    private int _newest = -1;
    private int _count;

    /// <param name="capacity">Poses kept, at least 2.</param>
    public PoseBuffer(int capacity = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _entries = new Entry[capacity];
    }

    /// <summary>Poses held.</summary>
    public int Count => _count;

    /// <summary>Time of the newest pose, ns; <see cref="long.MinValue"/> when empty.</summary>
    public long NewestNs => _count > 0 ? _entries[_newest].StampNs : long.MinValue;

    /// <summary>Time of the oldest pose, ns; <see cref="long.MaxValue"/> when empty.</summary>
    public long OldestNs => _count > 0 ? At(_count - 1).StampNs : long.MaxValue;

    /// <summary>Adds a pose; false when it is not newer than the newest or not finite.</summary>
    public bool Add(long stampNs, in Pose3 pose)
    {
        if (stampNs <= NewestNs || !double.IsFinite(pose.Position.LengthSquared) || !(pose.Orientation.LengthSquared > 0.5))
        {
            return false;
        }

        pose.Orientation.ToRollPitchYaw(out double roll, out double pitch, out double yaw);
        _newest = (_newest + 1) % _entries.Length;
        _entries[_newest] = new Entry(stampNs, pose.Position, roll, pitch, yaw);
        _count = Math.Min(_count + 1, _entries.Length);
        return true;
    }

    /// <summary>Pose at a time between the oldest and the newest; false outside.</summary>
    public bool TryInterpolate(long stampNs, out Pose3 pose)
    {
        pose = Pose3.Identity;
        if (_count == 0 || stampNs > NewestNs || stampNs < OldestNs)
        {
            return false;
        }

        int age = 0;
        while (age + 1 < _count && At(age + 1).StampNs >= stampNs)
        {
            age++;
        }

        Entry after = At(age);
        Entry before = age + 1 < _count ? At(age + 1) : after;
        double span = after.StampNs - before.StampNs;
        double t = span > 0 ? (stampNs - before.StampNs) / span : 0;
        Vector3d position = before.Position + (t * (after.Position - before.Position));
        pose = new Pose3(position, Quaterniond.FromRollPitchYaw(
            before.Roll + (t * Angles.Difference(after.Roll, before.Roll)),
            before.Pitch + (t * (after.Pitch - before.Pitch)),
            before.Yaw + (t * Angles.Difference(after.Yaw, before.Yaw))));
        return true;
    }

    private Entry At(int age) => _entries[(_newest - age + _entries.Length) % _entries.Length];

    private readonly record struct Entry(long StampNs, Vector3d Position, double Roll, double Pitch, double Yaw);
}
