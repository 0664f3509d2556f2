using System.Diagnostics.CodeAnalysis;
using ROS2.Transport;

namespace ROS2;

/// <summary>A subscription without its message type, for collections.</summary>
public abstract class Subscription : IDisposable
{
    private readonly Receiver _receiver;
    private readonly QosEventHandlers _events;
    private readonly bool _ignoresLocal;
    private volatile ContentFilter? _filter;
    private volatile bool _disposed;

    private protected Subscription(Node node, string topic, TransportType type, QosProfile qos, SubscriptionOptions options, ContentFilter? filter)
    {
        _filter = filter;
        Node = node;
        Topic = topic;
        TypeName = type.RosName;
        QosProfile = BestAvailable.ForSubscription(qos, node.Context.Transport.Graph, topic);
        Endpoint = node.Context.Transport.CreateSubscription(node.Endpoint, topic, type, QosProfile);
        _ignoresLocal = options.IgnoreLocalPublications;
        _receiver = new Receiver(this, options.CallbackGroup ?? node.DefaultCallbackGroup);
        _events = new QosEventHandlers(Endpoint, QosEventKind.RequestedIncompatibleQos, options.UseDefaultCallbacks, WarnIncompatible);
    }

    /// <summary>Fully qualified, remapped name of the topic.</summary>
    public string Topic { get; }

    /// <summary>The message type's ROS name, <c>std_msgs/msg/String</c>.</summary>
    public string TypeName { get; }

    /// <summary>What it was created with; "best available" is decided.</summary>
    public QosProfile QosProfile { get; }

    /// <summary>Matched publishers now.</summary>
    public int PublisherCount => Endpoint.PublisherCount;

    /// <summary>Samples that were not a message of the type and were dropped.</summary>
    public long MalformedCount { get; private set; }

    /// <summary>Whether a filter decides which messages the callback gets.</summary>
    public bool IsCftEnabled => _filter is not null;

    /// <summary>The filter; null when there is none.</summary>
    public ContentFilterOptions? ContentFilter => _filter?.Options;

    /// <summary>Messages that the filter held back.</summary>
    public long FilteredCount { get; private set; }

    /// <summary>Identity in the graph.</summary>
    public Gid Gid => Endpoint.Gid;

    /// <summary>The message type; null when only its name is known.</summary>
    internal virtual RosMessageType? MessageType => null;

    internal Node Node { get; }

    internal ISubscriptionEndpoint Endpoint { get; }

    /// <summary>Measures what comes; null when nobody wants it.</summary>
    internal SubscriptionStatistics? Statistics { get; init; }

    /// <summary>Changes the filter, from the next message on; an empty expression takes it away. From any thread.</summary>
    /// <param name="filterExpression">See <see cref="ContentFilterOptions.FilterExpression"/>.</param>
    /// <param name="expressionParameters">What stands for <c>%0</c>, <c>%1</c>, ….</param>
    /// <exception cref="ArgumentException">The expression is wrong; the message says where and why. The filter stays as it was.</exception>
    /// <exception cref="NotSupportedException">Only the name of the message type is known, not its fields.</exception>
    public void SetContentFilter(string filterExpression, params IReadOnlyList<string> expressionParameters) => _filter = ROS2.ContentFilter.Parse(
        MessageType ?? throw new NotSupportedException($"a content filter on '{Topic}' needs the fields of {TypeName}, which this subscription does not know"),
        new ContentFilterOptions { FilterExpression = filterExpression, ExpressionParameters = expressionParameters });

    /// <summary>Adds a callback for a QoS event; it runs on the executor.</summary>
    /// <param name="kind">One kind that subscriptions have.</param>
    /// <param name="callback">Gets the counts since its last call.</param>
    /// <returns>Dispose it to remove the callback.</returns>
    /// <exception cref="NotSupportedException">The transport does not report this event.</exception>
    public IDisposable AddEventHandler(QosEventKind kind, Action<QosEventStatus> callback) => _events.Add(kind, callback);

