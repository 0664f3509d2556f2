using System.Reflection;
using System.Runtime.Loader;

namespace ROS2;

/// <summary>
/// Makes a class a component that containers find in its assembly. It is public, has a public constructor
/// <c>(RosContext, NodeOptions)</c>, and is an <see cref="IRosComponent"/> or a <see cref="LifecycleNode"/>.
/// </summary>
/// <param name="plugin">Its name, in ROS usually <c>package::Class</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RosComponentAttribute(string plugin) : Attribute
{
    /// <summary>The component's name.</summary>
    public string Plugin { get; } = plugin;
}

/// <summary>A component that is not a managed node.</summary>
public interface IRosComponent : IDisposable
{
    /// <summary>Its node, created with the options that the constructor got.</summary>
    Node Node { get; }
}

/// <summary>Loads an assembly of components beside what the program has loaded itself.</summary>
/// <remarks>
/// What the program has, it shares with the component (this client and the messages above all, or types would not be the same); the rest
/// comes from the folder of the component.
/// </remarks>
internal sealed class ComponentLibrary(string path) : AssemblyLoadContext(path)
{
    private readonly AssemblyDependencyResolver _resolver = new(path);

    /// <summary>Makes the components of an assembly loadable.</summary>
    /// <exception cref="ArgumentException">It has none, or one of them lacks what a component has.</exception>
    public static void Register(ComponentContainer container, string package, Assembly assembly)
    {
        var components = assembly.GetExportedTypes()
            .Select(type => (Type: type, Component: type.GetCustomAttribute<RosComponentAttribute>()))
            .Where(known => known.Component is not null)
            .ToList();
        if (components.Count == 0)
        {
            throw new ArgumentException($"{assembly.GetName().Name} has no public class with [RosComponent]", nameof(assembly));
        }

        foreach ((Type type, RosComponentAttribute? component) in components)
        {
            ConstructorInfo constructor = type.GetConstructor([typeof(RosContext), typeof(NodeOptions)])
                ?? throw new ArgumentException($"{type} has no public constructor (RosContext, NodeOptions)", nameof(assembly));
            if (!type.IsAssignableTo(typeof(IRosComponent)) && !type.IsAssignableTo(typeof(LifecycleNode)))
            {
                throw new ArgumentException($"{type} is neither an IRosComponent nor a LifecycleNode", nameof(assembly));
            }

            container.Register(package, component!.Plugin, (context, options) => Create(constructor, context, options), NodeOf);
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        try
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }
        catch (FileNotFoundException)
        {
            return _resolver.ResolveAssemblyToPath(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null;
        }
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;

    private static IDisposable Create(ConstructorInfo constructor, RosContext context, NodeOptions options)
    {
        try
        {
            return (IDisposable)constructor.Invoke([context, options]);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            throw new InvalidOperationException(inner.Message, inner);
        }
    }

    private static Node NodeOf(IDisposable component) => component is LifecycleNode managed ? managed.Node : ((IRosComponent)component).Node;
}
