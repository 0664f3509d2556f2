using ROS2.Transport;

namespace ROS2;

/// <summary>A publisher without its message type, for collections.</summary>
public abstract class Publisher : IDisposable
{
    private readonly QosEventHandlers _events;
    private long _dropped;

    private protected Publisher(Node node, string topic, TransportType type, QosProfile qos, PublisherOptions? options = null)
    {
        Options = options ?? PublisherOptions.Default;
        Node = node;
        Topic = topic;
        TypeName = type.RosName;
        QosProfile = BestAvailable.ForPublisher(qos, node.Context.Transport.Graph, topic);
        Endpoint = node.Context.Transport.CreatePublisher(node.Endpoint, topic, type, QosProfile);
        node.Context.Publishers.TryAdd(Endpoint.Gid, 0);
        _events = new QosEventHandlers(Endpoint, QosEventKind.OfferedIncompatibleQos, Options.UseDefaultCallbacks, WarnIncompatible);
    }

    /// <summary>Fully qualified, remapped name of the topic.</summary>
    public string Topic { get; }

    /// <summary>The message type's ROS name, <c>std_msgs/msg/String</c>.</summary>
    public string TypeName { get; }

    /// <summary>What it was created with; "best available" is decided.</summary>
    public QosProfile QosProfile { get; }

    /// <summary>Matched subscriptions now.</summary>
    public int SubscriptionCount => Endpoint.SubscriptionCount;

    /// <summary>Messages the transport could not keep because reliable subscriptions did not keep up.</summary>
    public long DroppedCount => Interlocked.Read(ref _dropped);

    /// <summary>Identity in the graph.</summary>
    public Gid Gid => Endpoint.Gid;

    /// <summary>The message type; null when only its name is known.</summary>
    internal virtual RosMessageType? MessageType => null;

    internal Node Node { get; }

    internal PublisherOptions Options { get; }

    internal IPublisherEndpoint Endpoint { get; }

    /// <summary>Adds a callback for a QoS event; it runs on the executor.</summary>
    /// <param name="kind">One kind that publishers have.</param>
    /// <param name="callback">Gets the counts since its last call.</param>
    /// <returns>Dispose it to remove the callback.</returns>
    /// <exception cref="NotSupportedException">The transport does not report this event.</exception>
    public IDisposable AddEventHandler(QosEventKind kind, Action<QosEventStatus> callback) => _events.Add(kind, callback);

    /// <summary>Shows that this publisher lives (<see cref="QosLivelinessPolicy.ManualByTopic"/>).</summary>
    public void AssertLiveliness() => Endpoint.AssertLiveliness();

    /// <summary>Blocks until all reliable subscriptions acknowledged everything published.</summary>
    /// <returns>False if the time ran out first.</returns>
    public bool WaitForAllAcked(TimeSpan timeout) =>
        Endpoint.WaitForAllAcked(timeout == Timeout.InfiniteTimeSpan ? -1 : Nanoseconds.From(timeout));

