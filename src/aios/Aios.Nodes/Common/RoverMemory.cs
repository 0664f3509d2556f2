using System.Buffers.Binary;

namespace Aios.Nodes;

/// <summary>Where a rover stood when it last knew.</summary>
/// <param name="X">Map frame, m.</param>
/// <param name="Y">Map frame, m.</param>
/// <param name="Z">Map frame, m.</param>
/// <param name="Yaw">Map frame, rad.</param>
/// <param name="StampNs">Mission time, ns.</param>
public readonly record struct RememberedPose(double X, double Y, double Z, double Yaw, long StampNs);

/// <summary>
/// What a rover's computer still knows after a crash beside its votes: how often it has started, and where it stood. A
/// rover stands while its computer is down, so that its last pose is where it starts from. Not thread-safe.
/// </summary>
public sealed class RoverMemory
{
    private const int Bytes = 6 * sizeof(long);
    private readonly Action<ReadOnlyMemory<byte>>? _save;
    private readonly byte[] _buffer = new byte[Bytes];
    private long _boots;

    /// <param name="saved">What was saved last; empty or of another length: nothing.</param>
    /// <param name="save">Keeps the bytes, all or nothing; null: they last as long as this object.</param>
    public RoverMemory(ReadOnlySpan<byte> saved = default, Action<ReadOnlyMemory<byte>>? save = null)
    {
        _save = save;
        if (saved.Length != Bytes)
        {
            return;
        }

        _boots = BinaryPrimitives.ReadInt64LittleEndian(saved);
        Span<double> pose = stackalloc double[4];
        for (var i = 0; i < pose.Length; i++)
        {
            pose[i] = BinaryPrimitives.ReadDoubleLittleEndian(saved[((i + 1) * sizeof(double))..]);
        }

        var stamp = BinaryPrimitives.ReadInt64LittleEndian(saved[(5 * sizeof(long))..]);
        Pose = stamp > 0 && double.IsFinite(pose[0] + pose[1] + pose[2] + pose[3])
            ? new RememberedPose(pose[0], pose[1], pose[2], pose[3], stamp)
            : null;
    }

    /// <summary>Starts of the computer, the present one included; 0 before the first.</summary>
    public uint Boots => (uint)_boots;

    /// <summary>The last pose that was remembered; null before the first.</summary>
    public RememberedPose? Pose { get; private set; }

    /// <summary>The computer starts.</summary>
    public void CountBoot()
    {
        _boots++;
        Save();
    }

    /// <summary>Remembers a pose in place of the one before.</summary>
    public void Remember(in RememberedPose pose)
    {
        Pose = pose;
        Save();
    }

    private void Save()
    {
        if (_save is null)
        {
            return;
        }

        var pose = Pose.GetValueOrDefault();
        BinaryPrimitives.WriteInt64LittleEndian(_buffer, _boots);
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(8), pose.X);
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(16), pose.Y);
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(24), pose.Z);
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.AsSpan(32), pose.Yaw);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(40), pose.StampNs);
        _save(_buffer);
    }
}
