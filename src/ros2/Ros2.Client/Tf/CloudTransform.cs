using System.Buffers.Binary;
using System.Runtime.InteropServices;
using sensor_msgs.msg;

namespace ROS2;

/// <summary>Moves the points of a cloud.</summary>
internal static class CloudTransform
{
    public static PointCloud2 Apply(PointCloud2 input, std_msgs.msg.Header header, in RigidTransform by)
    {
        (int x, int y, int z) = (Offset(input, "x"), Offset(input, "y"), Offset(input, "z"));
        ulong lastByte = input.Height == 0 || input.Width == 0
            ? 0
            : ((ulong)(input.Height - 1) * input.RowStep) + ((ulong)input.Width * input.PointStep);
        if (lastByte > (ulong)input.Data.Count || (lastByte > 0 && Math.Max(x, Math.Max(y, z)) + sizeof(float) > input.PointStep))
        {
            throw new ArgumentException($"the cloud has {input.Data.Count} bytes, its sizes ask for {lastByte}", nameof(input));
        }

        var output = new PointCloud2
        {
            Header = header,
            Height = input.Height,
            Width = input.Width,
            Fields = [.. input.Fields],
            IsBigendian = input.IsBigendian,
            PointStep = input.PointStep,
            RowStep = input.RowStep,
            Data = [.. input.Data],
            IsDense = input.IsDense,
        };
        Span<byte> data = CollectionsMarshal.AsSpan(output.Data);
        for (uint row = 0; row < input.Height; row++)
        {
            for (uint column = 0; column < input.Width; column++)
            {
                Span<byte> point = data.Slice((int)((row * input.RowStep) + (column * input.PointStep)), (int)input.PointStep);
                Move(point[x..], point[y..], point[z..], input.IsBigendian, by);
            }
        }

        return output;
    }

    private static void Move(Span<byte> x, Span<byte> y, Span<byte> z, bool isBigEndian, in RigidTransform by)
    {
        (double dx, double dy, double dz) = by.Rotate(Read(x, isBigEndian), Read(y, isBigEndian), Read(z, isBigEndian));
        Write(x, (float)(dx + by.X), isBigEndian);
        Write(y, (float)(dy + by.Y), isBigEndian);
        Write(z, (float)(dz + by.Z), isBigEndian);
    }

    private static int Offset(PointCloud2 cloud, string name)
    {
        PointField? field = cloud.Fields.Find(f => f.Name == name && f.Datatype == PointField.FLOAT32);
        return field is { Offset: <= int.MaxValue - sizeof(float) }
            ? (int)field.Offset
            : throw new ArgumentException($"the cloud has no field '{name}' of float32", nameof(cloud));
    }

    private static float Read(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes);

    private static void Write(Span<byte> bytes, float value, bool isBigEndian)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteSingleBigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        }
    }
}
