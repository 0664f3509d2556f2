using System.Buffers.Binary;
using System.Numerics;
using Aios.Nodes;
using Aios.Numerics;
using sensor_msgs.msg;

namespace Aios.Cli.Viewing;

/// <summary>
/// Newest lidar scan of a rover for the page, in the map frame.
/// </summary>
/// <remarks>A scan: byte 2, rover (u8), number of points (u16), mission time (f64, s), then x, y, z of each (i16, cm). Little-endian.</remarks>
internal sealed class ViewLidar(int rover, Pose3 baseFromLidar, ViewFeed feed)
{
    /// <summary>A kind of <see cref="ViewHistory.AddTransient"/> for each rover.</summary>
    private const int FirstKind = 1000;
    private const double Period = 0.45;
    private const int MostPoints = 4000;
    private const double PerMetre = 100;

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

        _next = time + Period;
        var step = Math.Max(1, (points.Length + MostPoints - 1) / MostPoints);
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
        feed.AddTransient(FirstKind + rover, bytes[..(12 + (6 * count))]);
    }

    private static short Centimetres(double metres) => (short)Math.Clamp(Math.Round(metres * PerMetre), short.MinValue, short.MaxValue);
}
