using geometry_msgs.msg;
using sensor_msgs.msg;

namespace ROS2;

/// <content>Messages carried into another frame.</content>
public sealed partial class TransformBuffer
{
    /// <summary>A message with a header in another frame at the time of its stamp (0: the latest). A new message.</summary>
    /// <param name="input">
    /// One of the stamped types of <see cref="TransformMessages"/>: PointStamped, Vector3Stamped, QuaternionStamped,
    /// PoseStamped, PoseArray, PoseWithCovarianceStamped, WrenchStamped, TransformStamped, PolygonStamped, PointCloud2.
    /// </param>
    /// <param name="targetFrame">The frame to express it in.</param>
    /// <exception cref="TransformException">The transform is not available.</exception>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public T Transform<T>(T input, string targetFrame)
        where T : class, IRosMessage
    {
        ArgumentNullException.ThrowIfNull(input);
        std_msgs.msg.Header header = HeaderAccess.Of<T>().Get(input);
        TransformStamped transform = LookupTransform(targetFrame, header.FrameId, header.Stamp);
        return (T)Transformed(input, transform);
    }

    /// <summary>A message in another frame at another time, by way of a frame that does not move between them.</summary>
    /// <inheritdoc cref="Transform{T}(T, string)"/>
    public T Transform<T>(T input, string targetFrame, long targetTimeNs, string fixedFrame)
        where T : class, IRosMessage
    {
        ArgumentNullException.ThrowIfNull(input);
        std_msgs.msg.Header header = HeaderAccess.Of<T>().Get(input);
        TransformStamped transform = LookupTransform(
            targetFrame, targetTimeNs, header.FrameId, RosTime.ToNanoseconds(header.Stamp), fixedFrame);
        return (T)Transformed(input, transform);
    }

    private static IRosMessage Transformed(IRosMessage input, TransformStamped transform) => input switch
    {
        PointStamped m => TransformMessages.DoTransform(m, transform),
        Vector3Stamped m => TransformMessages.DoTransform(m, transform),
        QuaternionStamped m => TransformMessages.DoTransform(m, transform),
        PoseStamped m => TransformMessages.DoTransform(m, transform),
        PoseArray m => TransformMessages.DoTransform(m, transform),
        PoseWithCovarianceStamped m => TransformMessages.DoTransform(m, transform),
        WrenchStamped m => TransformMessages.DoTransform(m, transform),
        TransformStamped m => TransformMessages.DoTransform(m, transform),
        PolygonStamped m => TransformMessages.DoTransform(m, transform),
        PointCloud2 m => TransformMessages.DoTransform(m, transform),
        _ => throw new ArgumentException($"there is no rule for transforming a {input.RosType.Name}", nameof(input)),
    };
}
