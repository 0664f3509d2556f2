namespace ROS2;

/// <summary>Feeds <c>/clock</c> into a node's clock while <c>use_sim_time</c> is true.</summary>
internal sealed class TimeSource(Node node) : IDisposable
{
    // Of its own, so that on several threads time goes on while a callback waits for it.
    private readonly CallbackGroup _group = node.CreateCallbackGroup(CallbackGroupType.MutuallyExclusive);
    private Subscription<rosgraph_msgs.msg.Clock>? _subscription;

    public bool IsActive => _subscription is not null;

    public void SetActive(bool active)
    {
        if (active == IsActive)
        {
            return;
        }

        if (active)
        {
            node.Clock.EnableRosTimeOverride();
            _subscription = node.CreateSubscription<rosgraph_msgs.msg.Clock>(
                "/clock",
                m => node.Clock.SetRosTimeOverride(RosTime.ToNanoseconds(m.Clock_)),
                node.Options.ClockQos,
                new SubscriptionOptions { ReuseMessage = true, QosOverrides = QosOverridingOptions.OfRosTopics, CallbackGroup = _group });
        }
        else
        {
            Dispose();
            node.Clock.DisableRosTimeOverride();
        }
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _subscription = null;
    }
}
