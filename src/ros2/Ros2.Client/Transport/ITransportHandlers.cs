namespace ROS2.Transport;

/// <summary>Receives the samples of one take.</summary>
public interface ISampleHandler
{
    /// <summary>
    /// One sample. <paramref name="cdr"/> is borrowed for the call: 4 bytes of encapsulation, then the body; it may end
    /// in padding and its content is untrusted. The handler may create, use and dispose any endpoint of the transport,
    /// the taken one included, and take again. An exception passes through the take after its loans are given back.
    /// </summary>
    void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info);
}

/// <summary>Receives the requests or responses of one take; the same rules as <see cref="ISampleHandler"/>.</summary>
public interface IServiceHandler
{
    /// <summary>
    /// One request (server) or response (client), with the transport's own header already removed: <paramref name="cdr"/>
    /// is 4 bytes of encapsulation, then the body of the ROS type.
    /// </summary>
    void OnServiceSample(ReadOnlySpan<byte> cdr, in RequestId request, in SampleInfo info);
}

/// <summary>Why an endpoint asks for attention.</summary>
[Flags]
public enum Readiness
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Samples, requests or responses wait to be taken.</summary>
    Data = 1,

    /// <summary>A watched QoS event happened.</summary>
    QosEvent = 2,
}

/// <summary>
/// The client's side of a transport; one per transport. A threaded transport calls it only inside
/// <see cref="IRosTransport.Wait"/>, on the waiting thread, never on a thread of the vendor. A driven transport calls
/// it on the scheduler's thread at the virtual time of the event.
/// </summary>
public interface ITransportDispatcher
{
    /// <summary>
    /// The endpoint has something. Must be called at least once after data arrived behind a take that found less than it
    /// was allowed to; calls without need are harmless.
    /// </summary>
    void OnReady(ITransportEndpoint endpoint, Readiness readiness);

    /// <summary>Something in the graph changed; several changes may be told by one call.</summary>
    void OnGraphChanged();

    /// <summary>Driven transports: the time asked for by <see cref="IRosTransport.RequestWake"/> has come.</summary>
    void OnWake();
}
