using ROS2.Transport;

namespace ROS2;

/// <summary>
/// ros2_dotnet's static entry: one context for the process, over the transport <c>RMW_IMPLEMENTATION</c> names. New code
/// is better off with a <see cref="RosContext"/> of its own.
/// </summary>
public static class RCLdotnet
{
    private static readonly Lock Gate = new();
    private static RosContext? _context;

    /// <summary>The context behind this class.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Init()"/> was not called.</exception>
    public static RosContext Context => Volatile.Read(ref _context)
        ?? throw new InvalidOperationException("RCLdotnet.Init() must be called first");

    /// <summary>Whether <see cref="Init()"/> was called and <see cref="Shutdown"/> was not, and no interrupt came.</summary>
    public static bool Ok() => Volatile.Read(ref _context) is { IsValid: true };

    /// <summary>
    /// Opens the context with the process' command line; does nothing while one is open. An interrupt (Ctrl-C) or a
    /// termination signal shuts it down, so that spinning ends.
    /// </summary>
    /// <exception cref="RosTransportException">The transport cannot be opened.</exception>
    /// <exception cref="ArgumentException">The ROS part of the command line is wrong.</exception>
    public static void Init() => Init(Environment.GetCommandLineArgs()[1..]);

    /// <summary>As <see cref="Init()"/>, with a command line.</summary>
    public static void Init(string[] args)
    {
        lock (Gate)
        {
            if (!Ok())
            {
                Open(RosTransports.Open(args), args);
            }
        }
    }

    /// <summary>Opens the context over a transport of the caller's; does nothing while one is open.</summary>
    public static void Init(IRosTransport transport, params string[] args)
    {
        lock (Gate)
        {
            if (!Ok())
            {
                Open(transport, args);
            }
        }
    }

    /// <summary>Creates a node in the root namespace.</summary>
    public static Node CreateNode(string nodeName) => CreateNode(nodeName, string.Empty);

    /// <summary>
    /// Creates a node. It replaces one of the same name: names are unique in ROS, and ros2_dotnet's nodes cannot be
    /// disposed but vanish when the program lets go of them.
    /// </summary>
    public static Node CreateNode(string nodeName, string nodeNamespace)
    {
        Node node = Context.AddNode(nodeName, nodeNamespace);
        foreach (Node other in Context.Nodes)
        {
            if (other != node && string.Equals(other.FullyQualifiedName, node.FullyQualifiedName, StringComparison.Ordinal))
            {
                node.Logger.Debug($"replaces an earlier node '{node.FullyQualifiedName}'");
                other.Dispose();
            }
        }

        return node;
    }

    /// <summary>Creates a clock that belongs to no node.</summary>
    public static Clock CreateClock(ClockType type = ClockType.RosTime) => Context.CreateClock(type);

    /// <summary>Runs a node's callbacks until shutdown.</summary>
    public static void Spin(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        while (node.Context.IsValid)
        {
            SpinOnce(node, 500);
        }
    }

    /// <summary>Waits for something of a node to run, then runs what is ready once.</summary>
    /// <param name="node">The node.</param>
    /// <param name="timeout">Longest wait in milliseconds; negative, or more than 292 years, for no bound.</param>
    public static void SpinOnce(Node node, long timeout)
    {
        ArgumentNullException.ThrowIfNull(node);
        bool isBounded = timeout is >= 0 and <= long.MaxValue / 1_000_000;
        node.Context.SpinOnce(node, isBounded ? TimeSpan.FromMilliseconds(timeout) : Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends spinning; publishing and creating are over.</summary>
    public static void Shutdown()
    {
        lock (Gate)
        {
            Volatile.Read(ref _context)?.Shutdown();
        }
    }

    /// <summary>Name of the middleware in use.</summary>
    public static string GetRMWIdentifier() => Context.Transport.Identifier;

    private static void Open(IRosTransport transport, string[] args)
    {
        var context = new RosContext(transport, new RosContextOptions { Arguments = args });
        context.ShutDownOnSignals();
        Volatile.Write(ref _context, context);
    }
}
