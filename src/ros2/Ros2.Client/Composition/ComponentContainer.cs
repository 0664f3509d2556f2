using composition_interfaces.srv;
using rcl_interfaces.msg;

namespace ROS2;

/// <summary>
/// Several nodes in one process, loaded and unloaded from outside by the services of
/// <c>composition_interfaces</c> (<c>ros2 component</c>), as rclcpp_components' container does. Programs register what can be
/// loaded. Loaded nodes live in the container's context and run on its executor; the services answer one after the other.
/// </summary>
public sealed class ComponentContainer : IDisposable
{
    /// <summary>The name that containers have unless they are given one.</summary>
    public const string DefaultName = "ComponentManager";

    private const string ForwardArguments = "forward_global_arguments";
    private const string IntraProcess = "use_intra_process_comms";

    private readonly Dictionary<(string Package, string Plugin), Func<NodeOptions, Component>> _factories = [];
    private readonly SortedDictionary<ulong, Component> _loaded = [];
    private ulong _lastId;

    /// <summary>Creates the container's node with its three services.</summary>
    /// <param name="context">Where loaded nodes are created too.</param>
    /// <param name="name">Name of the container's node; <c>__node</c> remapping applies.</param>
    /// <param name="nodeNamespace">Its namespace.</param>
    /// <exception cref="ArgumentException">A name breaks the rules.</exception>
    public ComponentContainer(RosContext context, string name = DefaultName, string nodeNamespace = "")
    {
        ArgumentNullException.ThrowIfNull(context);
        Node = context.CreateNode(name, nodeNamespace);
        Node.CreateService<LoadNode, LoadNode_Request, LoadNode_Response>("~/_container/load_node", Load);
        Node.CreateService<UnloadNode, UnloadNode_Request, UnloadNode_Response>("~/_container/unload_node", Unload);
        Node.CreateService<ListNodes, ListNodes_Request, ListNodes_Response>("~/_container/list_nodes", List);
    }

    /// <summary>The container's own node.</summary>
    public Node Node { get; }

    /// <summary>Packages and names of the components that can be loaded, sorted.</summary>
    public IReadOnlyList<(string Package, string Plugin)> Components =>
        [.. _factories.Keys.OrderBy(key => key.Package, StringComparer.Ordinal).ThenBy(key => key.Plugin, StringComparer.Ordinal)];

    /// <summary>Makes a component loadable. Before the context is spun.</summary>
    /// <param name="package">Its package.</param>
    /// <param name="plugin">Its name, in ROS usually <c>package::Class</c>.</param>
    /// <param name="create">
    /// Makes it; the options carry name, namespace, remapping and parameters of the request. What it throws is the answer.
    /// </param>
    /// <param name="nodeOf">The component's node.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Register<T>(string package, string plugin, Func<RosContext, NodeOptions, T> create, Func<T, Node> nodeOf)
        where T : IDisposable
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(nodeOf);
        _factories.Add((package, plugin), options =>
        {
            T component = create(Node.Context, options);
            return new Component(component, nodeOf(component).FullyQualifiedName);
        });
    }

    /// <summary>Makes a plain node loadable.</summary>
    /// <inheritdoc cref="Register{T}"/>
    public void Register(string package, string plugin, Func<RosContext, NodeOptions, Node> create) => Register(package, plugin, create, node => node);

    /// <summary>Makes a managed node loadable.</summary>
    /// <inheritdoc cref="Register{T}"/>
    public void Register(string package, string plugin, Func<RosContext, NodeOptions, LifecycleNode> create) =>
        Register(package, plugin, create, node => node.Node);

    /// <summary>Unloads everything and takes the container off the graph. While nobody spins the context.</summary>
    public void Dispose()
    {
        foreach (Component component in _loaded.Values.Reverse())
        {
            component.Instance.Dispose();
        }

        _loaded.Clear();
        Node.Dispose();
    }

    private void Load(LoadNode_Request request, LoadNode_Response response)
    {
        if (!_factories.TryGetValue((request.PackageName, request.PluginName), out Func<NodeOptions, Component>? create))
        {
            response.ErrorMessage = _factories.Keys.Any(key => key.Package == request.PackageName)
                ? $"Failed to find class with the requested plugin name '{request.PluginName}'."
                : $"Could not find package '{request.PackageName}' in this container.";
            Node.Logger.Error(response.ErrorMessage);
            return;
        }

        try
        {
            Component component = create(OptionsOf(request));
            _loaded.Add(++_lastId, component);
            (response.Success, response.FullNodeName, response.UniqueId) = (true, component.NodeName, _lastId);
            Node.Logger.Info($"Loaded {request.PluginName} as {component.NodeName}");
        }
#pragma warning disable CA1031 // A component is somebody else's program; the container outlives what it throws.
        catch (Exception error)
#pragma warning restore CA1031
        {
            response.ErrorMessage = $"Component constructor threw an exception: {error.Message}";
            Node.Logger.Error(response.ErrorMessage);
        }
    }

    private void Unload(UnloadNode_Request request, UnloadNode_Response response)
    {
        if (!_loaded.Remove(request.UniqueId, out Component? component))
        {
            response.ErrorMessage = $"No node found with unique_id: {request.UniqueId}";
            Node.Logger.Warn(response.ErrorMessage);
            return;
        }

        component.Instance.Dispose();
        response.Success = true;
        Node.Logger.Info($"Unloaded {component.NodeName}");
    }

    private void List(ListNodes_Request request, ListNodes_Response response)
    {
        response.UniqueIds.AddRange(_loaded.Keys);
        response.FullNodeNames.AddRange(_loaded.Values.Select(component => component.NodeName));
    }

    /// <exception cref="ArgumentException">A rule or an extra argument is wrong.</exception>
    private static NodeOptions OptionsOf(LoadNode_Request request)
    {
        List<string> arguments = ["--ros-args"];
        AddRule(request.NodeName.Length > 0, $"__node:={request.NodeName}");
        AddRule(request.NodeNamespace.Length > 0, $"__ns:={RosNames.NormalizeNamespace(request.NodeNamespace)}");
        foreach (string rule in request.RemapRules)
        {
            AddRule(true, rule);
        }

        if (request.LogLevel != 0)
        {
            arguments.AddRange(["--log-level", ((LogLevel)request.LogLevel).ToString()]);
        }

        return new NodeOptions
        {
            Arguments = arguments,
            UseGlobalArguments = Extra(request, ForwardArguments),
            ParameterOverrides = [.. request.Parameters.Select(ParameterMessages.FromMessage)],
        };

        void AddRule(bool isGiven, string rule)
        {
            if (isGiven)
            {
                arguments.AddRange(["-r", rule]);
            }
        }
    }

    // Intra-process communication is said for rclcpp's sake: in one process, messages take the transport's way here.
    private static bool Extra(LoadNode_Request request, string name)
    {
        foreach (rcl_interfaces.msg.Parameter extra in request.ExtraArguments)
        {
            if (extra.Name is not (ForwardArguments or IntraProcess) || extra.Value.Type != (byte)ParameterType.Bool)
            {
                throw new ArgumentException($"extra argument '{extra.Name}': expected {ForwardArguments} or {IntraProcess}, true or false");
            }
        }

        return request.ExtraArguments.Exists(extra => extra.Name == name && extra.Value.BoolValue);
    }

    private sealed record Component(IDisposable Instance, string NodeName);
}
