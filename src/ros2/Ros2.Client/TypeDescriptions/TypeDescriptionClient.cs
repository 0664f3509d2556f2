using type_description_interfaces.srv;

namespace ROS2;

/// <summary>Asks a node what the types it uses look like, by its service <c>~/get_type_description</c> (Iron and later).</summary>
public sealed class TypeDescriptionClient : IDisposable
{
    private readonly Client<GetTypeDescription, GetTypeDescription_Request, GetTypeDescription_Response> _client;

    /// <summary>Prepares to ask.</summary>
    /// <param name="node">The node that asks.</param>
    /// <param name="remoteNode">Full name of the node that is asked.</param>
    public TypeDescriptionClient(Node node, string remoteNode)
    {
        ArgumentNullException.ThrowIfNull(node);
        _client = node.CreateClient<GetTypeDescription, GetTypeDescription_Request, GetTypeDescription_Response>(ServiceOf(remoteNode));
    }

    /// <summary>Name of the service of a node.</summary>
    public static string ServiceOf(string remoteNode) => remoteNode + "/get_type_description";

    /// <summary>Completes when the node can be asked; false when the time ran out first.</summary>
    public Task<bool> WaitForServiceAsync(TimeSpan timeout) => _client.WaitForServiceAsync(timeout);

    /// <summary>Completes with the node's answer, the interface files included; checked by <see cref="DescribedTypes"/> only.</summary>
    /// <param name="typeName">For example <c>std_msgs/msg/String</c>.</param>
    /// <param name="typeHash">RIHS01 hash, as the graph tells it.</param>
    public Task<GetTypeDescription_Response> DescribeAsync(string typeName, string typeHash) => _client.SendRequestAsync(
        new GetTypeDescription_Request { TypeName = typeName, TypeHash = typeHash, IncludeTypeSources = true });

    /// <summary>Takes it off the graph.</summary>
    public void Dispose() => _client.Dispose();
}
