using ROS2;
using ROS2.Simulation;

namespace Ros2.Tests.Support;

/// <summary>A bus with contexts on it, disposed together.</summary>
internal sealed class TestGraph : IDisposable
{
    private readonly List<RosContext> _contexts = [];

    public TestGraph(ulong seed = 1, ILinkModel? links = null, SimulatedBusOptions? options = null) =>
        Bus = new ROS2.Simulation.SimulatedBus(seed, links, options);

    public ROS2.Simulation.SimulatedBus Bus { get; }

    public static long Ms(double milliseconds) => (long)(milliseconds * 1e6);

    public RosContext Host(string name)
    {
        var context = new RosContext(Bus.CreateTransport(name), new RosContextOptions { LogSink = new MemoryLog() });
        _contexts.Add(context);
        return context;
    }

    public Node Node(string host, string name) => Host(host).CreateNode(name);

    public void Dispose()
    {
        foreach (RosContext context in _contexts)
        {
            context.Dispose();
        }

        Bus.Dispose();
    }
}

/// <summary>Keeps log records.</summary>
internal sealed class MemoryLog : ILogSink
{
    public List<LogRecord> Records { get; } = [];

    public void Write(in LogRecord record) => Records.Add(record);
}
