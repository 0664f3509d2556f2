using service_msgs.msg;
using ROS2.Transport;

namespace ROS2;

/// <summary>A service server without its types, for collections.</summary>
public abstract class Service : ServiceEntity
{
    private protected Service(Node node, string name, RosServiceType type, QosProfile qos, CallbackGroup? group)
        : base(node, name, type, qos, group) =>
        Endpoint = node.Context.Transport.CreateServiceServer(node.Endpoint, name, type.ToTransportType(), qos);

    /// <summary>Requests that could not be read and were dropped.</summary>
    public long MalformedCount { get; private set; }

    internal IServiceServerEndpoint Endpoint { get; }

    private protected override IServiceEndpoint CommonEndpoint => Endpoint;

    private protected sealed override void DisposeCore() => Node.Remove(this);

    private protected sealed override int Take(int max, IServiceHandler handler) => Endpoint.TakeRequests(max, handler);

    private void CountMalformed(CdrError error)
    {
        if (++MalformedCount == 1)
        {
            Node.Logger.Warn(
                $"a request to '{Name}' is not a {TypeName} ({error}) and was dropped; further ones are only counted");
        }
    }

    private protected sealed override void Receive(ReadOnlySpan<byte> cdr, in RequestId request)
    {
        IRosMessage message = CreateRequest();
        if (!CdrMessage.TryDeserialize(cdr, message, out CdrError error))
        {
            CountMalformed(error);
            return;
        }

        Tell(ServiceEventInfo.REQUEST_RECEIVED, request, message);
        Answer(message, request);
    }

    /// <summary>An empty request.</summary>
    private protected abstract IRosMessage CreateRequest();

    /// <summary>Runs the callback; <see cref="Respond"/> sends what it gave.</summary>
    private protected abstract void Answer(IRosMessage message, in RequestId request);

    private protected bool Respond(in RequestId request, IRosMessage response)
    {
        bool sent = Endpoint.SendResponse(request, Endpoint.Fill(response));
        if (sent)
        {
            Tell(ServiceEventInfo.RESPONSE_SENT, request, response);
        }

        return sent;
    }
}

/// <summary>Answers requests of one service; the callback runs on the executor and fills the response.</summary>
public sealed class Service<TService, TRequest, TResponse> : Service
    where TService : IRosServiceDefinition<TRequest, TResponse>
    where TRequest : IRosMessage, new()
    where TResponse : IRosMessage, new()
{
    private readonly Action<TRequest, TResponse>? _callback;
    private readonly Action<TRequest, ServiceResponder<TResponse>>? _deferred;

    internal Service(
        Node node,
        string name,
        QosProfile qos,
        Action<TRequest, TResponse>? callback,
        Action<TRequest, ServiceResponder<TResponse>>? deferred,
        CallbackGroup? group)
        : base(node, name, TService.RosType, qos, group)
    {
        _callback = callback;
        _deferred = deferred;
    }

    internal bool Send(in RequestId request, TResponse response) => Respond(request, response);

    private protected override IRosMessage CreateRequest() => new TRequest();

    private protected override void Answer(IRosMessage message, in RequestId request)
    {
        if (_deferred is not null)
        {
            RequestId id = request;
            _deferred((TRequest)message, new ServiceResponder<TResponse>(response => Send(id, response)));
            return;
        }

        var answer = new TResponse();
        _callback!((TRequest)message, answer);
        Respond(request, answer);
    }
}

/// <summary>Answers one request, at once or later.</summary>
public sealed class ServiceResponder<TResponse>
    where TResponse : IRosMessage, new()
{
    private readonly Func<TResponse, bool> _send;
    private int _answered;

    internal ServiceResponder(Func<TResponse, bool> send) => _send = send;

    /// <summary>Sends the answer.</summary>
    /// <returns>False if the client is gone.</returns>
    /// <exception cref="InvalidOperationException">It was answered before.</exception>
    public bool Respond(TResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (Interlocked.Exchange(ref _answered, 1) != 0)
        {
            throw new InvalidOperationException("the request was already answered");
        }

        return _send(response);
    }
}
