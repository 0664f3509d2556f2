using ROS2;
using ROS2.Bag;
using service_msgs.msg;

namespace Aios.Cli.RosTools;

/// <summary>Which of a call's two recorded requests is sent again: each side may have told of it.</summary>
internal enum RequestSource
{
    /// <summary>That which the server received.</summary>
    Service,

    /// <summary>That which the client sent.</summary>
    Client,
}

/// <summary>Calls a service again as a bag's events of it say.</summary>
internal sealed class RecordedRequests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1); // an answer nobody reads is not waited for longer

    private readonly GenericClient _client;
    private readonly RosField _info;
    private readonly RosField _kind;
    private readonly RosField _request;
    private readonly byte _wanted;
    private readonly Action<string> _tell;
    private bool _isMissing;

    /// <summary>Gets ready to call.</summary>
    /// <param name="session">Whose node calls.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="serviceType">Name of its type.</param>
    /// <param name="eventType">Type of its events, as the bag has them.</param>
    /// <param name="source">Which events are of requests.</param>
    /// <exception cref="AiosException">The type is not that of a service's events.</exception>
    public RecordedRequests(RosSession session, string service, string serviceType, RosMessageType eventType, RequestSource source)
    {
        RosField Field(RosMessageType type, string name) => type.Fields.FirstOrDefault(field => field.Name == name)
            ?? throw new AiosException(ExitCode.Failure, $"'{service}': {eventType.Name} is no type of a service's events, {type.Name} has no field '{name}'");
        RosMessageType Message(RosField field) => field.Message
            ?? throw new AiosException(ExitCode.Failure, $"'{service}': {eventType.Name} is no type of a service's events, its field '{field.Name}' is no message");
        _info = Field(eventType, "info");
        _kind = Field(Message(_info), "event_type");
        _request = Field(eventType, "request");
        _wanted = source == RequestSource.Service ? ServiceEventInfo.REQUEST_RECEIVED : ServiceEventInfo.REQUEST_SENT;
        _tell = session.Output.WriteLine;
        _client = session.Node.CreateGenericClient(
            service, new RosServiceType(serviceType, "", "", Message(_request), Message(Field(eventType, "response")), eventType));
        EventType = eventType;
    }

    private RosMessageType EventType { get; }

    /// <summary>Sends the request that an event holds, if it holds one of those that are wanted; nobody waits for the answer.</summary>
    public void Replay(McapMessage message)
    {
        var recorded = EventType.Create();
        if (!CdrMessage.TryDeserialize(message.Data.Span, recorded)
            || Convert.ToByte(_kind.GetValue((IRosMessage)_info.GetValue(recorded)!), System.Globalization.CultureInfo.InvariantCulture) != _wanted)
        {
            return;
        }

        foreach (var request in (IEnumerable<IRosMessage>)_request.GetValue(recorded)!)
        {
            Send(request);
        }
    }

    /// <summary>Takes the client off the graph.</summary>
    public void Dispose() => _client.Dispose();

    private void Send(IRosMessage request)
    {
        if (_client.ServiceIsReady())
        {
            _ = _client.SendRequestAsync(request, Patience);
        }
        else if (!_isMissing)
        {
            _isMissing = true;
            _tell($"'{_client.Name}' is not there; requests to it are left out");
        }
    }
}
