using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>A node in the graph of the bus.</summary>
internal sealed class BusNode(BusTransport transport, string name, string nodeNamespace) : INodeEndpoint
{
    private bool _disposed;

    public string Name { get; } = name;

    public string Namespace { get; } = nodeNamespace;

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            transport.Remove(this);
        }
    }
}
