using ROS2.Transport;

namespace ROS2;

/// <summary>
/// Answers requests of a service whose type is chosen at run time; otherwise as <see cref="Service{TService,TRequest,TResponse}"/>. Made by
/// <see cref="Node.CreateGenericService"/>.
/// </summary>
public sealed class GenericService : Service
{
    private readonly Action<IRosMessage, IRosMessage> _callback;

    internal GenericService(
        Node node, string name, RosServiceType type, QosProfile qos, Action<IRosMessage, IRosMessage> callback, CallbackGroup? group)
        : base(node, name, type, qos, group) => _callback = callback;

    /// <summary>The service's type.</summary>
    public RosServiceType ServiceType => Type;

    private protected override IRosMessage CreateRequest() => Type.Request.Create();

    private protected override void Answer(IRosMessage message, in RequestId request)
    {
        IRosMessage response = Type.Response.Create();
        _callback(message, response);
        Respond(request, response);
    }
}
