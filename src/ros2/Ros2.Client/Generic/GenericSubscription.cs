using ROS2.Transport;

namespace ROS2;

/// <summary>
/// Receives messages of a type that is chosen at run time. The callback runs on the executor and gets a message of its own
/// each time. Made by <see cref="Node.CreateGenericSubscription"/>.
/// </summary>
public sealed class GenericSubscription : Subscription
{
    private readonly SubscriptionCallback<IRosMessage> _callback;
    private readonly ContentFilter? _filter;

    internal GenericSubscription(
        Node node, string topic, RosMessageType type, QosProfile qos, SubscriptionCallback<IRosMessage> callback, SubscriptionOptions options)
        : base(node, topic, type.ToTransportType(), qos, options.CallbackGroup, options.UseDefaultCallbacks)
    {
        MessageType = type;
        _callback = callback;
        _filter = ContentFilter.Parse(type, options.ContentFilter);
    }

    internal override RosMessageType MessageType { get; }

    private protected override void Receive(ReadOnlySpan<byte> cdr, in SampleInfo info)
    {
        IRosMessage message = MessageType.Create();
        if (!CdrMessage.TryDeserialize(cdr, message, out CdrError error))
        {
            CountMalformed(error);
        }
        else if (_filter?.Passes(message) != false)
        {
            _callback(message, info);
        }
    }
}
