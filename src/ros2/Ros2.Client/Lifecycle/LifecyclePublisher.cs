namespace ROS2;

/// <summary>Something a managed node switches on and off.</summary>
internal interface IManagedEntity
{
    bool IsActivated { get; set; }
}

/// <summary>A publisher that sends only while its managed node is active.</summary>
public sealed class LifecyclePublisher<T> : IManagedEntity, IDisposable
    where T : IRosMessage
{
    private readonly Publisher<T> _publisher;
    private volatile bool _isActivated;
    private volatile bool _hasWarned;

    internal LifecyclePublisher(Publisher<T> publisher) => _publisher = publisher;

    /// <summary>Whether messages are sent.</summary>
    public bool IsActivated => _isActivated;

    /// <summary>Fully qualified, remapped name of the topic.</summary>
    public string Topic => _publisher.Topic;

    /// <summary>Matched subscriptions now.</summary>
    public int SubscriptionCount => _publisher.SubscriptionCount;

    bool IManagedEntity.IsActivated
    {
        get => _isActivated;
        set
        {
            _isActivated = value;
            _hasWarned = false;
        }
    }

    /// <summary>Sends a message; while inactive it is dropped, which is logged the first time.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Publish(T message)
    {
        bool send = _isActivated;
        if (send)
        {
            _publisher.Publish(message);
        }
        else if (!_hasWarned)
        {
            _hasWarned = true;
            _publisher.Node.Logger.Warn($"Trying to publish message on the topic '{Topic}', but the publisher is not activated");
        }

        return send;
    }

    /// <summary>Takes the publisher off the graph.</summary>
    public void Dispose() => _publisher.Dispose();
}
