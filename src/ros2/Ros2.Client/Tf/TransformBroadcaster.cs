using geometry_msgs.msg;
using tf2_msgs.msg;

namespace ROS2;

/// <summary>
/// Publishes moving transforms on <c>/tf</c>. Users may override its depth, durability, history and reliability
/// (<c>qos_overrides./tf.publisher.…</c>). Not thread-safe; allocates nothing after the first call with one transform.
/// </summary>
public sealed class TransformBroadcaster : IDisposable
{
    private readonly Publisher<TFMessage> _publisher;
    private readonly TFMessage _message = new();

    /// <summary>Publishes through <paramref name="node"/>.</summary>
    /// <param name="node">Owner of the publisher.</param>
    /// <param name="qosProfile">Quality of service; <see cref="QosProfile.DynamicTransformProfile"/> when null.</param>
    public TransformBroadcaster(Node node, QosProfile? qosProfile = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        _publisher = node.CreatePublisher<TFMessage>("/tf", qosProfile ?? QosProfile.DynamicTransformProfile, QosOverridingOptions.OfRosTopics);
    }

    /// <summary>Publishes one transform: pose of <c>child_frame_id</c> in <c>header.frame_id</c>.</summary>
    public void SendTransform(TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        _message.Transforms.Clear();
        _message.Transforms.Add(transform);
        _publisher.Publish(_message);
    }

    /// <summary>Publishes several transforms in one message.</summary>
    public void SendTransform(IEnumerable<TransformStamped> transforms)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        _message.Transforms.Clear();
        _message.Transforms.AddRange(transforms);
        _publisher.Publish(_message);
    }

    /// <summary>Takes the publisher off the graph.</summary>
    public void Dispose() => _publisher.Dispose();
}

/// <summary>
/// Publishes transforms that do not change on <c>/tf_static</c>, kept for late subscriptions. Each call publishes all
/// transforms sent so far, the last of each child frame. Users may override its depth, history and reliability. Not thread-safe.
/// </summary>
public sealed class StaticTransformBroadcaster : IDisposable
{
    private readonly Publisher<TFMessage> _publisher;
    private readonly TFMessage _message = new();

    /// <summary>Publishes through <paramref name="node"/>.</summary>
    /// <param name="node">Owner of the publisher.</param>
    /// <param name="qosProfile">Quality of service; <see cref="QosProfile.StaticTransformProfile"/> when null.</param>
    public StaticTransformBroadcaster(Node node, QosProfile? qosProfile = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        _publisher = node.CreatePublisher<TFMessage>("/tf_static", qosProfile ?? QosProfile.StaticTransformProfile, QosOverridingOptions.Default);
    }

    /// <summary>Adds or replaces one transform and publishes all. The object is kept; do not change it afterwards.</summary>
    public void SendTransform(TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        Set(transform);
        _publisher.Publish(_message);
    }

    /// <summary>Adds or replaces several transforms and publishes all. The objects are kept.</summary>
    public void SendTransform(IEnumerable<TransformStamped> transforms)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        foreach (TransformStamped transform in transforms)
        {
            Set(transform);
        }

        _publisher.Publish(_message);
    }

    /// <summary>Takes the publisher off the graph.</summary>
    public void Dispose() => _publisher.Dispose();

    private void Set(TransformStamped transform)
    {
        int index = _message.Transforms.FindIndex(
            t => string.Equals(t.ChildFrameId, transform.ChildFrameId, StringComparison.Ordinal));
        if (index < 0)
        {
            _message.Transforms.Add(transform);
        }
        else
        {
            _message.Transforms[index] = transform;
        }
    }
}
