namespace ROS2.Transport;

/// <summary>
/// A node made known to the graph. Dispose it after its endpoints. Endpoints carry it so that
/// <c>ros_discovery_info</c> can list them under their node.
/// </summary>
public interface INodeEndpoint : IDisposable
{
    /// <summary>Name without namespace.</summary>
    string Name { get; }

    /// <summary>Namespace with leading slash; <c>/</c> for the root.</summary>
    string Namespace { get; }
}

/// <summary>Common to everything that sends or receives. Dispose is idempotent and may be called inside a handler.</summary>
public interface ITransportEndpoint : IDisposable
{
    /// <summary>The client's own object for this endpoint; the transport only keeps it. Set before the first wait.</summary>
    object? Tag { get; set; }

    /// <summary>Identity in the graph: publisher or subscription; for services the request writer (client) or request reader (server).</summary>
    Gid Gid { get; }

    /// <summary>Which events to report as <see cref="Readiness.QosEvent"/>; none at first.</summary>
    /// <returns>The subset of <paramref name="events"/> this transport supports for this endpoint.</returns>
    QosEventKind WatchEvents(QosEventKind events);

    /// <summary>Takes one event's state and resets its changes.</summary>
    /// <returns>False if the event did not happen since it was last taken, or is not supported.</returns>
    bool TryTakeEvent(QosEventKind kind, out QosEventStatus status);
}

/// <summary>Sends samples of a topic. Rent, send and return may be called from any thread of a threaded transport and do not allocate there.</summary>
public interface IPublisherEndpoint : ITransportEndpoint
{
    /// <summary>Matched subscriptions.</summary>
    int SubscriptionCount { get; }

    /// <summary>Memory for a sample of exactly <paramref name="size"/> bytes, encapsulation included.</summary>
    /// <exception cref="ObjectDisposedException">The endpoint was disposed.</exception>
    TransportBuffer Rent(int size);

    /// <summary>Sends a filled buffer and takes it back.</summary>
    /// <param name="buffer">From <see cref="Rent"/> of this endpoint.</param>
    /// <param name="sourceTimestampNs">Source timestamp to send; 0 for now.</param>
    /// <returns>False when the sample was dropped because reliable readers did not keep up in time.</returns>
    bool Send(in TransportBuffer buffer, long sourceTimestampNs = 0);

    /// <summary>Takes back a buffer that is not to be sent.</summary>
    void Return(in TransportBuffer buffer);

    /// <summary>Blocks until all reliable subscriptions acknowledged everything sent. Driven transports answer at once.</summary>
    /// <returns>True if acknowledged within <paramref name="timeoutNs"/> (negative: no bound).</returns>
    bool WaitForAllAcked(long timeoutNs);

    /// <summary>Shows that the publisher lives (<see cref="QosLivelinessPolicy.ManualByTopic"/>).</summary>
    void AssertLiveliness();
}

/// <summary>Receives samples of a topic.</summary>
public interface ISubscriptionEndpoint : ITransportEndpoint
{
    /// <summary>Matched publishers.</summary>
    int PublisherCount { get; }

    /// <summary>
    /// Hands up to <paramref name="maxSamples"/> waiting samples, oldest first, to <paramref name="handler"/>. Samples
    /// that cannot be read as CDR of the declared encapsulation are counted and skipped by the transport.
    /// </summary>
    /// <returns>Samples handed over; fewer than <paramref name="maxSamples"/> means that the queue is empty.</returns>
    int Take(int maxSamples, ISampleHandler handler);
}

/// <summary>Common to both ends of a service. Threads and memory as for <see cref="IPublisherEndpoint"/>.</summary>
public interface IServiceEndpoint : ITransportEndpoint
{
    /// <summary>
    /// Memory for a request or response of exactly <paramref name="size"/> bytes, encapsulation included. A mapping with a
    /// 16-byte header between encapsulation and body hands out memory at offset 16 of a longer block and overwrites the
    /// first 20 bytes on sending: the body's alignment is the same.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The endpoint was disposed.</exception>
    TransportBuffer Rent(int size);

    /// <summary>Takes back a buffer that is not to be sent.</summary>
    void Return(in TransportBuffer buffer);
}

/// <summary>Answers a service.</summary>
public interface IServiceServerEndpoint : IServiceEndpoint
{
    /// <summary>Hands up to <paramref name="maxRequests"/> waiting requests to <paramref name="handler"/>.</summary>
    /// <returns>Requests handed over; fewer than <paramref name="maxRequests"/> means that the queue is empty.</returns>
    int TakeRequests(int maxRequests, IServiceHandler handler);

    /// <summary>Sends a filled buffer as the answer to <paramref name="request"/> and takes it back.</summary>
    /// <returns>False when it was dropped, because the client is gone or did not keep up.</returns>
    bool SendResponse(in RequestId request, in TransportBuffer buffer);
}

/// <summary>Calls a service.</summary>
public interface IServiceClientEndpoint : IServiceEndpoint
{
    /// <summary>True while a server is matched in both directions, so that neither request nor response can be missed.</summary>
    bool IsServerAvailable { get; }

    /// <summary>Sends a filled buffer as a request and takes it back.</summary>
    /// <returns>The request's id; its sequence is negative when the request was dropped.</returns>
    RequestId SendRequest(in TransportBuffer buffer);

    /// <summary>Hands up to <paramref name="maxResponses"/> waiting responses to this client's own requests to <paramref name="handler"/>.</summary>
    /// <returns>Responses handed over; fewer than <paramref name="maxResponses"/> means that the queue is empty.</returns>
    int TakeResponses(int maxResponses, IServiceHandler handler);
}

/// <summary>Short ways to use service endpoints.</summary>
internal static class ServiceEndpointExtensions
{
    /// <summary>Rents a buffer with a message in it; send or return it.</summary>
    /// <exception cref="Exception">A fixed array or bounded field of the message breaks its bound.</exception>
    public static TransportBuffer Fill(this IServiceEndpoint endpoint, IRosMessage message)
    {
        TransportBuffer buffer = endpoint.Rent(CdrMessage.SerializedSize(message));
        try
        {
            CdrMessage.Serialize(message, buffer.Bytes);
            return buffer;
        }
        catch
        {
            endpoint.Return(buffer);
            throw;
        }
    }
}
