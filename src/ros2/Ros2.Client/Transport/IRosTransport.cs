namespace ROS2.Transport;

/// <summary>
/// One participant of one host on a middleware: the seam between the ROS client and DDS or the simulated bus.
/// Names given to it are fully qualified ROS names (<c>/rover_1/odom</c>); mangling them is the transport's work.
/// </summary>
/// <remarks>
/// <para>
/// A <b>threaded</b> transport (<see cref="IsDriven"/> false; DDS) receives on threads of its vendor. These only record
/// which endpoints have data and signal a native handle. One executor thread blocks in <see cref="Wait"/>, which calls
/// the dispatcher for each such endpoint; the executor then takes from them. No managed code runs on the vendor's threads.
/// All members may be called from any thread, except <see cref="Wait"/>, which one thread at a time calls.
/// </para>
/// <para>
/// A <b>driven</b> transport (<see cref="IsDriven"/> true; simulated bus) belongs to a scheduler with virtual time. The
/// scheduler calls the dispatcher at the virtual time of each event, and the client takes and runs its callbacks inside
/// that call. All members but <see cref="Wake"/> are called on the scheduler's thread.
/// </para>
/// </remarks>
public interface IRosTransport : IDisposable
{
    /// <summary>Name of the middleware as rmw would give it: <c>rmw_cyclonedds_cpp</c>, <c>rmw_fastrtps_cpp</c>, <c>aios_simulated_bus</c>.</summary>
    string Identifier { get; }

    /// <summary>The host this participant runs on; on the simulated bus the name links are modelled by.</summary>
    string HostName { get; }

    /// <summary>The time of this transport.</summary>
    ITransportClock Clock { get; }

    /// <summary>Whether a scheduler drives the client (true) or the client waits (false).</summary>
    bool IsDriven { get; }

    /// <summary>The graph as this participant sees it.</summary>
    IRosGraph Graph { get; }

    /// <summary>Sets the client's side. Called once, before any endpoint is created.</summary>
    void Attach(ITransportDispatcher dispatcher);

    /// <summary>Makes a node known to the graph.</summary>
    /// <param name="name">Valid node name.</param>
    /// <param name="nodeNamespace">Valid namespace with leading slash; <c>/</c> for the root.</param>
    INodeEndpoint CreateNode(string name, string nodeNamespace);

    /// <summary>Creates the sending end of a topic.</summary>
    /// <exception cref="RosTransportException">The middleware refused; the message says why.</exception>
    IPublisherEndpoint CreatePublisher(INodeEndpoint node, string topic, TransportType type, QosProfile qos);

    /// <summary>Creates the receiving end of a topic.</summary>
    /// <exception cref="RosTransportException">The middleware refused; the message says why.</exception>
    ISubscriptionEndpoint CreateSubscription(INodeEndpoint node, string topic, TransportType type, QosProfile qos);

    /// <summary>Creates the answering end of a service.</summary>
    /// <exception cref="RosTransportException">The middleware refused; the message says why.</exception>
    IServiceServerEndpoint CreateServiceServer(INodeEndpoint node, string service, TransportServiceType type, QosProfile qos);

    /// <summary>Creates the calling end of a service.</summary>
    /// <exception cref="RosTransportException">The middleware refused; the message says why.</exception>
    IServiceClientEndpoint CreateServiceClient(INodeEndpoint node, string service, TransportServiceType type, QosProfile qos);

    /// <summary>
    /// Threaded: blocks until an endpoint is ready, the graph changed, <see cref="Wake"/> was called or the timeout
    /// elapsed, calls the dispatcher for everything pending, and returns; with a timeout of 0 it only polls. A
    /// <see cref="Wake"/> before the wait is not lost. Does not allocate.
    /// Driven: lets the scheduler run until an event of this participant was dispatched or virtual time advanced by the
    /// timeout; only for programs that have no other driver, and never inside a callback.
    /// </summary>
    /// <param name="timeoutNs">Nanoseconds of steady time; negative for no bound.</param>
    /// <returns>False when only the timeout ended the wait.</returns>
    bool Wait(long timeoutNs);

    /// <summary>Ends the current or the next <see cref="Wait"/>. From any thread; does not allocate. A driven transport calls <see cref="ITransportDispatcher.OnWake"/> as its next event.</summary>
    void Wake();

    /// <summary>
    /// Driven: asks for <see cref="ITransportDispatcher.OnWake"/> at steady time <paramref name="steadyNs"/> (at once if
    /// past) and replaces the time asked for before; <see cref="long.MaxValue"/> withdraws it. Threaded: does nothing, the
    /// executor waits with a timeout instead.
    /// </summary>
    void RequestWake(long steadyNs);

    /// <summary>A fresh id, for action goals and the like. Driven transports draw it from their seed.</summary>
    Guid CreateGuid() => Guid.NewGuid();
}
