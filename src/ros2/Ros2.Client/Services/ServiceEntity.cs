using ROS2.Transport;

namespace ROS2;

/// <summary>What a service server and a service client have in common.</summary>
public abstract class ServiceEntity : IDisposable
{
    private readonly Receiver _receiver;
    private readonly IntrospectionSwitch _introspection;
    private volatile bool _disposed;

    private protected ServiceEntity(Node node, string name, RosServiceType type, QosProfile qos, CallbackGroup? group)
    {
        Node = node;
        Name = name;
        Type = type;
        _introspection = new IntrospectionSwitch(node, name, type);
        QosProfile = BestAvailable.ForService(qos);
        _receiver = new Receiver(this, group ?? node.DefaultCallbackGroup);
    }

    /// <summary>Fully qualified, remapped name of the service.</summary>
    public string Name { get; }

    /// <summary>The service type's ROS name, <c>std_srvs/srv/SetBool</c>.</summary>
    public string TypeName => Type.Name;

    /// <summary>What it was created with.</summary>
    public QosProfile QosProfile { get; }

    internal Node Node { get; }

    internal RosServiceType Type { get; }

    private protected abstract IServiceEndpoint CommonEndpoint { get; }

    /// <summary>
    /// Publishes what this end sends and receives on the topic <c>&lt;service&gt;/_service_event</c>, for
    /// <c>ros2 service echo</c>; off at first. While it is on only how much is told can change, as in rcl: the topic keeps its
    /// quality of service and clock until <see cref="ServiceIntrospectionState.Off"/>. Safe from any thread of a threaded transport.
    /// </summary>
    /// <param name="state">How much.</param>
    /// <param name="qosProfile">Of the topic; <see cref="QosProfile.SystemDefaultProfile"/> when null.</param>
    /// <param name="clock">Stamps the events; the node's when null.</param>
    public void ConfigureIntrospection(
        ServiceIntrospectionState state, QosProfile? qosProfile = null, Clock? clock = null) =>
        _introspection.Configure(state, qosProfile, clock);

    /// <summary>Takes it off the graph; a client's pending requests are canceled. May be called in its own callback.</summary>
    public void Dispose()
    {
        _disposed = true;
        CommonEndpoint.Dispose();
        DisposeCore();
        _introspection.Off();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets samples come; apart from construction, because the executor may run on another thread.</summary>
    internal void Start() => Node.Context.Executor.Start(CommonEndpoint, _receiver);

    private protected abstract void DisposeCore();

    /// <summary>Hands waiting samples to a handler.</summary>
    private protected abstract int Take(int max, IServiceHandler handler);

    /// <summary>Handles one sample.</summary>
    private protected abstract void Receive(ReadOnlySpan<byte> cdr, in RequestId id);

    /// <summary>Whether somebody may want to know of what this end sends and receives.</summary>
    private protected bool IsIntrospected => _introspection.IsOn;

    private protected void Tell(byte kind, in RequestId id, IRosMessage message) =>
        _introspection.Tell(kind, id, message);

    private sealed class Receiver(ServiceEntity owner, CallbackGroup group) : Executable(owner.Node, group), IServiceHandler
    {
        public override ExecutionOrder Order => owner is Service ? ExecutionOrder.Service : ExecutionOrder.Client;

        public override int Execute(Readiness what, int maxCallbacks) =>
            (what & Readiness.Data) != 0 && !owner._disposed ? owner.Take(maxCallbacks, this) : 0;

        public void OnServiceSample(ReadOnlySpan<byte> cdr, in RequestId request, in SampleInfo info)
        {
            if (!owner._disposed)
            {
                owner.Receive(cdr, request);
            }
        }
    }
}
