using System.Globalization;
using System.Runtime.CompilerServices;
using geometry_msgs.msg;
using tf2_msgs.msg;

namespace ROS2;

/// <summary>
/// Fills a buffer from <c>/tf</c> and <c>/tf_static</c>, by subscriptions with a callback group of their own, so that on
/// several threads transforms arrive while another callback waits for one. When the node's clock jumps back, as a simulation
/// that starts anew makes it, or changes its source, the buffer is cleared. What the buffer refuses is logged, each kind of
/// error at most once in <see cref="LogPeriod"/>, and counted by the buffer.
/// </summary>
public sealed class TransformListener : IDisposable
{
    private readonly Subscription<TFMessage> _dynamic;
    private readonly Subscription<TFMessage> _static;
    private readonly IDisposable _jumps;
    private readonly Dictionary<string, LogThrottle> _throttles = new(StringComparer.Ordinal);
    private readonly Node _node;
    private readonly bool _ownsNode;

    /// <summary>Starts listening.</summary>
    /// <param name="buffer">The buffer to fill.</param>
    /// <param name="node">Owner of the subscriptions.</param>
    /// <param name="qosProfile">For <c>/tf</c>; <see cref="QosProfile.DynamicTransformProfile"/> when null.</param>
    /// <param name="staticQosProfile">For <c>/tf_static</c>; transient local with depth 100 when null.</param>
    public TransformListener(TransformBuffer buffer, Node node, QosProfile? qosProfile = null, QosProfile? staticQosProfile = null)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentNullException.ThrowIfNull(node);
        Buffer = buffer;
        _node = node;
        var options = new SubscriptionOptions
        {
            CallbackGroup = node.CreateCallbackGroup(CallbackGroupType.MutuallyExclusive),
            ReuseMessage = true,
        };
        _dynamic = node.CreateSubscription<TFMessage>(
            "/tf",
            m => Add(m, isStatic: false),
            qosProfile ?? QosProfile.DynamicTransformProfile,
            options with { QosOverrides = QosOverridingOptions.OfRosTopics });
        _static = node.CreateSubscription<TFMessage>(
            "/tf_static",
            m => Add(m, isStatic: true),
            staticQosProfile ?? QosProfile.StaticTransformProfile.WithKeepLast(100),
            options with { QosOverrides = QosOverridingOptions.Default });
        _jumps = node.Clock.CreateJumpCallback(new JumpThreshold(true, TimeSpan.Zero, TimeSpan.FromTicks(-1)), null, OnJump);
    }

    /// <summary>
    /// Starts listening through a node of its own, <c>transform_listener_impl_…</c>, which takes no name from the command
    /// line and offers no parameter services.
    /// </summary>
    /// <param name="buffer">The buffer to fill.</param>
    /// <param name="context">Where the node is created.</param>
    public TransformListener(TransformBuffer buffer, RosContext context)
        : this(buffer, CreateNode(buffer, context)) => _ownsNode = true;

    /// <summary>Time between two log records about the same kind of error: 10 s.</summary>
    public static TimeSpan LogPeriod { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The buffer it fills.</summary>
    public TransformBuffer Buffer { get; }

    /// <summary>Stops listening; the buffer stays as it is.</summary>
    public void Dispose()
    {
        _jumps.Dispose();
        _dynamic.Dispose();
        _static.Dispose();
        if (_ownsNode)
        {
            _node.Dispose();
        }
    }

    private static Node CreateNode(TransformBuffer buffer, RosContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"transform_listener_impl_{Environment.ProcessId:x}{RuntimeHelpers.GetHashCode(buffer):x8}");
        return context.CreateNode(name, options: new NodeOptions
        {
            Arguments = ["--ros-args", "-r", "__node:=" + name],
            StartParameterServices = false,
            StartParameterEventPublisher = false,
        });
    }

    private void OnJump(TimeJump jump)
    {
        _node.Logger.Warn(jump.ClockChange is ClockChange.RosTimeActivated or ClockChange.RosTimeDeactivated
            ? "Detected time source change. Clearing TF buffer."
            : "Detected jump back in time. Clearing TF buffer.");
        Buffer.Clear();
    }

    private void Add(TFMessage message, bool isStatic)
    {
        foreach (TransformStamped transform in message.Transforms)
        {
            if (!Buffer.TrySetTransform(transform, "Authority undetectable", isStatic, out string? refusal))
            {
                Report(refusal!);
            }
        }
    }

    private void Report(string refusal)
    {
        string kind = refusal[..refusal.IndexOf(':', StringComparison.Ordinal)];
        if (!_throttles.TryGetValue(kind, out LogThrottle? throttle))
        {
            throttle = new LogThrottle(LogPeriod);
            _throttles.Add(kind, throttle);
        }

        _node.Logger.Log(kind == "TF_OLD_DATA" ? LogLevel.Warn : LogLevel.Error, throttle, refusal);
    }
}
