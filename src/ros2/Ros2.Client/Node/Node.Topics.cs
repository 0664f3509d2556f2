using ROS2.Transport;

namespace ROS2;

/// <content>Topics.</content>
public sealed partial class Node
{
    /// <summary>Creates a publisher.</summary>
    /// <param name="topic">Absolute, relative or private (<c>~/…</c>) name; it is expanded and remapped.</param>
    /// <param name="qosProfile">Quality of service; <see cref="QosProfile.DefaultProfile"/> when null.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Publisher<T> CreatePublisher<T>(string topic, QosProfile? qosProfile = null)
        where T : IRosMessage =>
        Announce(new Publisher<T>(this, ResolveTopic(topic), qosProfile ?? QosProfile.DefaultProfile));

    /// <summary>Creates a publisher whose quality of service users may override.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    /// <exception cref="InvalidQosOverridesException">An override is not acceptable.</exception>
    public Publisher<T> CreatePublisher<T>(string topic, QosProfile? qosProfile, QosOverridingOptions qosOverrides)
        where T : IRosMessage =>
        CreatePublisher<T>(topic, qosProfile, new PublisherOptions { QosOverrides = qosOverrides });

    /// <summary>Creates a publisher with options.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    /// <exception cref="InvalidQosOverridesException">An override is not acceptable.</exception>
    public Publisher<T> CreatePublisher<T>(string topic, QosProfile? qosProfile, PublisherOptions options)
        where T : IRosMessage
    {
        ArgumentNullException.ThrowIfNull(options);
        (string name, QosProfile qos) = Prepare(topic, qosProfile, options);
        return Announce(new Publisher<T>(this, name, qos, options));
    }

    /// <summary>Creates a subscription whose callback gets a message of its own each time.</summary>
    /// <inheritdoc cref="CreatePublisher{T}(string, QosProfile?)" path="/param"/>
    /// <param name="topic">Name of the topic.</param>
    /// <param name="callback">Runs on the executor.</param>
    /// <param name="qosProfile">Quality of service.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Subscription<T> CreateSubscription<T>(string topic, Action<T> callback, QosProfile? qosProfile = null)
        where T : IRosMessage, new() =>
        CreateSubscription(topic, callback, qosProfile, SubscriptionOptions.Default);

    /// <summary>Creates a subscription with options.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule, or the content filter is wrong.</exception>
    public Subscription<T> CreateSubscription<T>(
        string topic, Action<T> callback, QosProfile? qosProfile, SubscriptionOptions options)
        where T : IRosMessage, new()
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(options);
        return Subscribe(topic, callback, null, qosProfile, options);
    }

    /// <summary>Creates a subscription whose callback reuses one message, valid only during the call.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Subscription<T> CreateSubscription<T>(string topic, Action<T> callback, QosProfile? qosProfile, bool reuseMessage)
        where T : IRosMessage, new() =>
        CreateSubscription(topic, callback, qosProfile, new SubscriptionOptions { ReuseMessage = reuseMessage });

    /// <summary>Creates a subscription whose callback also learns where a message came from.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Subscription<T> CreateSubscription<T>(
        string topic, SubscriptionCallback<T> callback, QosProfile? qosProfile = null, SubscriptionOptions? options = null)
        where T : IRosMessage, new()
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Subscribe(topic, null, callback, qosProfile, options ?? SubscriptionOptions.Default);
    }

    /// <summary>Creates a publisher of bytes that are already CDR.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public SerializedPublisher CreateSerializedPublisher(string topic, TransportType type, QosProfile? qosProfile = null) =>
        Announce(new SerializedPublisher(this, ResolveTopic(topic), type, qosProfile ?? QosProfile.DefaultProfile));

    /// <summary>Creates a subscription that hands out bytes as they came.</summary>
    /// <param name="topic">Absolute, relative or private name; it is expanded and remapped.</param>
    /// <param name="type">The type as the transport tells it.</param>
    /// <param name="callback">Runs on the executor.</param>
    /// <param name="qosProfile">Quality of service; <see cref="QosProfile.DefaultProfile"/> when null.</param>
    /// <param name="options">Settings; the defaults when null. Bytes cannot be filtered by content.</param>
    /// <exception cref="ArgumentException">The name breaks a rule, or a content filter was given.</exception>
    public SerializedSubscription CreateSerializedSubscription(
        string topic,
        TransportType type,
        SerializedSubscriptionCallback callback,
        QosProfile? qosProfile = null,
        SubscriptionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (options?.ContentFilter is not null)
        {
            throw new ArgumentException("bytes cannot be filtered by content: use a typed or a generic subscription", nameof(options));
        }

        (string name, QosProfile qos, SubscriptionStatistics? statistics) = Prepare(topic, qosProfile, options ??= SubscriptionOptions.Default);
        return Begin(new SerializedSubscription(this, name, type, qos, callback, options) { Statistics = statistics });
    }

    private Subscription<T> Subscribe<T>(
        string topic,
        Action<T>? callback,
        SubscriptionCallback<T>? withInfo,
        QosProfile? qosProfile,
        SubscriptionOptions options)
        where T : IRosMessage, new()
    {
        ContentFilter? filter = ContentFilter.Parse(RosMessageType.Of<T>(), options.ContentFilter);
        (string name, QosProfile qos, SubscriptionStatistics? statistics) = Prepare(topic, qosProfile, options);
        return Begin(new Subscription<T>(this, name, qos, callback, withInfo, options, filter) { Statistics = statistics });
    }

    private (string Name, QosProfile Qos) Prepare(string topic, QosProfile? qosProfile, PublisherOptions options)
    {
        string name = ResolveTopic(topic);
        return (name, QosOverrides.Apply(this, name, "publisher", qosProfile ?? QosProfile.DefaultProfile, options.QosOverrides));
    }

    private (string Name, QosProfile Qos, SubscriptionStatistics? Statistics) Prepare(
        string topic, QosProfile? qosProfile, SubscriptionOptions options)
    {
        string name = ResolveTopic(topic);
        QosProfile qos = QosOverrides.Apply(this, name, "subscription", qosProfile ?? QosProfile.DefaultProfile, options.QosOverrides);
        return (name, qos, options.TopicStatistics is { } measured ? new SubscriptionStatistics(this, measured) : null);
    }

    private T Announce<T>(T publisher)
        where T : Publisher
    {
        Track(_publishers, publisher);
        publisher.Start();
        return publisher;
    }

    private T Begin<T>(T subscription)
        where T : Subscription
    {
        Track(_subscriptions, subscription);
        subscription.Start();
        return subscription;
    }
}
