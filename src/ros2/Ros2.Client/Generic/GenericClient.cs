namespace ROS2;

/// <summary>
/// Calls a service whose type is chosen at run time; otherwise as <see cref="Client{TService,TRequest,TResponse}"/>. Made by
/// <see cref="Node.CreateGenericClient"/>.
/// </summary>
public sealed class GenericClient : Client<IRosMessage>
{
    internal GenericClient(Node node, string name, RosServiceType type, QosProfile qos)
        : base(node, name, type, qos, null) => ServiceType = type;

    /// <summary>The service's type, from which requests are created.</summary>
    public RosServiceType ServiceType { get; }

    /// <summary>Sends a request; waits without bound for the answer.</summary>
    /// <exception cref="ArgumentException">The message is no request of this service.</exception>
    /// <exception cref="Transport.RosTransportException">The transport could not send it.</exception>
    public Task<IRosMessage> SendRequestAsync(IRosMessage request) => Send(Check(request));

    /// <summary>Sends a request; the task fails with <see cref="TimeoutException"/> if no answer comes in time.</summary>
    /// <param name="request">A message of <see cref="RosServiceType.Request"/>.</param>
    /// <param name="timeout">On the node's clock, positive.</param>
    /// <param name="cancellationToken">Gives up waiting; the task is then canceled.</param>
    /// <exception cref="ArgumentException">The message is no request of this service.</exception>
    /// <exception cref="Transport.RosTransportException">The transport could not send it.</exception>
    public Task<IRosMessage> SendRequestAsync(IRosMessage request, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Send(Check(request), timeout, cancellationToken);

    private protected override IRosMessage CreateResponse() => ServiceType.Response.Create();

    private IRosMessage Check(IRosMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.RosType.Name == ServiceType.Request.Name
            ? request
            : throw new ArgumentException($"a {ServiceType.Request.Name} was expected, not a {request.RosType.Name}", nameof(request));
    }
}
