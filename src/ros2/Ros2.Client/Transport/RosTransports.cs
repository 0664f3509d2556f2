using System.Reflection;
using ROS2.IntraProcess;

namespace ROS2.Transport;

/// <summary>Opens transports of one middleware. Implementations have a parameterless constructor.</summary>
public interface IRosTransportProvider
{
    /// <summary>The rmw name it answers to.</summary>
    string Identifier { get; }

    /// <summary>Opens a participant, configured by the environment as ROS users expect.</summary>
    /// <exception cref="RosTransportException">It cannot be opened; the message says why.</exception>
    IRosTransport Open(RosTransportRequest request);
}

/// <summary>What a program asks of a transport. Immutable.</summary>
public sealed record RosTransportRequest
{
    /// <summary>Security enclave.</summary>
    /// <value>With leading slash; default <c>/</c>.</value>
    public string Enclave { get; init; } = "/";

    /// <summary>What a command line asks for: <c>--ros-args --enclave NAME</c>.</summary>
    /// <exception cref="ArgumentException">The ROS part of the command line is wrong.</exception>
    public static RosTransportRequest FromArguments(IReadOnlyList<string> arguments) =>
        new() { Enclave = RosArguments.Parse(arguments).Enclave };

    /// <summary>Name of this host, for logs and for the emulation of links.</summary>
    /// <value>Null takes the machine's name.</value>
    public string? HostName { get; init; }
}

/// <summary>Names an assembly's transport provider.</summary>
/// <param name="providerType">A class with a parameterless constructor that implements <see cref="IRosTransportProvider"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RosTransportProviderAttribute(Type providerType) : Attribute
{
    /// <summary>The class.</summary>
    public Type ProviderType { get; } = providerType;
}

/// <summary>
/// Chooses a transport as rmw does: <c>RMW_IMPLEMENTATION</c>, else Cyclone DDS. The transport's assembly must lie beside
/// the program (a reference to it in the project does that) and is only loaded when chosen.
/// </summary>
public static class RosTransports
{
    /// <summary>The identifier used when the variable is not set.</summary>
    public const string DefaultIdentifier = "rmw_cyclonedds_cpp";

    private const string IntraProcess = "aios_intra_process";

    private static readonly Dictionary<string, string> Assemblies = new(StringComparer.Ordinal)
    {
        [DefaultIdentifier] = "Ros2.CycloneDds",
        ["rmw_fastrtps_cpp"] = "Ros2.FastDds",
    };

    /// <summary>Opens the transport the environment asks for.</summary>
    /// <param name="identifier">An rmw name instead of the environment's.</param>
    /// <param name="request">Further wishes.</param>
    /// <exception cref="RosTransportException">The name is unknown, its assembly is missing, or it cannot be opened.</exception>
    public static IRosTransport Open(string? identifier = null, RosTransportRequest? request = null)
    {
        string name = identifier ?? Environment.GetEnvironmentVariable("RMW_IMPLEMENTATION") ?? string.Empty;
        name = name.Length == 0 ? DefaultIdentifier : name;
        return name == IntraProcess
            ? IntraProcessDomain.Default.CreateTransport()
            : LoadProvider(name).Open(request ?? new RosTransportRequest());
    }

    /// <summary>Opens the transport the environment asks for, for a program with this command line.</summary>
    /// <exception cref="RosTransportException">As the other overload.</exception>
    /// <exception cref="ArgumentException">The ROS part of the command line is wrong.</exception>
    public static IRosTransport Open(IReadOnlyList<string> arguments) =>
        Open(request: RosTransportRequest.FromArguments(arguments));

    private static IRosTransportProvider LoadProvider(string identifier)
    {
        if (!Assemblies.TryGetValue(identifier, out string? assemblyName))
        {
            throw new RosTransportException(
                $"RMW_IMPLEMENTATION '{identifier}': expected {string.Join(", ", Assemblies.Keys)} or {IntraProcess}");
        }

        try
        {
            Assembly assembly = Assembly.Load(assemblyName);
            Type? type = assembly.GetCustomAttribute<RosTransportProviderAttribute>()?.ProviderType;
            return type is not null && Activator.CreateInstance(type) is IRosTransportProvider provider
                ? provider
                : throw new RosTransportException($"{assemblyName} offers no transport provider");
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            throw new RosTransportException($"{identifier}: {assemblyName}.dll is not beside the program; reference it in the project", e);
        }
    }
}
