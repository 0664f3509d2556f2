using System.Reflection;
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
    private const int MaxThreads = 1024;
    private const int QueuedRequests = 200; // a launch file may load many components at once

    private readonly Dictionary<(string Package, string Plugin), Func<NodeOptions, Component>> _factories = [];
    private readonly SortedDictionary<ulong, Component> _loaded = [];
    private ulong _lastId;

    /// <summary>Creates the container's node with its three services and the parameter <c>thread_num</c>.</summary>
    /// <param name="context">Where loaded nodes are created too.</param>
    /// <param name="name">Name of the container's node; <c>__node</c> remapping applies.</param>
    /// <param name="nodeNamespace">Its namespace.</param>
    /// <param name="isolation">Whether each component gets threads of its own.</param>
    /// <exception cref="ArgumentException">A name breaks the rules.</exception>
    /// <exception cref="NotSupportedException">Components cannot have threads where a scheduler drives the transport.</exception>
    public ComponentContainer(
        RosContext context, string name = DefaultName, string nodeNamespace = "", ComponentIsolation isolation = ComponentIsolation.None)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (isolation != ComponentIsolation.None && context.Transport.IsDriven)
        {
            throw new NotSupportedException("a scheduler drives this transport: it has one thread, so components cannot have their own");
        }

        Isolation = isolation;
        Node = context.CreateNode(name, nodeNamespace);
        ThreadCount = (int)Math.Clamp(
            Node.DeclareParameter("thread_num", (long)Environment.ProcessorCount, ParameterDescriptors.Describe("Number of threads.")), 1, MaxThreads);
        QosProfile qos = QosProfile.ServicesDefaultProfile.WithKeepLast(QueuedRequests);
        Node.CreateService<LoadNode, LoadNode_Request, LoadNode_Response>("~/_container/load_node", Load, qos);
        Node.CreateService<UnloadNode, UnloadNode_Request, UnloadNode_Response>("~/_container/unload_node", Unload, qos);
        Node.CreateService<ListNodes, ListNodes_Request, ListNodes_Response>("~/_container/list_nodes", List);
    }

    /// <summary>The container's own node.</summary>
    public Node Node { get; }

    /// <summary>Whether each component has threads of its own.</summary>
    public ComponentIsolation Isolation { get; }

    /// <summary>
    /// What the parameter <c>thread_num</c> said at the start: threads of <see cref="RosContext.SpinMultiThreaded"/> for a container
    /// as <c>component_container_mt</c>. One per processor unless it is set.
    /// </summary>
    public int ThreadCount { get; }

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
            return new Component(component, nodeOf(component));
        });
    }

    /// <summary>Makes a plain node loadable.</summary>
    /// <inheritdoc cref="Register{T}"/>
    public void Register(string package, string plugin, Func<RosContext, NodeOptions, Node> create) => Register(package, plugin, create, node => node);

    /// <summary>Makes a managed node loadable.</summary>
    /// <inheritdoc cref="Register{T}"/>
    public void Register(string package, string plugin, Func<RosContext, NodeOptions, LifecycleNode> create) =>
        Register(package, plugin, create, node => node.Node);

    /// <summary>Makes the components of an assembly loadable: its public classes with <see cref="RosComponentAttribute"/>.</summary>
    /// <param name="package">Their package.</param>
    /// <param name="assembly">The assembly.</param>
    /// <exception cref="ArgumentException">It has none, one lacks what a component has, or a name is taken.</exception>
    public void RegisterAssembly(string package, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ComponentLibrary.Register(this, package, assembly);
    }

    /// <summary>Loads an assembly with what it needs and makes its components loadable. It stays loaded.</summary>
    /// <inheritdoc cref="RegisterAssembly"/>
    /// <param name="package">Their package.</param>
    /// <param name="path">The assembly's file, beside it what it needs and the program has not.</param>
    /// <exception cref="ArgumentException">It has none, one lacks what a component has, or a name is taken.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="BadImageFormatException">It is no assembly.</exception>
    public void RegisterLibrary(string package, string path)
    {
        string file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new FileNotFoundException("there is no such file", file);
        }

        RegisterAssembly(package, new ComponentLibrary(file).LoadFromAssemblyPath(file));
    }

    /// <summary>Unloads everything and takes the container off the graph. While nobody spins the context.</summary>
    public void Dispose()
    {
        foreach (Component component in _loaded.Values.Reverse())
        {
            Dispose(component);
        }

        _loaded.Clear();
        Node.Dispose();
    }

    private void Load(LoadNode_Request request, LoadNode_Response response)
    {
        if (!_factories.TryGetValue((request.PackageName, request.PluginName), out Func<NodeOptions, Component>? create))
        {
            bool isKnown = _factories.Keys.Any(key => key.Package == request.PackageName);
            response.ErrorMessage = isKnown
                ? "Failed to find class with the requested plugin name."
                : $"Could not find package '{request.PackageName}' in this container.";
            Node.Logger.Error(isKnown ? $"{response.ErrorMessage} '{request.PluginName}' is not in '{request.PackageName}'" : response.ErrorMessage);
            return;
        }

        if (FindWrongExtra(request) is { } wrong)
        {
            response.ErrorMessage = wrong;
            Node.Logger.Error(wrong);
            return;
        }

        ComponentThreads? threads = ComponentThreads.For(this);
        try
        {
            Component component = create(OptionsOf(request) with { Executor = threads?.Executor });
            component.Threads = threads;
            threads?.Start(component.Node);
            _loaded.Add(++_lastId, component);
            (response.Success, response.FullNodeName, response.UniqueId) = (true, component.NodeName, _lastId);
            Node.Logger.Info($"Loaded {request.PluginName} as {component.NodeName}");
        }
#pragma warning disable CA1031 // A component is somebody else's program; the container outlives what it throws.
        catch (Exception error)
#pragma warning restore CA1031
        {
            threads?.Dispose();
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

        Dispose(component);
        response.Success = true;
        Node.Logger.Info($"Unloaded {component.NodeName}");
    }

    private void List(ListNodes_Request request, ListNodes_Response response)
    {
        response.UniqueIds.AddRange(_loaded.Keys);
        response.FullNodeNames.AddRange(_loaded.Values.Select(component => component.NodeName));
    }

    private NodeOptions OptionsOf(LoadNode_Request request)
    {
        // As in rclcpp_components: of two rules for the same thing the first holds.
        List<string> arguments = ["--ros-args"];
        request.RemapRules.ForEach(AddRule);
        if (request.NodeName.Length > 0)
        {
            AddRule($"__node:={request.NodeName}");
        }

        if (request.NodeNamespace.Length > 0)
        {
            AddRule($"__ns:={RosNames.NormalizeNamespace(request.NodeNamespace)}");
        }

        if (request.LogLevel != 0)
        {
            arguments.AddRange(["--log-level", ((LogLevel)request.LogLevel).ToString()]);
        }

        bool isForwarding = request.ExtraArguments.Exists(extra => extra.Name == ForwardArguments && extra.Value.BoolValue);
        if (isForwarding)
        {
            Node.Logger.Warn($"{ForwardArguments} lets the container's command line act on '{request.PluginName}', not only what is meant for it");
        }

        return new NodeOptions
        {
            Arguments = arguments,
            UseGlobalArguments = isForwarding,
            ParameterOverrides = [.. request.Parameters.Select(ParameterMessages.FromMessage)],
        };

        void AddRule(string rule) => arguments.AddRange(["-r", rule]);
    }

    // Intra-process communication is said for rclcpp's sake: in one process, messages take the transport's way here. What
    // else stands there is for other containers.
    private static string? FindWrongExtra(LoadNode_Request request) => request.ExtraArguments
        .Where(extra => extra.Name is ForwardArguments or IntraProcess && extra.Value.Type != (byte)ParameterType.Bool)
        .Select(extra => $"Extra component argument '{extra.Name}' must be a boolean")
        .FirstOrDefault();

    private static void Dispose(Component component)
    {
        component.Threads?.Dispose();
        component.Instance.Dispose();
    }

    private sealed record Component(IDisposable Instance, Node Node)
    {
        public string NodeName { get; } = Node.FullyQualifiedName;

        public ComponentThreads? Threads { get; set; }
    }
}
