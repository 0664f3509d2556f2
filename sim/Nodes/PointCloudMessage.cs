using System.Runtime.InteropServices;
using ROS2;
using sensor_msgs.msg;

namespace Aios.Sim;

/// <summary>
/// A lidar's scan as sensor_msgs/PointCloud2: float32 x, y, z, organised (height = rings in ascending elevation, width =
/// azimuths counter-clockwise from +x), NaN where there was no return. One message, reused for every scan.
/// </summary>
internal sealed class PointCloudMessage
{
    private const int PointBytes = 3 * sizeof(float);

    private readonly LidarSensor _lidar;
    private readonly PointCloud2 _message;

    public PointCloudMessage(LidarSensor lidar, string frame)
    {
        _lidar = lidar;
        _message = new PointCloud2
        {
            Height = (uint)lidar.Rings,
            Width = (uint)lidar.Azimuths,
            IsBigendian = false,
            PointStep = PointBytes,
            RowStep = (uint)(PointBytes * lidar.Azimuths),
            IsDense = false,
        };
        _message.Header.FrameId = frame;
        string[] names = ["x", "y", "z"];
        for (int i = 0; i < names.Length; i++)
        {
            _message.Fields.Add(new PointField
            {
                Name = names[i],
                Offset = (uint)(i * sizeof(float)),
                Datatype = PointField.FLOAT32,
                Count = 1,
            });
        }

        CollectionsMarshal.SetCount(_message.Data, PointBytes * lidar.Rings * lidar.Azimuths);
    }

    /// <summary>Copies the newest scan in and stamps it.</summary>
    public PointCloud2 Update(long nowNs)
    {
        // CDR here is little-endian, and so is every machine this runs on.
        MemoryMarshal.AsBytes(_lidar.Points).CopyTo(CollectionsMarshal.AsSpan(_message.Data));
        RosTime.Write(_message.Header.Stamp, nowNs);
        return _message;
    }
}
