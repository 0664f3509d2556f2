using ROS2.Transport;

namespace ROS2;

/// <summary>
/// Receives messages of a type that is chosen at run time. The callback runs on the executor and gets a message of its own
/// each time. Made by <see cref="Node.CreateGenericSubscription"/>.
/// </summary>
public sealed class GenericSubscription : Subscription
{
    private readonly SubscriptionCallback<IRosMessage> _callback;

    internal GenericSubscription(
        Node node, string topic, RosMessageType type, QosProfile qos, SubscriptionCallback<IRosMessage> callback, SubscriptionOptions options)
        : base(node, topic, type.ToTransportType(), qos, options, ROS2.ContentFilter.Parse(type, options.ContentFilter))
    {
        MessageType = type;
        _callback = callback;
    }

    internal override RosMessageType MessageType { get; }

    private protected override void Receive(ReadOnlySpan<byte> cdr, in SampleInfo info)
    {
        IRosMessage message = MessageType.Create();
        if (!CdrMessage.TryDeserialize(cdr, message, out CdrError error))
        {
            CountMalformed(error);
        }
        else if (IsWanted(message))
        {
            _callback(message, info);
        }
    }
}