    /// <summary>Takes the subscription off the graph. May be called in its own callback, which then was the last.</summary>
    public void Dispose()
    {
        _disposed = true;
        Endpoint.Dispose();
        Statistics?.Dispose();
        Node.Remove(this);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets samples come; apart from construction, because the executor may run on another thread.</summary>
    internal void Start()
    {
        Node.Context.Executor.Start(Endpoint, _receiver);
        _events.Start();
    }

    /// <summary>Handles one sample.</summary>
    private protected abstract void Receive(ReadOnlySpan<byte> cdr, in SampleInfo info);

    /// <summary>Whether no filter holds a message back.</summary>
    private protected bool IsWanted(IRosMessage message)
    {
        bool isWanted = _filter?.Passes(message) != false;
        FilteredCount += isWanted ? 0 : 1;
        return isWanted;
    }

    /// <summary>Whether a sample comes from this context and such are not wanted.</summary>
    private protected bool Ignores(in SampleInfo info) =>
        _ignoresLocal && info.Publisher != default && Node.Context.Publishers.ContainsKey(info.Publisher);

    private protected void CountMalformed(CdrError error)
    {
        if (++MalformedCount == 1)
        {
            Node.Logger.Warn(
                $"a sample on '{Topic}' is not a {TypeName} ({error}) and was dropped; further ones are only counted");
        }
    }

    private void WarnIncompatible(QosEventStatus status) => Node.Logger.Warn(
        status.Kind == QosEventKind.IncompatibleType
            ? $"Incompatible type on topic '{Topic}', no messages will be received from it: a publisher's is not {TypeName}"
            : $"New publisher discovered on topic '{Topic}', offering incompatible QoS. No messages will be received from it. "
                + $"Last incompatible policy: {QosEventHandlers.NameOf(status.LastPolicy)}");

    private sealed class Receiver(Subscription owner, CallbackGroup group) : Executable(owner.Node, group), ISampleHandler
    {
        public override ExecutionOrder Order => ExecutionOrder.Subscription;

        public override int Execute(Readiness what, int maxCallbacks)
        {
            if (owner._disposed)
            {
                return 0;
            }

            int events = (what & Readiness.QosEvent) != 0 ? owner._events.Run() : 0;
            int samples = (what & Readiness.Data) != 0 ? owner.Endpoint.Take(maxCallbacks, this) : 0;
            return samples > 0 ? samples : Math.Min(events, maxCallbacks);
        }

        public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info)
        {
            if (!owner._disposed && !owner.Ignores(info))
            {
                owner.Receive(cdr, info);
                owner.Statistics?.Add(info);
            }
        }
    }
}

