using System.Collections;
using service_msgs.msg;
using ROS2.Transport;

namespace ROS2;

/// <summary>What a service or client tells on its event topic.</summary>
public enum ServiceIntrospectionState
{
    /// <summary>Nothing; the topic is not there.</summary>
    Off,

    /// <summary>That something was sent or received, when, and of which call.</summary>
    Metadata,

    /// <summary>The same with the request or response.</summary>
    Contents,
}

/// <summary>
/// Publishes each request and response of one service end on <c>&lt;service&gt;/_service_event</c> (REP-2012). From any
/// thread that the end may be used from.
/// </summary>
internal sealed class ServiceIntrospection : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RosMessageType _type;
    private readonly Clock _clock;
    private readonly SerializedPublisher _publisher;

    public ServiceIntrospection(Node node, string service, RosServiceType type, QosProfile qos, Clock clock)
    {
        _type = type.Event;
        _clock = clock;
        _publisher = node.CreateSerializedPublisher(service + "/_service_event", _type.ToTransportType(), qos);
    }

    /// <summary>Whether events carry the request or response.</summary>
    public bool WithContents { get; set; }

    /// <summary>Publishes one event.</summary>
    /// <param name="kind">A constant of <see cref="ServiceEventInfo"/>.</param>
    /// <param name="id">The call.</param>
    /// <param name="message">Its request or response.</param>
    public void Tell(byte kind, in RequestId id, IRosMessage message)
    {
        IRosMessage report = _type.Create();
        var info = (ServiceEventInfo)_type.Fields[0].GetValue(report)!;
        info.EventType = kind;
        RosTime.Write(info.Stamp, _clock.NowNanoseconds);
        id.Client.Write(info.ClientGid);
        info.SequenceNumber = id.Sequence;
        if (WithContents)
        {
            bool isRequest = kind is ServiceEventInfo.REQUEST_SENT or ServiceEventInfo.REQUEST_RECEIVED;
            ((IList)_type.Fields[isRequest ? 1 : 2].GetValue(report)!).Add(message);
        }

        lock (_gate)
        {
            _publisher.Publish(report);
        }
    }

    public void Dispose() => _publisher.Dispose();
}

/// <summary>Whether one service end tells its events; off at first. Safe from any thread of a threaded transport.</summary>
internal sealed class IntrospectionSwitch(Node node, string service, RosServiceType type)
{
    private readonly Lock _gate = new();
    private volatile ServiceIntrospection? _introspection;

    /// <summary>Whether events are told.</summary>
    public bool IsOn => _introspection is not null;

    /// <summary>
    /// As <see cref="ServiceEntity.ConfigureIntrospection"/>. As in rcl, what is on changes only how much it tells: the topic with its
    /// quality of service and clock stays until it is switched off.
    /// </summary>
    public void Configure(ServiceIntrospectionState state, QosProfile? qosProfile, Clock? clock)
    {
        if (state == ServiceIntrospectionState.Off)
        {
            Off();
            return;
        }

        lock (_gate)
        {
            ServiceIntrospection introspection = _introspection
                ?? new ServiceIntrospection(node, service, type, qosProfile ?? QosProfile.SystemDefaultProfile, clock ?? node.Clock);
            introspection.WithContents = state == ServiceIntrospectionState.Contents;
            _introspection = introspection;
        }
    }

    /// <summary>Tells one event, where it is on.</summary>
    public void Tell(byte kind, in RequestId id, IRosMessage message) => _introspection?.Tell(kind, id, message);

    /// <summary>Takes the event topic off the graph.</summary>
    public void Off()
    {
        lock (_gate)
        {
            _introspection?.Dispose();
            _introspection = null;
        }
    }
}
