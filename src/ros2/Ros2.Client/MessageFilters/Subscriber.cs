using ROS2.Transport;

namespace ROS2.MessageFilters;

/// <summary>A topic as the source of filters. Not safe for use from several threads at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public sealed class Subscriber<T> : SimpleFilter<T>
    where T : IRosMessage, new()
{
    private (Node Node, string Topic, QosProfile? Qos, SubscriptionOptions? Options)? _wanted;

    /// <summary>Not subscribed yet.</summary>
    public Subscriber()
    {
    }

    /// <summary>Subscribes at once; <see cref="Subscribe(Node, string, QosProfile?, SubscriptionOptions?)"/>.</summary>
    public Subscriber(Node node, string topic, QosProfile? qosProfile = null, SubscriptionOptions? options = null) =>
        Subscribe(node, topic, qosProfile, options);

    /// <summary>The topic as it was given; empty before the first.</summary>
    public string Topic => _wanted?.Topic ?? "";

    /// <summary>The subscription; null while there is none.</summary>
    public Subscription<T>? Subscription { get; private set; }

    /// <summary>Subscribes to a topic, instead of the one before.</summary>
    /// <param name="node">Its subscription it becomes.</param>
    /// <param name="topic">Absolute, relative or private name.</param>
    /// <param name="qosProfile">Quality of service; <see cref="QosProfile.DefaultProfile"/> when null.</param>
    /// <param name="options">Settings of the subscription; the defaults when null.</param>
    /// <exception cref="ArgumentException">The name breaks a rule, or the options reuse messages, which filters keep.</exception>
    public void Subscribe(Node node, string topic, QosProfile? qosProfile = null, SubscriptionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (options?.ReuseMessage == true)
        {
            throw new ArgumentException("filters keep messages, so a subscription may not reuse its message", nameof(options));
        }

        Unsubscribe();
        _wanted = (node, topic, qosProfile, options);
        Subscription = node.CreateSubscription(
            topic, (T message, in SampleInfo info) => SignalMessage(new MessageEvent<T>(message, info)), qosProfile, options);
    }

    /// <summary>Subscribes again as the last time; nothing before the first.</summary>
    public void Subscribe()
    {
        if (_wanted is { } wanted)
        {
            Subscribe(wanted.Node, wanted.Topic, wanted.Qos, wanted.Options);
        }
    }

    /// <summary>Ends the subscription; <see cref="Subscribe()"/> takes it up again.</summary>
    public void Unsubscribe()
    {
        Subscription?.Dispose();
        Subscription = null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Unsubscribe();
        base.Dispose();
    }
}
