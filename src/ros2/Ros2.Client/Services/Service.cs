using ROS2.Transport;

namespace ROS2;

/// <summary>A service server without its types, for collections.</summary>
public abstract class Service : IDisposable
{
    private readonly Receiver _receiver;

    private protected Service(Node node, string name, RosServiceType type, QosProfile qos, CallbackGroup? group)
    {
        Node = node;
        Name = name;
        TypeName = type.Name;
        QosProfile = qos;
        Endpoint = node.Context.Transport.CreateServiceServer(node.Endpoint, name, type.ToTransportType(), qos);
        _receiver = new Receiver(this, group ?? node.DefaultCallbackGroup);
    }

    /// <summary>Fully qualified, remapped name of the service.</summary>
    public string Name { get; }

    /// <summary>The service type's ROS name, <c>std_srvs/srv/SetBool</c>.</summary>
    public string TypeName { get; }

    /// <summary>What it was created with.</summary>
    public QosProfile QosProfile { get; }

    /// <summary>Requests that could not be read and were dropped.</summary>
    public long MalformedCount { get; private set; }

    internal Node Node { get; }

    internal IServiceServerEndpoint Endpoint { get; }

    /// <summary>Takes the service off the graph.</summary>
    public void Dispose()
    {
        Endpoint.Dispose();
        Node.Remove(this);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets requests come; apart from construction, because the executor may run on another thread.</summary>
    internal void Start() => Node.Context.Executor.Start(Endpoint, _receiver);

    /// <summary>Handles one request.</summary>
    private protected abstract void Receive(ReadOnlySpan<byte> cdr, in RequestId request);

    private protected void CountMalformed(CdrError error)
    {
        if (++MalformedCount == 1)
        {
            Node.Logger.Warn(
                $"a request to '{Name}' is not a {TypeName} ({error}) and was dropped; further ones are only counted");
        }
    }

    private protected bool Respond(in RequestId request, IRosMessage response)
    {
        TransportBuffer buffer = Endpoint.Rent(CdrMessage.SerializedSize(response));
        try
        {
            CdrMessage.Serialize(response, buffer.Bytes);
        }
        catch
        {
            Endpoint.Return(buffer);
            throw;
        }

        return Endpoint.SendResponse(request, buffer);
    }

    private sealed class Receiver(Service owner, CallbackGroup group) : Executable(owner.Node, group), IServiceHandler
    {
        public override int Execute(Readiness what, int maxCallbacks) =>
            (what & Readiness.Data) != 0 ? owner.Endpoint.TakeRequests(maxCallbacks, this) : 0;

        public void OnServiceSample(ReadOnlySpan<byte> cdr, in RequestId request, in SampleInfo info) =>
            owner.Receive(cdr, request);
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

    private protected override void Receive(ReadOnlySpan<byte> cdr, in RequestId request)
    {
        var message = new TRequest();
        if (!CdrMessage.TryDeserialize(cdr, message, out CdrError error))
        {
            CountMalformed(error);
            return;
        }

        if (_deferred is not null)
        {
            RequestId id = request;
            _deferred(message, new ServiceResponder<TResponse>(response => Send(id, response)));
            return;
        }

        var answer = new TResponse();
        _callback!(message, answer);
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
