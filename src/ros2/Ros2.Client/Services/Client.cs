using ROS2.Transport;

namespace ROS2;

/// <summary>A service client without its types, for collections.</summary>
public abstract class Client : IDisposable
{
    private readonly Receiver _receiver;

    private protected Client(Node node, string name, RosServiceType type, QosProfile qos, CallbackGroup? group)
    {
        Node = node;
        Name = name;
        TypeName = type.Name;
        QosProfile = qos;
        Endpoint = node.Context.Transport.CreateServiceClient(node.Endpoint, name, type.ToTransportType(), qos);
        _receiver = new Receiver(this, group ?? node.DefaultCallbackGroup);
    }

    /// <summary>Fully qualified, remapped name of the service.</summary>
    public string Name { get; }

    /// <summary>The service type's ROS name, <c>std_srvs/srv/SetBool</c>.</summary>
    public string TypeName { get; }

    /// <summary>What it was created with.</summary>
    public QosProfile QosProfile { get; }

    /// <summary>Responses that could not be read or belonged to no pending request.</summary>
    public long UnexpectedCount { get; private set; }

    internal Node Node { get; }

    internal IServiceClientEndpoint Endpoint { get; }

    /// <summary>Whether a server is there, so that a request would be answered.</summary>
    public bool ServiceIsReady() => Endpoint.IsServerAvailable;

    /// <summary>Completes when a server is there, at once if one is; false when the time ran out first.</summary>
    /// <param name="timeout">On the node's clock; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</param>
    public Task<bool> WaitForServiceAsync(TimeSpan timeout) => Node.WaitForGraphAsync(ServiceIsReady, timeout);

    /// <summary>Takes the client off the graph; pending requests are canceled.</summary>
    public void Dispose()
    {
        Endpoint.Dispose();
        CancelPending();
        Node.Remove(this);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets responses come; apart from construction, because the executor may run on another thread.</summary>
    internal void Start() => Node.Context.Executor.Start(Endpoint, _receiver);

    private protected abstract void Receive(ReadOnlySpan<byte> cdr, in RequestId request);

    private protected abstract void CancelPending();

    private protected void CountUnexpected() => UnexpectedCount++;

    private sealed class Receiver(Client owner, CallbackGroup group) : Executable(owner.Node, group), IServiceHandler
    {
        public override int Execute(Readiness what, int maxCallbacks) =>
            (what & Readiness.Data) != 0 ? owner.Endpoint.TakeResponses(maxCallbacks, this) : 0;

        public void OnServiceSample(ReadOnlySpan<byte> cdr, in RequestId request, in SampleInfo info) =>
            owner.Receive(cdr, request);
    }
}

/// <summary>
/// Calls one service. Tasks are completed by the executor while the context spins; their continuations run there, in
/// order, unless the awaiting code brought a synchronization context.
/// </summary>
public sealed class Client<TService, TRequest, TResponse> : Client
    where TService : IRosServiceDefinition<TRequest, TResponse>
    where TRequest : IRosMessage, new()
    where TResponse : IRosMessage, new()
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource<TResponse>> _pending = [];

    internal Client(Node node, string name, QosProfile qos, CallbackGroup? group)
        : base(node, name, TService.RosType, qos, group)
    {
    }

    /// <summary>Requests that wait for their answer.</summary>
    public int PendingCount
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>Sends a request; waits without bound for the answer.</summary>
    /// <exception cref="RosTransportException">The transport could not send it.</exception>
    public Task<TResponse> SendRequestAsync(TRequest request) => Send(request, out _);

    /// <summary>Sends a request; the task fails with <see cref="TimeoutException"/> if no answer comes in time.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">On the node's clock, positive.</param>
    /// <param name="cancellationToken">Gives up waiting; the task is then canceled.</param>
    /// <exception cref="RosTransportException">The transport could not send it.</exception>
    public Task<TResponse> SendRequestAsync(
        TRequest request, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        Task<TResponse> task = Send(request, out long sequence);
        Timer? timer = null;
        timer = Node.CreateTimer(timeout, _ =>
        {
            timer!.Dispose();
            Forget(sequence)?.TrySetException(new TimeoutException($"service '{Name}' did not answer within {timeout.TotalSeconds} s"));
        });
        CancellationTokenRegistration registration = cancellationToken.Register(
            () => Forget(sequence)?.TrySetCanceled(cancellationToken));
        task.ContinueWith(
            _ =>
            {
                timer.Dispose();
                registration.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return task;
    }

    private protected override void Receive(ReadOnlySpan<byte> cdr, in RequestId request)
    {
        TaskCompletionSource<TResponse>? pending = Forget(request.Sequence);
        if (pending is null)
        {
            CountUnexpected();
            return;
        }

        var response = new TResponse();
        if (CdrMessage.TryDeserialize(cdr, response, out CdrError error))
        {
            pending.TrySetResult(response);
        }
        else
        {
            CountUnexpected();
            pending.TrySetException(new InvalidDataException($"the answer of '{Name}' is not a {TypeName} ({error})"));
        }
    }

    private protected override void CancelPending()
    {
        TaskCompletionSource<TResponse>[] pending;
        lock (_gate)
        {
            pending = [.. _pending.OrderBy(p => p.Key).Select(p => p.Value)];
            _pending.Clear();
        }

        foreach (TaskCompletionSource<TResponse> source in pending)
        {
            source.TrySetCanceled();
        }
    }

    private Task<TResponse> Send(TRequest request, out long sequence)
    {
        ArgumentNullException.ThrowIfNull(request);
        var source = new TaskCompletionSource<TResponse>();
        TransportBuffer buffer = Endpoint.Rent(CdrMessage.SerializedSize(request));
        try
        {
            CdrMessage.Serialize(request, buffer.Bytes);
        }
        catch
        {
            Endpoint.Return(buffer);
            throw;
        }

        lock (_gate)
        {
            sequence = Endpoint.SendRequest(buffer).Sequence;
            if (sequence < 0)
            {
                throw new RosTransportException($"the request to '{Name}' could not be sent");
            }

            _pending.Add(sequence, source);
        }

        return source.Task;
    }

    private TaskCompletionSource<TResponse>? Forget(long sequence)
    {
        lock (_gate)
        {
            return _pending.Remove(sequence, out TaskCompletionSource<TResponse>? source) ? source : null;
        }
    }
}
