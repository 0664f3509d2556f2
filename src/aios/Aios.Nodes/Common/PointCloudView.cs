using System.Numerics;
using System.Runtime.InteropServices;
using sensor_msgs.msg;

namespace Aios.Nodes;

/// <summary>Reads the points of a <c>sensor_msgs/PointCloud2</c>.</summary>
public static class PointCloudView
{
    private const int PointBytes = 12;

    /// <summary>
    /// The points of a cloud whose x, y, z are little-endian float32. A cloud of nothing else is viewed in place;
    /// otherwise the points are gathered into <paramref name="scratch"/>, which grows as needed.
    /// </summary>
    /// <returns>False for a cloud that is not of that form or whose sizes do not fit.</returns>
    public static bool TryRead(PointCloud2 cloud, ref Vector3[] scratch, out ReadOnlySpan<Vector3> points)
    {
        points = default;
        var count = (ulong)cloud.Width * cloud.Height;
        if (cloud.IsBigendian || cloud.PointStep < PointBytes || !HasXyz(cloud.Fields)
            || count > (ulong)cloud.Data.Count / cloud.PointStep || cloud.RowStep != cloud.PointStep * cloud.Width)
        {
            return false;
        }

        ReadOnlySpan<byte> data = CollectionsMarshal.AsSpan(cloud.Data);
        if (cloud.PointStep == PointBytes)
        {
            points = MemoryMarshal.Cast<byte, Vector3>(data[..((int)count * PointBytes)]);
            return true;
        }

        if ((ulong)scratch.Length < count)
        {
            scratch = new Vector3[count];
        }

        for (var i = 0; i < (int)count; i++)
        {
            scratch[i] = MemoryMarshal.Read<Vector3>(data.Slice(i * (int)cloud.PointStep, PointBytes));
        }

        points = scratch.AsSpan(0, (int)count);
        return true;
    }

    private static bool HasXyz(List<PointField> fields)
    {
        ReadOnlySpan<string> names = ["x", "y", "z"];
        if (fields.Count < names.Length)
        {
            return false;
        }

        for (var i = 0; i < names.Length; i++)
        {
            var field = fields[i];
            if (!string.Equals(field.Name, names[i], StringComparison.Ordinal)
                || field.Offset != i * sizeof(float) || field.Datatype != PointField.FLOAT32)
            {
                return false;
            }
        }

        return true;
    }
}
