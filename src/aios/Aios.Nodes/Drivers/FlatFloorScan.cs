using System.Runtime.InteropServices;
using Aios.Numerics;
using sensor_msgs.msg;

namespace Aios.Nodes;

/// <summary>What a lidar sees of an endless flat floor: the same from everywhere, so one message serves for all scans.</summary>
internal static class FlatFloorScan
{
    private const int Rings = 16;
    private const int Azimuths = 180;
    private const double NearM = 1.5;
    private const double FarM = 12.0;

    /// <summary>An organised cloud: height = rings from near to far, width = azimuths counter-clockwise from +x.</summary>
    /// <param name="frame">Frame of the lidar, level above the floor.</param>
    /// <param name="height">Its height above the floor, m.</param>
    public static PointCloud2 Make(string frame, double height)
    {
        var cloud = new PointCloud2
        {
            Height = Rings,
            Width = Azimuths,
            PointStep = 3 * sizeof(float),
            RowStep = 3 * sizeof(float) * Azimuths,
            IsDense = true,
        };
        cloud.Header.FrameId = frame;
        foreach (var name in (string[])["x", "y", "z"])
        {
            var offset = (uint)(cloud.Fields.Count * sizeof(float));
            cloud.Fields.Add(new PointField { Name = name, Offset = offset, Datatype = PointField.FLOAT32, Count = 1 });
        }

        CollectionsMarshal.SetCount(cloud.Data, Rings * Azimuths * 3 * sizeof(float));
        var points = MemoryMarshal.Cast<byte, float>(CollectionsMarshal.AsSpan(cloud.Data));
        for (var i = 0; i < Rings * Azimuths; i++)
        {
            var (ring, azimuth) = Math.DivRem(i, Azimuths);
            var distance = NearM + ((FarM - NearM) * ring / (Rings - 1));
            var (sin, cos) = DetMath.SinCos(Angles.TwoPi * azimuth / Azimuths);
            points[3 * i] = (float)(distance * cos);
            points[(3 * i) + 1] = (float)(distance * sin);
            points[(3 * i) + 2] = (float)-height;
        }

        return cloud;
    }
}
