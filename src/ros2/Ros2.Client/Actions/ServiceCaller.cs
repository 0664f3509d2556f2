using service_msgs.msg;
using ROS2.Transport;

namespace ROS2;

/// <summary>A service client whose types are known by description only; a part of an action client.</summary>
internal sealed class ServiceCaller : IServiceHandler, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Action<IRosMessage?>> _pending = [];
    private readonly RosServiceType _type;
    private readonly string _name;
    private readonly Node _node;
    private long _unexpected;

    public ServiceCaller(Node node, string name, RosServiceType type, QosProfile qos)
    {
        _node = node;
        _name = name;
        _type = type;
        Introspection = new IntrospectionSwitch(node, name, type);
        Endpoint = node.Context.Transport.CreateServiceClient(node.Endpoint, name, type.ToTransportType(), qos);
    }

    public IServiceClientEndpoint Endpoint { get; }

    public IntrospectionSwitch Introspection { get; }

    /// <summary>Sends a request.</summary>
    /// <param name="request">Of the service's request type.</param>
    /// <param name="onResponse">Gets the response on the executor; null when it was no such message, or when disposed.</param>
    public void Send(IRosMessage request, Action<IRosMessage?> onResponse)
    {
        TransportBuffer buffer = Endpoint.Fill(request);

        RequestId id;
        lock (_gate)
        {
            id = Endpoint.SendRequest(buffer);
            if (id.Sequence < 0)
            {
                throw new RosTransportException($"the request to '{_name}' could not be sent");
            }

            _pending.Add(id.Sequence, onResponse);
        }

        Introspection.Tell(ServiceEventInfo.REQUEST_SENT, id, request);
    }

    public int Take(int max) => Endpoint.TakeResponses(max, this);

    public void OnServiceSample(ReadOnlySpan<byte> cdr, in RequestId request, in SampleInfo info)
    {
        Action<IRosMessage?>? onResponse;
        lock (_gate)
        {
            _pending.Remove(request.Sequence, out onResponse);
        }

        IRosMessage response = _type.Response.Create();
        bool isGood = CdrMessage.TryDeserialize(cdr, response, out CdrError error);
        if ((!isGood || onResponse is null) && ++_unexpected == 1)
        {
            string reason = isGood ? "belongs to no pending request" : $"is not a {_type.Response.Name} ({error})";
            _node.Logger.Warn($"an answer of '{_name}' {reason}; further ones are only counted");
        }

        if (isGood && onResponse is not null)
        {
            Introspection.Tell(ServiceEventInfo.RESPONSE_RECEIVED, request, response);
        }

        onResponse?.Invoke(isGood ? response : null);
    }

    public void Dispose()
    {
        Introspection.Off();
        Endpoint.Dispose();
        Action<IRosMessage?>[] pending;
        lock (_gate)
        {
            pending = [.. _pending.OrderBy(p => p.Key).Select(p => p.Value)];
            _pending.Clear();
        }

        foreach (Action<IRosMessage?> onResponse in pending)
        {
            onResponse(null);
        }
    }
}

/// <summary>A service server whose types are known by description only; a part of an action server.</summary>
internal sealed class ServiceAnswerer : IServiceHandler, IDisposable
{
    private readonly RosServiceType _type;
    private readonly Action<IRosMessage, RequestId> _handle;
    private readonly string _name;
    private readonly Node _node;
    private long _malformed;

    public ServiceAnswerer(
        Node node, string name, RosServiceType type, QosProfile qos, Action<IRosMessage, RequestId> handle)
    {
        _node = node;
        _name = name;
        _type = type;
        _handle = handle;
        Introspection = new IntrospectionSwitch(node, name, type);
        Endpoint = node.Context.Transport.CreateServiceServer(node.Endpoint, name, type.ToTransportType(), qos);
    }

    public IServiceServerEndpoint Endpoint { get; }

    public IntrospectionSwitch Introspection { get; }

    public int Take(int max) => Endpoint.TakeRequests(max, this);

    public void OnServiceSample(ReadOnlySpan<byte> cdr, in RequestId request, in SampleInfo info)
    {
        IRosMessage message = _type.Request.Create();
        if (CdrMessage.TryDeserialize(cdr, message, out CdrError error))
        {
            Introspection.Tell(ServiceEventInfo.REQUEST_RECEIVED, request, message);
            _handle(message, request);
        }
        else if (++_malformed == 1)
        {
            _node.Logger.Warn(
                $"a request to '{_name}' is not a {_type.Request.Name} ({error}) and was dropped; further ones are only counted");
        }
    }

    public void Respond(in RequestId request, IRosMessage response)
    {
        if (Endpoint.SendResponse(request, Endpoint.Fill(response)))
        {
            Introspection.Tell(ServiceEventInfo.RESPONSE_SENT, request, response);
        }
    }

    public void Dispose()
    {
        Introspection.Off();
        Endpoint.Dispose();
    }
}

/// <summary>A subscription whose type is known by description only; a part of an action client.</summary>
internal sealed class TopicListener : ISampleHandler, IDisposable
{
    private readonly RosMessageType _type;
    private readonly Action<IRosMessage> _handle;
    private readonly string _topic;
    private readonly Node _node;
    private long _malformed;

    public TopicListener(Node node, string topic, RosMessageType type, QosProfile qos, Action<IRosMessage> handle)
    {
        _node = node;
        _topic = topic;
        _type = type;
        _handle = handle;
        Endpoint = node.Context.Transport.CreateSubscription(node.Endpoint, topic, type.ToTransportType(), qos);
    }

    public ISubscriptionEndpoint Endpoint { get; }

    public int Take(int max) => Endpoint.Take(max, this);

    public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info)
    {
        IRosMessage message = _type.Create();
        if (CdrMessage.TryDeserialize(cdr, message, out CdrError error))
        {
            _handle(message);
        }
        else if (++_malformed == 1)
        {
            _node.Logger.Warn(
                $"a sample on '{_topic}' is not a {_type.Name} ({error}) and was dropped; further ones are only counted");
        }
    }

    public void Dispose() => Endpoint.Dispose();
}
