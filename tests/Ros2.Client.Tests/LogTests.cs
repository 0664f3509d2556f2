using ROS2;
using Ros2.Tests.Support;

namespace Ros2.Client.Tests;

public sealed class LogTests
{
    [Fact]
    public void Logger_AboveItsLevel_WritesToSinkAndRosout()
    {
        using var graph = new TestGraph();
        var sink = new MemoryLog();
        using var context = new RosContext(
            graph.Bus.CreateTransport("a"),
            new RosContextOptions { LogSink = sink, Arguments = ["--ros-args", "--log-level", "ns.n:=warn"] });
        Node node = context.CreateNode("n", "ns");
        var rosout = new List<string>();
        graph.Node("b", "watcher").CreateSubscription<rcl_interfaces.msg.Log>(
            "/rosout", m => rosout.Add($"{m.Level} {m.Name} {m.Msg} {m.File} {m.Function} {m.Line > 0}"), QosProfile.RosoutProfile);
        node.Logger.Info("quiet");
        node.Logger.Warn("loud");
        graph.Bus.RunUntil(1);

        Assert.Equal(["30 ns.n loud LogTests.cs Logger_AboveItsLevel_WritesToSinkAndRosout True"], rosout);
        Assert.Equal("[WARN] [0.000000000] [ns.n]: loud", ConsoleLogSink.Format(sink.Records.Single()));
    }

    [Theory]
    [InlineData(null, null, "[WARN] [1.000000002] [a.b]: text", "")]
    [InlineData("{time_as_nanoseconds} {name}\\t{message} {other} {line_number}{", "0", "1000000002 a.b\ttext {other} 7{", "")]
    [InlineData("{severity}", "1", "\u001b[33mWARN\u001b[0m", "")]
    [InlineData("{message}", "yes", "text", "RCUTILS_COLORIZED_OUTPUT=yes: expected 0 or 1; it does not count\n")]
    public void ConsoleLogSink_Variables_SayFormAndColour(string? format, string? colour, string expected, string warning)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string? Variable(string name) => name switch
        {
            "RCUTILS_CONSOLE_OUTPUT_FORMAT" => format,
            "RCUTILS_COLORIZED_OUTPUT" => colour,
            "RCUTILS_LOGGING_USE_STDOUT" => "1",
            _ => null,
        };

        ConsoleLogSink.Create(Variable, output, error).Write(new LogRecord(1_000_000_002, LogLevel.Warn, "a.b", "text") { Line = 7 });

        Assert.Equal((expected + "\n", warning), (output.ToString(), error.ToString()));
    }

    [Fact]
    public void Logger_Throttled_LogsOncePerPeriod()
    {
        using var graph = new TestGraph();
        var sink = new MemoryLog();
        using var context = new RosContext(graph.Bus.CreateTransport("a"), new RosContextOptions { LogSink = sink });
        Node node = context.CreateNode("n");
        var throttle = new LogThrottle(TimeSpan.FromSeconds(1));
        node.CreateTimer(TimeSpan.FromMilliseconds(100), _ => node.Logger.Log(LogLevel.Info, throttle, "tick"));
        graph.Bus.RunUntil(TestGraph.Ms(2500));

        Assert.Equal(3, sink.Records.Count);
    }
}
