using ROS2.Transport;

namespace ROS2;

/// <content>Topics, services and actions of types that are chosen at run time.</content>
public sealed partial class Node
{
    /// <summary>Creates a subscription to messages of a type known by description.</summary>
    /// <param name="topic">Absolute, relative or private name; it is expanded and remapped.</param>
    /// <param name="type">For instance from <see cref="RosTypeRegistry.FindMessage"/>.</param>
    /// <param name="callback">Runs on the executor.</param>
    /// <param name="qosProfile">Quality of service; <see cref="QosProfile.DefaultProfile"/> when null.</param>
    /// <param name="options">Settings; the defaults when null. Each call gets a message of its own all the same.</param>
    /// <exception cref="ArgumentException">The name breaks a rule, or the content filter is wrong.</exception>
    public GenericSubscription CreateGenericSubscription(
        string topic,
        RosMessageType type,
        SubscriptionCallback<IRosMessage> callback,
        QosProfile? qosProfile = null,
        SubscriptionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(callback);
        (string name, QosProfile qos, SubscriptionStatistics? statistics) = Prepare(topic, qosProfile, options ??= SubscriptionOptions.Default);
        return Begin(new GenericSubscription(this, name, type, qos, callback, options) { Statistics = statistics });
    }

    /// <summary>Creates a publisher of messages of a type known by description.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public SerializedPublisher CreateGenericPublisher(
        string topic, RosMessageType type, QosProfile? qosProfile = null, PublisherOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        (string name, QosProfile qos) = Prepare(topic, qosProfile, options ??= PublisherOptions.Default);
        return Announce(new SerializedPublisher(this, name, type.ToTransportType(), qos, type, options));
    }

    /// <summary>Creates a client of a service known by description.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public GenericClient CreateGenericClient(string serviceName, RosServiceType type, QosProfile? qosProfile = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        return BeginClient(new GenericClient(this, ResolveService(serviceName), type, qosProfile ?? QosProfile.ServicesDefaultProfile));
    }

    /// <summary>Creates a server of a service known by description.</summary>
    /// <param name="serviceName">Absolute, relative or private name; it is expanded and remapped.</param>
    /// <param name="type">For instance from <see cref="RosTypeRegistry.FindService"/>.</param>
    /// <param name="callback">Runs on the executor with a request and a response to fill, which is sent when it returns.</param>
    /// <param name="qosProfile">Quality of service; <see cref="QosProfile.ServicesDefaultProfile"/> when null.</param>
    /// <param name="group">The group the callback belongs to; the node's own when null.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public GenericService CreateGenericService(
        string serviceName,
        RosServiceType type,
        Action<IRosMessage, IRosMessage> callback,
        QosProfile? qosProfile = null,
        CallbackGroup? group = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(callback);
        return BeginService(new GenericService(this, ResolveService(serviceName), type, qosProfile ?? QosProfile.ServicesDefaultProfile, callback, group));
    }

    /// <summary>Creates a client of an action known by description.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public GenericActionClient CreateGenericActionClient(string actionName, RosActionType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new GenericActionClient(this, ResolveService(actionName), type);
    }
}
