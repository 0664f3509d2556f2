using rcl_interfaces.msg;
using rcl_interfaces.srv;

namespace ROS2;

/// <summary>
/// Reads and sets the parameters of another node through its services. Tasks are completed by the executor while the
/// context spins, as those of <see cref="Client{TService,TRequest,TResponse}"/>.
/// </summary>
public sealed class ParameterClient : IDisposable
{
    private readonly Client<GetParameters, GetParameters_Request, GetParameters_Response> _get;
    private readonly Client<GetParameterTypes, GetParameterTypes_Request, GetParameterTypes_Response> _types;
    private readonly Client<SetParameters, SetParameters_Request, SetParameters_Response> _set;
    private readonly Client<SetParametersAtomically, SetParametersAtomically_Request, SetParametersAtomically_Response> _setAll;
    private readonly Client<DescribeParameters, DescribeParameters_Request, DescribeParameters_Response> _describe;
    private readonly Client<ListParameters, ListParameters_Request, ListParameters_Response> _list;
    private readonly Client[] _clients;

    /// <summary>Creates the six clients.</summary>
    /// <param name="node">Node that asks.</param>
    /// <param name="remoteNode">Name of the node that is asked; relative names are in the asking node's namespace.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public ParameterClient(Node node, string remoteNode)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentException.ThrowIfNullOrEmpty(remoteNode);
        RemoteNode = RosNames.Expand(remoteNode, node.Name, node.Namespace);
        QosProfile qos = QosProfile.ParametersProfile;
        _get = node.CreateClient<GetParameters, GetParameters_Request, GetParameters_Response>(
            RemoteNode + "/get_parameters", qos);
        _types = node.CreateClient<GetParameterTypes, GetParameterTypes_Request, GetParameterTypes_Response>(
            RemoteNode + "/get_parameter_types", qos);
        _set = node.CreateClient<SetParameters, SetParameters_Request, SetParameters_Response>(
            RemoteNode + "/set_parameters", qos);
        _setAll = node.CreateClient<SetParametersAtomically, SetParametersAtomically_Request, SetParametersAtomically_Response>(
            RemoteNode + "/set_parameters_atomically", qos);
        _describe = node.CreateClient<DescribeParameters, DescribeParameters_Request, DescribeParameters_Response>(
            RemoteNode + "/describe_parameters", qos);
        _list = node.CreateClient<ListParameters, ListParameters_Request, ListParameters_Response>(
            RemoteNode + "/list_parameters", qos);
        _clients = [_get, _types, _set, _setAll, _describe, _list];
    }

    /// <summary>Full name of the node that is asked.</summary>
    public string RemoteNode { get; }

    /// <summary>Whether all six services are there.</summary>
    public bool ServiceIsReady() => Array.TrueForAll(_clients, client => client.ServiceIsReady());

    /// <summary>Completes when all six services are there; false when the time ran out first.</summary>
    /// <param name="timeout">On the asking node's clock; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</param>
    public Task<bool> WaitForServiceAsync(TimeSpan timeout) => _get.Node.WaitForGraphAsync(ServiceIsReady, timeout);

    /// <summary>Parameters by name, in the order asked; none at all if one is not declared.</summary>
    public async Task<IReadOnlyList<Parameter>> GetParametersAsync(params string[] names)
    {
        var request = new GetParameters_Request { Names = [.. names] };
        GetParameters_Response response = await _get.SendRequestAsync(request).ConfigureAwait(false);
        return [.. names.Zip(response.Values, (name, value) => new Parameter(name, ParameterMessages.FromMessage(value)))];
    }

    /// <summary>A parameter's value, or another where it is not declared or has no value.</summary>
    /// <exception cref="InvalidCastException">It has another type.</exception>
    public async Task<T> GetParameterAsync<T>(string name, T alternative)
    {
        IReadOnlyList<Parameter> found = await GetParametersAsync(name).ConfigureAwait(false);
        return found is [{ Type: not ParameterType.NotSet } parameter] ? parameter.Get<T>() : alternative;
    }

    /// <summary>Whether a parameter is declared.</summary>
    public async Task<bool> HasParameterAsync(string name) =>
        (await ListParametersAsync([name], depth: 1).ConfigureAwait(false)).Names.Contains(name);

    /// <summary>Types by name, in the order asked; none at all if one is not declared.</summary>
    public async Task<IReadOnlyList<ParameterType>> GetParameterTypesAsync(params string[] names)
    {
        var request = new GetParameterTypes_Request { Names = [.. names] };
        GetParameterTypes_Response response = await _types.SendRequestAsync(request).ConfigureAwait(false);
        return response.Types.ConvertAll(type => (ParameterType)type);
    }

    /// <summary>Sets each parameter by itself; one result each.</summary>
    public async Task<IReadOnlyList<SetParametersResult>> SetParametersAsync(params Parameter[] parameters)
    {
        var request = new SetParameters_Request { Parameters = [.. parameters.Select(p => p.ToMessage())] };
        return (await _set.SendRequestAsync(request).ConfigureAwait(false)).Results;
    }

    /// <summary>Sets all parameters or none.</summary>
    public async Task<SetParametersResult> SetParametersAtomicallyAsync(params Parameter[] parameters)
    {
        var request = new SetParametersAtomically_Request { Parameters = [.. parameters.Select(p => p.ToMessage())] };
        return (await _setAll.SendRequestAsync(request).ConfigureAwait(false)).Result;
    }

    /// <summary>Takes parameters away, which only dynamically typed ones allow.</summary>
    public Task<IReadOnlyList<SetParametersResult>> DeleteParametersAsync(params string[] names) =>
        SetParametersAsync([.. names.Select(name => new Parameter(name, ParameterValue.NotSet))]);

    /// <summary>Sets what a parameter file says of the other node.</summary>
    /// <exception cref="ArgumentException">The file is wrong; the message has file, line and expectation.</exception>
    public Task<IReadOnlyList<SetParametersResult>> LoadParametersAsync(string path) =>
        SetParametersAsync([.. ParameterFile.Load(path, RemoteNode)]);

    /// <summary>Descriptors by name, in the order asked; none at all if one is not declared.</summary>
    public async Task<IReadOnlyList<ParameterDescriptor>> DescribeParametersAsync(params string[] names)
    {
        var request = new DescribeParameters_Request { Names = [.. names] };
        return (await _describe.SendRequestAsync(request).ConfigureAwait(false)).Descriptors;
    }

    /// <summary>Names below prefixes to a depth; no prefixes and depth 0 list all.</summary>
    public async Task<ListParametersResult> ListParametersAsync(IReadOnlyList<string>? prefixes = null, ulong depth = 0)
    {
        var request = new ListParameters_Request { Prefixes = [.. prefixes ?? []], Depth = depth };
        return (await _list.SendRequestAsync(request).ConfigureAwait(false)).Result;
    }

    /// <summary>Takes the clients off the graph; pending requests are canceled.</summary>
    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());
}
