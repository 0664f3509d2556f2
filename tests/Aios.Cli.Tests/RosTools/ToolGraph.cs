using System.Text;
using Aios.Cli.RosTools;
using ROS2;
using ROS2.IntraProcess;

namespace Aios.Cli.Tests.RosTools;

/// <summary>A graph inside this process: nodes of the test, spun by a thread of their own, and tools run against them.</summary>
internal sealed class ToolGraph : IDisposable
{
    private readonly IntraProcessDomain _domain = new();
    private readonly CancellationTokenSource _end = new();
    private readonly RosContext _others;
    private readonly Thread _thread;

    public ToolGraph()
    {
        _others = new RosContext(_domain.CreateTransport());
        _thread = new Thread(() => _others.Spin(_end.Token));
        _thread.Start();
    }

    /// <summary>A node that the tools find.</summary>
    public Node Node(string name, string nodeNamespace = "", NodeOptions? options = null) => _others.CreateNode(name, nodeNamespace, options);

    /// <summary>A managed node that the tools find.</summary>
    public LifecycleNode ManagedNode(string name) => new PlainNode(_others, name);

    /// <summary>A container that the tools find.</summary>
    public ComponentContainer Container(string name) => new(_others, name);

    /// <summary>Runs a tool to its end.</summary>
    public string Run(Func<RosSession, int> tool) => Run(ExitCode.Success, tool);

    /// <summary>Runs a tool to its end and checks its exit code.</summary>
    public string Run(int expected, Func<RosSession, int> tool)
    {
        using var output = new StringWriter();
        using var session = Open(output, CancellationToken.None);
        Assert.Equal(expected, tool(session));
        return output.ToString();
    }

    /// <summary>Runs a tool that ends at Ctrl-C alone, and presses that once the tool has written something.</summary>
    public string RunUntil(string text, Func<RosSession, int> tool)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var output = new WatchedWriter(text, stop.Cancel);
        using var session = Open(output, stop.Token);
        Assert.Throws<OperationCanceledException>(() => { tool(session); });
        Assert.Contains(text, output.ToString(), StringComparison.Ordinal);
        return output.ToString();
    }

    /// <summary>Whether somebody publishes a topic.</summary>
    public bool Sees(string topic) => new RosGraphView(_others.Transport.Graph).EndpointsOf(topic, ROS2.Transport.GraphEndpointKind.Publisher).Count > 0;

    /// <summary>Plays a bag again and again beside other tools.</summary>
    public void Play(string bag, CancellationToken stop) =>
        RunAs("rosbag2_player", stop, session => BagPlay.Run(session, bag, new PlayOptions { Loop = true }));

    /// <summary>Runs a tool as a node with a name, beside other tools, until it is stopped.</summary>
    public void RunAs(string node, CancellationToken stop, Func<RosSession, int> tool)
    {
        using var session = OpenAs(node, stop);
        Assert.Throws<OperationCanceledException>(() => { tool(session); });
    }

    /// <summary>The same until it ends by itself.</summary>
    public void RunToEndAs(string node, Func<RosSession, int> tool)
    {
        using var session = OpenAs(node, _end.Token);
        Assert.Equal(ExitCode.Success, tool(session));
    }

    private RosSession OpenAs(string node, CancellationToken stop) =>
        new(_domain.CreateTransport(), TextWriter.Null, new RosSessionOptions(TimeSpan.Zero) { NodeName = node }, stop);

    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _others.Dispose();
        _end.Dispose();
    }

    private RosSession Open(TextWriter output, CancellationToken stop) =>
        new(_domain.CreateTransport(), output, new RosSessionOptions(TimeSpan.Zero), stop);

    private sealed class PlainNode(RosContext context, string name) : LifecycleNode(context, name);

    private sealed class WatchedWriter(string text, Action found) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            Check();
        }

        public override void Write(string? value)
        {
            base.Write(value);
            Check();
        }

        private void Check()
        {
            if (GetStringBuilder() is StringBuilder written && written.ToString().Contains(text, StringComparison.Ordinal))
            {
                found();
            }
        }
    }
}
