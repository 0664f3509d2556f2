using geometry_msgs.msg;
using ROS2;

namespace Ros2.Client.Tests;

/// <summary>Messages for filters: a stamp, and a number to know them by.</summary>
internal static class FilterSamples
{
    internal static PointStamped At(long stampNs, double number)
    {
        var message = new PointStamped { Point = new Point { X = number } };
        RosTime.Write(message.Header.Stamp, stampNs);
        return message;
    }

    internal static long Stamp(PointStamped message) => RosTime.ToNanoseconds(message.Header.Stamp);
}
