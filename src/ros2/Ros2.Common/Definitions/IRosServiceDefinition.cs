namespace ROS2;

/// <summary>
/// A service type as a type argument: <c>CreateService&lt;std_srvs.srv.SetBool, …&gt;</c>. Implemented by generated classes
/// that have no instances.
/// </summary>
public interface IRosServiceDefinition<TRequest, TResponse>
    where TRequest : IRosMessage, new()
    where TResponse : IRosMessage, new()
{
    /// <summary>The service's type.</summary>
    static abstract RosServiceType RosType { get; }
}
