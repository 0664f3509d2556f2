namespace ROS2;

/// <content>Services.</content>
public sealed partial class Node
{
    /// <summary>Creates a service server.</summary>
    /// <param name="serviceName">Absolute, relative or private name; it is expanded and remapped.</param>
    /// <param name="callback">Runs on the executor; fills the response, which is sent when it returns.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Service<TService, TRequest, TResponse> CreateService<TService, TRequest, TResponse>(
        string serviceName, Action<TRequest, TResponse> callback)
        where TService : IRosServiceDefinition<TRequest, TResponse>
        where TRequest : IRosMessage, new()
        where TResponse : IRosMessage, new() =>
        CreateService<TService, TRequest, TResponse>(serviceName, callback, null);

    /// <summary>Creates a service server with quality of service and callback group.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Service<TService, TRequest, TResponse> CreateService<TService, TRequest, TResponse>(
        string serviceName, Action<TRequest, TResponse> callback, QosProfile? qosProfile, CallbackGroup? group = null)
        where TService : IRosServiceDefinition<TRequest, TResponse>
        where TRequest : IRosMessage, new()
        where TResponse : IRosMessage, new()
    {
        ArgumentNullException.ThrowIfNull(callback);
        return BeginService(new Service<TService, TRequest, TResponse>(
            this, ResolveService(serviceName), qosProfile ?? QosProfile.ServicesDefaultProfile, callback, null, group));
    }

    /// <summary>Creates a service server whose answers may come later.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Service<TService, TRequest, TResponse> CreateDeferredService<TService, TRequest, TResponse>(
        string serviceName,
        Action<TRequest, ServiceResponder<TResponse>> callback,
        QosProfile? qosProfile = null,
        CallbackGroup? group = null)
        where TService : IRosServiceDefinition<TRequest, TResponse>
        where TRequest : IRosMessage, new()
        where TResponse : IRosMessage, new()
    {
        ArgumentNullException.ThrowIfNull(callback);
        return BeginService(new Service<TService, TRequest, TResponse>(
            this, ResolveService(serviceName), qosProfile ?? QosProfile.ServicesDefaultProfile, null, callback, group));
    }

    /// <summary>Creates a service client.</summary>
    /// <param name="serviceName">Absolute, relative or private name; it is expanded and remapped.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Client<TService, TRequest, TResponse> CreateClient<TService, TRequest, TResponse>(string serviceName)
        where TService : IRosServiceDefinition<TRequest, TResponse>
        where TRequest : IRosMessage, new()
        where TResponse : IRosMessage, new() =>
        CreateClient<TService, TRequest, TResponse>(serviceName, null);

    /// <summary>Creates a service client with quality of service and callback group.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Client<TService, TRequest, TResponse> CreateClient<TService, TRequest, TResponse>(
        string serviceName, QosProfile? qosProfile, CallbackGroup? group = null)
        where TService : IRosServiceDefinition<TRequest, TResponse>
        where TRequest : IRosMessage, new()
        where TResponse : IRosMessage, new() =>
        BeginClient(new Client<TService, TRequest, TResponse>(
            this, ResolveService(serviceName), qosProfile ?? QosProfile.ServicesDefaultProfile, group));

    private T BeginService<T>(T service)
        where T : Service
    {
        Track(_services, service);
        service.Start();
        return service;
    }

    private T BeginClient<T>(T client)
        where T : Client
    {
        Track(_clients, client);
        client.Start();
        return client;
    }
}
