using service_msgs.msg;
using ROS2.Transport;

namespace ROS2;

/// <summary>A service client without its types, for collections.</summary>
public abstract class Client : ServiceEntity
{
    private protected Client(Node node, string name, RosServiceType type, QosProfile qos, CallbackGroup? group)
        : base(node, name, type, qos, group) =>
        Endpoint = node.Context.Transport.CreateServiceClient(node.Endpoint, name, type.ToTransportType(), qos);

    /// <summary>Responses that could not be read or belonged to no pending request.</summary>
    public long UnexpectedCount { get; private set; }

    internal IServiceClientEndpoint Endpoint { get; }

    private protected override IServiceEndpoint CommonEndpoint => Endpoint;

    /// <summary>Whether a server is there, so that a request would be answered.</summary>
    public bool ServiceIsReady() => Endpoint.IsServerAvailable;

    /// <summary>Completes when a server is there, at once if one is; false when the time ran out first.</summary>
    /// <param name="timeout">On the node's clock; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</param>
    public Task<bool> WaitForServiceAsync(TimeSpan timeout) => Node.WaitForGraphAsync(ServiceIsReady, timeout);

    private protected sealed override void DisposeCore()
    {
        CancelPending();
        Node.Remove(this);
    }

    private protected sealed override int Take(int max, IServiceHandler handler) => Endpoint.TakeResponses(max, handler);

    private protected abstract void CancelPending();

    private protected void CountUnexpected() => UnexpectedCount++;
}

/// <summary>What service clients whose types are known at compile time and at run time have in common: the pending requests.</summary>
public abstract class Client<TResponse> : Client
    where TResponse : IRosMessage
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, (TaskCompletionSource<TResponse> Source, long SentNs)> _pending = [];

    private protected Client(Node node, string name, RosServiceType type, QosProfile qos, CallbackGroup? group)
        : base(node, name, type, qos, group)
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

    /// <summary>Gives up all requests that wait: their tasks are canceled.</summary>
    /// <returns>How many there were.</returns>
    public int PrunePendingRequests() => Prune(long.MaxValue);

    /// <summary>Gives up requests that have waited for longer than a time, on steady time: their tasks are canceled.</summary>
    /// <returns>How many there were.</returns>
    public int PruneRequestsOlderThan(TimeSpan age) => Prune(Node.Context.Transport.Clock.SteadyNowNs - Nanoseconds.From(age));

    /// <summary>An empty response.</summary>
    private protected abstract TResponse CreateResponse();

    private protected override void Receive(ReadOnlySpan<byte> cdr, in RequestId request)
    {
        TaskCompletionSource<TResponse>? pending = Forget(request.Sequence);
        if (pending is null)
        {
            CountUnexpected();
            TellUnexpected(cdr, request);
            return;
        }

        TResponse response = CreateResponse();
        if (CdrMessage.TryDeserialize(cdr, response, out CdrError error))
        {
            Tell(ServiceEventInfo.RESPONSE_RECEIVED, request, response);
            pending.TrySetResult(response);
        }
        else
        {
            CountUnexpected();
            pending.TrySetException(new InvalidDataException($"the answer of '{Name}' is not a {TypeName} ({error})"));
        }
    }

    /// <summary>An answer that nobody waits for any more is an event all the same, as in rcl.</summary>
    private void TellUnexpected(ReadOnlySpan<byte> cdr, in RequestId request)
    {
        if (IsIntrospected && CreateResponse() is var response && CdrMessage.TryDeserialize(cdr, response))
        {
            Tell(ServiceEventInfo.RESPONSE_RECEIVED, request, response);
        }
    }

    private protected override void CancelPending() => PrunePendingRequests();

    private int Prune(long sentBeforeNs)
    {
        List<(long Sequence, TaskCompletionSource<TResponse> Source)> old;
        lock (_gate)
        {
            old = [.. _pending.Where(p => p.Value.SentNs < sentBeforeNs).Select(p => (p.Key, p.Value.Source))];
            old.ForEach(request => _pending.Remove(request.Sequence));
        }

        old.ForEach(request => request.Source.TrySetCanceled());
        return old.Count;
    }

    private protected Task<TResponse> Send(IRosMessage request) => Send(request, out _);

    private protected Task<TResponse> Send(IRosMessage request, TimeSpan timeout, CancellationToken cancellationToken)
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

    private Task<TResponse> Send(IRosMessage request, out long sequence)
    {
        ArgumentNullException.ThrowIfNull(request);
        var source = new TaskCompletionSource<TResponse>();
        TransportBuffer buffer = Endpoint.Fill(request);
        RequestId id;
        lock (_gate)
        {
            id = Endpoint.SendRequest(buffer);
            sequence = id.Sequence;
            if (sequence < 0)
            {
                throw new RosTransportException($"the request to '{Name}' could not be sent");
            }

            _pending.Add(sequence, (source, Node.Context.Transport.Clock.SteadyNowNs));
        }

        Tell(ServiceEventInfo.REQUEST_SENT, id, request);
        return source.Task;
    }

    private TaskCompletionSource<TResponse>? Forget(long sequence)
    {
        lock (_gate)
        {
            TaskCompletionSource<TResponse>? source = _pending.TryGetValue(sequence, out var pending) ? pending.Source : null;
            _pending.Remove(sequence);
            return source;
        }
    }
}

/// <summary>
/// Calls one service. Tasks are completed by the executor while the context spins; their continuations run there, in
/// order, unless the awaiting code brought a synchronization context.
/// </summary>
public sealed class Client<TService, TRequest, TResponse> : Client<TResponse>
    where TService : IRosServiceDefinition<TRequest, TResponse>
    where TRequest : IRosMessage, new()
    where TResponse : IRosMessage, new()
{
    internal Client(Node node, string name, QosProfile qos, CallbackGroup? group)
        : base(node, name, TService.RosType, qos, group)
    {
    }

    /// <summary>Sends a request; waits without bound for the answer.</summary>
    /// <exception cref="RosTransportException">The transport could not send it.</exception>
    public Task<TResponse> SendRequestAsync(TRequest request) => Send(request);

    /// <summary>Sends a request; the task fails with <see cref="TimeoutException"/> if no answer comes in time.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">On the node's clock, positive.</param>
    /// <param name="cancellationToken">Gives up waiting; the task is then canceled.</param>
    /// <exception cref="RosTransportException">The transport could not send it.</exception>
    public Task<TResponse> SendRequestAsync(TRequest request, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Send(request, timeout, cancellationToken);

    private protected override TResponse CreateResponse() => new();
}
