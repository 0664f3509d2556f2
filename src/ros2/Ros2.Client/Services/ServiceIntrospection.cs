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
    private readonly bool _withContents;
    private readonly Clock _clock;
    private readonly SerializedPublisher _publisher;

    public ServiceIntrospection(Node node, string service, RosServiceType type, bool withContents, QosProfile qos, Clock clock)
    {
        _type = type.Event;
        _withContents = withContents;
        _clock = clock;
        _publisher = node.CreateSerializedPublisher(service + "/_service_event", _type.ToTransportType(), qos);
    }

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
        if (_withContents)
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
