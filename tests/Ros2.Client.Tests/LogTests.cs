using rcl_interfaces.msg;
using rcl_interfaces.srv;
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
    public void GetChild_PartOfANode_HasItsNameItsLevelAndGoesToRosout()
    {
        using var graph = new TestGraph();
        var sink = new MemoryLog();
        using var context = new RosContext(
            graph.Bus.CreateTransport("a"),
            new RosContextOptions { LogSink = sink, Arguments = ["--ros-args", "--log-level", "ns.n.quiet:=error"] });
        Node node = context.CreateNode("n", "ns");
        var rosout = new List<string>();
        graph.Node("b", "watcher").CreateSubscription<rcl_interfaces.msg.Log>(
            "/rosout", m => rosout.Add($"{m.Name} {m.Msg}"), QosProfile.RosoutProfile);
        Logger part = node.Logger.GetChild("part");
        Logger quiet = node.Logger.GetChild("quiet");
        part.Info("one");
        quiet.Warn("not logged");
        node.Logger.Level = LogLevel.Error;
        part.Warn("inherits");
        part.GetChild("inner").Level = LogLevel.Debug;
        part.GetChild("inner").Debug("two");
        node.Logger.Level = LogLevel.Unset;
        part.Info("three");
        graph.Bus.RunUntil(1);

        Assert.Equal(["ns.n.part one", "ns.n.part.inner two", "ns.n.part three"], rosout);
        Assert.Equal(rosout, sink.Records.Select(r => $"{r.Name} {r.Message}"));
        Assert.Equal((LogLevel.Info, LogLevel.Error), (node.Logger.Level, quiet.Level));
        Assert.Throws<ArgumentException>(() => node.Logger.GetChild(""));
    }

    [Fact]
    public void LoggerServices_SetAndGet_AsInRclcpp()
    {
        using var graph = new TestGraph();
        using var context = new RosContext(
            graph.Bus.CreateTransport("a"),
            new RosContextOptions { LogSink = new MemoryLog(), Arguments = ["--ros-args", "--log-level", "n.given:=fatal", "--log-level", "debug"] });
        Node node = context.CreateNode("n", options: new NodeOptions { EnableLoggerService = true });
        Node tool = graph.Node("b", "tool");
        var set = tool.CreateClient<SetLoggerLevels, SetLoggerLevels_Request, SetLoggerLevels_Response>("/n/set_logger_levels");
        var get = tool.CreateClient<GetLoggerLevels, GetLoggerLevels_Request, GetLoggerLevels_Response>("/n/get_logger_levels");
        Task<SetLoggerLevels_Response> answer = set.SendRequestAsync(new()
        {
            Levels =
            [
                new LoggerLevel { Name = "n", Level = 40 },
                new LoggerLevel { Name = "n.part", Level = 10 },
                new LoggerLevel { Name = "rcl", Level = 30 },
                new LoggerLevel { Name = "n", Level = 41 },
            ],
        });
        graph.Bus.RunUntil(TestGraph.Ms(10));
        Task<GetLoggerLevels_Response> levels = get.SendRequestAsync(new() { Names = ["n", "n.part", "rcl", "n.other", "n.given"] });
        graph.Bus.RunUntil(TestGraph.Ms(20));

        Assert.Equal([true, true, true, false], answer.Result.Results.Select(r => r.Successful));
        Assert.StartsWith("Unable to determine severity_string for severity", answer.Result.Results[3].Reason, StringComparison.Ordinal);
        Assert.Equal([40u, 10, 30, 0, 50], levels.Result.Levels.Select(level => level.Level));
        Assert.Equal((LogLevel.Error, LogLevel.Debug), (node.Logger.Level, node.Logger.GetChild("part").Level));
    }

    [Fact]
    public void CreateNode_NameOfAnotherInTheProgram_Warns()
    {
        using var graph = new TestGraph();
        RosContext context = graph.Host("a");
        context.CreateNode("n");
        context.CreateNode("n", "other");
        context.CreateNode("n");

        LogRecord record = Assert.Single(((MemoryLog)context.Options.LogSink!).Records);
        Assert.Equal((LogLevel.Warn, "n"), (record.Level, record.Name));
        Assert.Contains("another node of the name '/n'", record.Message, StringComparison.Ordinal);
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
