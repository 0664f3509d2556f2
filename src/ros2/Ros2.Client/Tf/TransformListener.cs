using geometry_msgs.msg;
using tf2_msgs.msg;

namespace ROS2;

/// <summary>
/// Fills a buffer from <c>/tf</c> and <c>/tf_static</c>. When the node's clock jumps back, as a simulation that starts anew
/// makes it, the buffer is cleared.
/// </summary>
public sealed class TransformListener : IDisposable
{
    private readonly Subscription<TFMessage> _dynamic;
    private readonly Subscription<TFMessage> _static;
    private readonly IDisposable _jumps;

    /// <summary>Starts listening.</summary>
    /// <param name="buffer">The buffer to fill.</param>
    /// <param name="node">Owner of the subscriptions.</param>
    public TransformListener(TransformBuffer buffer, Node node)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentNullException.ThrowIfNull(node);
        Buffer = buffer;
        _dynamic = node.CreateSubscription<TFMessage>(
            "/tf", m => Add(m, isStatic: false), QosProfile.DynamicTransformProfile, reuseMessage: true);
        _static = node.CreateSubscription<TFMessage>(
            "/tf_static", m => Add(m, isStatic: true), QosProfile.StaticTransformProfile.WithKeepLast(100), reuseMessage: true);
        _jumps = node.Clock.CreateJumpCallback(
            new JumpThreshold(true, TimeSpan.Zero, TimeSpan.FromTicks(-1)), null, _ => buffer.Clear());
    }

    /// <summary>The buffer it fills.</summary>
    public TransformBuffer Buffer { get; }

    /// <summary>Stops listening; the buffer stays as it is.</summary>
    public void Dispose()
    {
        _jumps.Dispose();
        _dynamic.Dispose();
        _static.Dispose();
    }

    private void Add(TFMessage message, bool isStatic)
    {
        foreach (TransformStamped transform in message.Transforms)
        {
            Buffer.SetTransform(transform, isStatic);
        }
    }
}