/// <summary>
/// Receives messages of one type from one topic; the callback runs on the executor. Each call gets a message of its own,
/// unless the subscription was created to reuse one: then the message is valid only during the call and nothing is
/// allocated for plain types.
/// </summary>
public class Subscription<T> : Subscription
    where T : IRosMessage, new()
{
    private readonly Action<T>? _callback;
    private readonly SubscriptionCallback<T>? _callbackWithInfo;
    private readonly bool _reuse;
    private T? _spare;

    internal Subscription(
        Node node, string topic, QosProfile qos, Action<T>? callback, SubscriptionCallback<T>? withInfo, SubscriptionOptions options, ROS2.ContentFilter? filter)
        : base(node, topic, RosMessageType.Of<T>().ToTransportType(), qos, options, filter)
    {
        _callback = callback;
        _callbackWithInfo = withInfo;
        _reuse = options.ReuseMessage;
    }

    internal override RosMessageType MessageType => RosMessageType.Of<T>();

    /// <summary>
    /// Takes the oldest message that waits and passes the filter, without the callback. For subscriptions of a callback group
    /// that no executor runs (<see cref="Node.CreateCallbackGroup"/>); from any other, messages go to the callback.
    /// </summary>
    /// <param name="message">A new message.</param>
    /// <param name="info">Where it came from.</param>
    /// <returns>False when none waits.</returns>
    public bool TryTake([NotNullWhen(true)] out T? message, out SampleInfo info)
    {
        var taker = new Taker(this);
        while (!taker.HasTaken && Endpoint.Take(1, taker) > 0)
        {
        }

        (message, info) = (taker.Message, taker.Info);
        return taker.HasTaken;
    }

    private protected override void Receive(ReadOnlySpan<byte> cdr, in SampleInfo info)
    {
        T message = _spare ?? new T();
        _spare = default;
        if (!CdrMessage.TryDeserialize(cdr, message, out CdrError error))
        {
            _spare = message;
            CountMalformed(error);
            return;
        }

        if (!IsWanted(message))
        {
            _spare = message;
            return;
        }

        if (_callback is not null)
        {
            _callback(message);
        }
        else
        {
            _callbackWithInfo!(message, info);
        }

        if (_reuse)
        {
            _spare = message;
        }
    }

    private sealed class Taker(Subscription<T> owner) : ISampleHandler
    {
        public bool HasTaken { get; private set; }

        public T? Message { get; private set; }

        public SampleInfo Info { get; private set; }

        public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info)
        {
            if (owner.Ignores(info))
            {
                return;
            }

            var message = new T();
            if (!CdrMessage.TryDeserialize(cdr, message, out CdrError error))
            {
                owner.CountMalformed(error);
            }
            else if (owner.IsWanted(message))
            {
                (HasTaken, Message, Info) = (true, message, info);
            }
        }
    }
}

/// <summary>Callback of a subscription that also wants to know where a message came from.</summary>
public delegate void SubscriptionCallback<in T>(T message, in SampleInfo info);

/// <summary>Callback of a subscription that takes bytes as they are.</summary>
/// <param name="cdr">Borrowed for the call: 4 bytes of encapsulation, then the body. Untrusted.</param>
/// <param name="info">Where it came from.</param>
public delegate void SerializedSubscriptionCallback(ReadOnlySpan<byte> cdr, in SampleInfo info);

/// <summary>Settings of a subscription. Immutable.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>Everything at its default.</summary>
    public static SubscriptionOptions Default { get; } = new();

    /// <summary>Whether one message object serves all calls.</summary>
    /// <value>Default false: the callback may keep its message.</value>
    public bool ReuseMessage { get; init; }

    /// <summary>Which policies users may override.</summary>
    /// <value>Default null: none.</value>
    public QosOverridingOptions? QosOverrides { get; init; }

    /// <summary>Whether messages of publishers of the same context are dropped.</summary>
    /// <value>Default false.</value>
    public bool IgnoreLocalPublications { get; init; }

    /// <summary>Whether incompatible quality of service or types are logged while no handler of the program takes them.</summary>
    /// <value>Default true.</value>
    public bool UseDefaultCallbacks { get; init; } = true;

    /// <summary>Which messages are wanted.</summary>
    /// <value>Default null: every one.</value>
    public ContentFilterOptions? ContentFilter { get; init; }

    /// <summary>Publishes age and period of the messages.</summary>
    /// <value>Default null: they are not measured.</value>
    public TopicStatisticsOptions? TopicStatistics { get; init; }

    /// <summary>The group the callback belongs to.</summary>
    /// <value>Default null: the node's own group.</value>
    public CallbackGroup? CallbackGroup { get; init; }
}

/// <summary>Receives bytes, for bags and bridges. Made by <see cref="Node.CreateSerializedSubscription"/>.</summary>
public sealed class SerializedSubscription : Subscription
{
    private readonly SerializedSubscriptionCallback _callback;

    internal SerializedSubscription(
        Node node, string topic, TransportType type, QosProfile qos, SerializedSubscriptionCallback callback, SubscriptionOptions options)
        : base(node, topic, type, qos, options, filter: null) => _callback = callback;

    private protected override void Receive(ReadOnlySpan<byte> cdr, in SampleInfo info) => _callback(cdr, info);
}
