using System.Buffers.Binary;
using System.Numerics;
using Aios.Nodes;
using Aios.Numerics;
using sensor_msgs.msg;

namespace Aios.Cli.Viewing;

/// <summary>
/// Lidar scans of a rover for the page, in the map frame: of a running mission the newest, of a recorded one fewer and smaller
/// ones that stay.
/// </summary>
/// <remarks>A scan: byte 2, rover (u8), number of points (u16), mission time (f64, s), then x, y, z of each (i16, cm). Little-endian.</remarks>
internal sealed class ViewLidar(int rover, Pose3 baseFromLidar, ViewFeed feed, bool isRecorded = false)
{
    /// <summary>A kind of <see cref="ViewHistory.AddTransient"/> for each rover.</summary>
    private const int FirstKind = 1000;
    private const double PerMetre = 100;

    private readonly double _period = isRecorded ? 0.95 : 0.45;
    private readonly int _mostPoints = isRecorded ? 1500 : 4000;
    private Vector3[] _scratch = [];
    private double _next;

    /// <summary>Where the rover believes it is; null before the first estimate.</summary>
    public Pose3? MapFromBase { get; set; }

    public void OnCloud(double time, PointCloud2 cloud)
    {
        if (time < _next || MapFromBase is not { } pose || !PointCloudView.TryRead(cloud, ref _scratch, out var points))
        {
            return;
        }

        _next = time + _period;
        var step = Math.Max(1, (points.Length + _mostPoints - 1) / _mostPoints);
        var bytes = new byte[12 + (6 * ((points.Length / step) + 1))];
        var count = 0;
        for (var i = 0; i < points.Length; i += step)
        {
            var point = points[i];
            if (float.IsFinite(point.X + point.Y + point.Z))
            {
                var inBase = baseFromLidar.Transform(new Vector3d(point.X, point.Y, point.Z));
                var inMap = pose.Transform(inBase);
                var at = bytes.AsSpan(12 + (6 * count++));
                BinaryPrimitives.WriteInt16LittleEndian(at, Centimetres(inMap.X));
                BinaryPrimitives.WriteInt16LittleEndian(at[2..], Centimetres(inMap.Y));
                BinaryPrimitives.WriteInt16LittleEndian(at[4..], Centimetres(inMap.Z));
            }
        }

        bytes[0] = 2;
        bytes[1] = (byte)rover;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)count);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(4), time);
        Add(bytes[..(12 + (6 * count))]);
    }

    private void Add(byte[] scan)
    {
        if (isRecorded)
        {
            feed.History.Add(new ViewMessage(scan, IsText: false));
        }
        else
        {
            feed.AddTransient(FirstKind + rover, scan);
        }
    }

    private static short Centimetres(double metres) => (short)Math.Clamp(Math.Round(metres * PerMetre), short.MinValue, short.MaxValue);
}