    /// <summary>Takes the publisher off the graph; publishing afterwards throws.</summary>
    public void Dispose()
    {
        Endpoint.Dispose();
        Node.Context.Publishers.TryRemove(Gid, out _);
        Node.Remove(this);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets events come; apart from construction, because the executor may run on another thread.</summary>
    internal void Start()
    {
        Endpoint.Tag = new EventRunner(this);
        _events.Start();
    }

    private protected void Serialize(IRosMessage message)
    {
        TransportBuffer buffer = Endpoint.Rent(CdrMessage.SerializedSize(message));
        try
        {
            CdrMessage.Serialize(message, buffer.Bytes);
        }
        catch
        {
            Endpoint.Return(buffer);
            throw;
        }

        Send(buffer);
    }

    private void WarnIncompatible(QosEventStatus status) => Node.Logger.Warn(
        status.Kind == QosEventKind.IncompatibleType
            ? $"Incompatible type on topic '{Topic}', no messages will be sent to it: a subscription's is not {TypeName}"
            : $"New subscription discovered on topic '{Topic}', requesting incompatible QoS. No messages will be sent to it. "
                + $"Last incompatible policy: {QosEventHandlers.NameOf(status.LastPolicy)}");

    private protected void Send(in TransportBuffer buffer, long sourceTimestampNs = 0)
    {
        if (!Endpoint.Send(buffer, sourceTimestampNs))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private sealed class EventRunner(Publisher owner) : Executable(owner.Node, owner.Options.CallbackGroup ?? owner.Node.DefaultCallbackGroup)
    {
        public override bool HasQueue => false;

        public override int Execute(Readiness what, int maxCallbacks) =>
            (what & Readiness.QosEvent) != 0 ? owner._events.Run() : 0;
    }
}

/// <summary>Settings of a publisher. Immutable.</summary>
public sealed record PublisherOptions
{
    /// <summary>Everything at its default.</summary>
    public static PublisherOptions Default { get; } = new();

    /// <summary>Which policies users may override.</summary>
    /// <value>Default null: none.</value>
    public QosOverridingOptions? QosOverrides { get; init; }

    /// <summary>Whether incompatible quality of service or types are logged while no handler of the program takes them.</summary>
    /// <value>Default true.</value>
    public bool UseDefaultCallbacks { get; init; } = true;

    /// <summary>The group that handlers of its events belong to.</summary>
    /// <value>Default null: the node's own group.</value>
    public CallbackGroup? CallbackGroup { get; init; }
}

/// <summary>
/// Publishes messages of one type on one topic. Publishing serializes straight into the transport's memory: on DDS nothing
/// is allocated. From any thread on a threaded transport.
/// </summary>
public sealed class Publisher<T> : Publisher
    where T : IRosMessage
{
    internal Publisher(Node node, string topic, QosProfile qos, PublisherOptions? options = null)
        : base(node, topic, TypeOf(RosMessageType.Of<T>()), qos, options)
    {
    }

    internal override RosMessageType MessageType => RosMessageType.Of<T>();

    /// <summary>Serializes and sends; the message may be changed or reused afterwards.</summary>
    /// <exception cref="Exception">A fixed array or bounded field of the message breaks its bound.</exception>
    /// <exception cref="ObjectDisposedException">The publisher was disposed.</exception>
    public void Publish(T message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Serialize(message);
    }

    private static TransportType TypeOf(RosMessageType type) => type.ToTransportType();
}

/// <summary>Publishes bytes that are already CDR, or messages of a type chosen at run time. Made by <see cref="Node.CreateSerializedPublisher"/>.</summary>
public sealed class SerializedPublisher : Publisher
{
    internal SerializedPublisher(
        Node node, string topic, TransportType type, QosProfile qos, RosMessageType? messageType = null, PublisherOptions? options = null)
        : base(node, topic, type, qos, options) => MessageType = messageType;

    internal override RosMessageType? MessageType { get; }

    /// <summary>Sends one message.</summary>
    /// <param name="cdr">4 bytes of encapsulation, then the body.</param>
    /// <param name="sourceTimestampNs">Source timestamp; 0 for now.</param>
    /// <exception cref="ObjectDisposedException">The publisher was disposed.</exception>
    public void Publish(ReadOnlySpan<byte> cdr, long sourceTimestampNs = 0)
    {
        TransportBuffer buffer = Endpoint.Rent(cdr.Length);
        cdr.CopyTo(buffer.Bytes);
        Send(buffer, sourceTimestampNs);
    }

    /// <summary>Serializes and sends a message of the publisher's type.</summary>
    /// <exception cref="ArgumentException">The message is of another type.</exception>
    /// <exception cref="Exception">A fixed array or bounded field of the message breaks its bound.</exception>
    /// <exception cref="ObjectDisposedException">The publisher was disposed.</exception>
    public void Publish(IRosMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.RosType.Name != TypeName)
        {
            throw new ArgumentException($"a {TypeName} was expected, not a {message.RosType.Name}", nameof(message));
        }

        Serialize(message);
    }
}
