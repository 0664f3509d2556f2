using ROS2.Transport;

namespace ROS2;

/// <summary>
/// Callbacks for the QoS events of one endpoint. Incompatible QoS is logged unless the program has a callback for it, as
/// rclcpp does: it is the usual reason for silence on a topic.
/// </summary>
internal sealed class QosEventHandlers
{
    private readonly Lock _gate = new();
    private readonly List<(QosEventKind Kind, Action<QosEventStatus> Callback)> _handlers = [];
    private readonly ITransportEndpoint _endpoint;
    private readonly QosEventKind _incompatible;
    private readonly Action<QosEventStatus> _warn;

    public QosEventHandlers(ITransportEndpoint endpoint, QosEventKind incompatible, bool useDefaults, Action<QosEventStatus> warn)
    {
        _endpoint = endpoint;
        _incompatible = useDefaults ? incompatible | QosEventKind.IncompatibleType : QosEventKind.None;
        _warn = warn;
    }

    /// <summary>Starts watching; once the endpoint has its tag.</summary>
    public void Start() => _endpoint.WatchEvents(_incompatible);

    /// <summary>Adds a callback for one kind.</summary>
    /// <exception cref="NotSupportedException">The transport does not report this event for this endpoint.</exception>
    public IDisposable Add(QosEventKind kind, Action<QosEventStatus> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        IDisposable registration = Registration.Add(_gate, _handlers, (kind, callback));
        QosEventKind wanted = _incompatible;
        lock (_gate)
        {
            _handlers.ForEach(h => wanted |= h.Kind);
        }

        if ((_endpoint.WatchEvents(wanted) & kind) != kind)
        {
            registration.Dispose();
            throw new NotSupportedException($"this transport does not report {kind} here");
        }

        return registration;
    }

    /// <summary>The policy as rclcpp writes it, <c>RELIABILITY_QOS_POLICY</c>.</summary>
    public static string NameOf(QosPolicyKind policy) => policy.ToString().ToUpperInvariant() + "_QOS_POLICY";

    /// <summary>Takes every event that happened and calls back.</summary>
    /// <returns>Callbacks made.</returns>
    public int Run()
    {
        (QosEventKind Kind, Action<QosEventStatus> Callback)[] handlers;
        lock (_gate)
        {
            handlers = [.. _handlers];
        }

        int calls = 0;
        foreach (QosEventKind kind in Enum.GetValues<QosEventKind>())
        {
            bool hasHandler = Array.Exists(handlers, h => h.Kind == kind);
            bool isDefault = !hasHandler && (_incompatible & kind) != 0;
            if (kind == QosEventKind.None || !(hasHandler || isDefault) || !_endpoint.TryTakeEvent(kind, out QosEventStatus status))
            {
                continue;
            }

            calls++;
            if (isDefault)
            {
                _warn(status);
            }

            foreach ((QosEventKind handled, Action<QosEventStatus> callback) in handlers)
            {
                if (handled == kind)
                {
                    callback(status);
                }
            }
        }

        return calls;
    }
}
