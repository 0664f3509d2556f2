using ROS2;
using Ros2.Tests.Support;

namespace Ros2.Client.Tests;

public sealed class ArgumentTests
{
    [Fact]
    public void Parse_OutsideRosArgs_RemainsUntouched()
    {
        RosArguments arguments = RosArguments.Parse(
            ["run", "--ros-args", "-r", "a:=b", "--", "--flag", "--ros-args", "--log-level", "debug"]);

        Assert.Equal(["run", "--flag"], arguments.Remaining);
        Assert.Equal(LogLevel.Debug, arguments.DefaultLogLevel);
    }

    [Theory]
    [InlineData("-x", "unknown ROS argument '-x'")]
    [InlineData("-r", "a value was expected")]
    [InlineData("-r a=b", "expected FROM:=TO")]
    [InlineData("-r __node:=a/b", "contains '/'")]
    [InlineData("-r __ns:=a", "begin with a slash")]
    [InlineData("-p a=1", "expected NAME:=VALUE")]
    [InlineData("-r }foo:=/bar", "'}foo' is no name")]
    [InlineData("-r foo:=/b{ar", "'/b{ar' is no name")]
    [InlineData("-r foo:=bar/", "'bar/' is no name")]
    [InlineData("-r ~:=bar", "'~' is no name")]
    [InlineData("-r foo:=", "expected FROM:=TO")]
    [InlineData("-r ::=x", "':' is no name")]
    [InlineData("-r rostopic://:=x", "'' is no name")]
    [InlineData("-r */a:=x", "'*/a' is no name")]
    [InlineData("-r ~:__node:=x", "node name '~'")]
    [InlineData("-p a:=", "expected NAME:=VALUE")]
    [InlineData("-p :=b", "expected NAME:=VALUE")]
    [InlineData("-p ::=", "expected NAME:=VALUE")]
    [InlineData("-p 1:=b", "expected NAME:=VALUE")]
    [InlineData("-p ~:__node:=b", "expected NAME:=VALUE")]
    [InlineData("-p __node:=b", "expected NAME:=VALUE")]
    [InlineData("-p }a:=b", "expected NAME:=VALUE")]
    [InlineData("-p a:=[1", "parameter value '[1'")]
    [InlineData("-p a:=[1,x]", "values of one type")]
    [InlineData("-p a:={b:1}", "a scalar or a sequence")]
    [InlineData("--log-level :=info", "a logger's name")]
    [InlineData("--log-level a:=info:=debug", "expected debug")]
    [InlineData("--log-level loud", "expected debug")]
    public void Parse_WrongArgument_SaysWhatWasExpected(string line, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => RosArguments.Parse(["--ros-args", .. line.Split(' ')]));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-r _:=kq")]
    [InlineData("-r ~/foo:=~/bar")]
    [InlineData("-r node:/foo123:=/bar123")]
    [InlineData("-r rostopic:=/foo/bar")]
    [InlineData("-r rostopic://rostopic:=rosservice")]
    [InlineData("-r rosservice:///foo/bar:=baz")]
    [InlineData("-p node:foo.bar:=bar")]
    [InlineData("-p qos_overrides./chatter.publisher.depth:=5")]
    [InlineData("-p url:=http://a:80/x:=y")]
    [InlineData("--log-level Info")]
    public void Parse_ArgumentsOfRclsGrammar_AreTaken(string line) =>
        Assert.Empty(RosArguments.Parse(["--ros-args", .. line.Split(' ')]).Remaining);

    [Fact]
    public void LogLevelOf_SeveralGiven_TheLongestMatchWins()
    {
        RosArguments arguments = RosArguments.Parse(
            ["--ros-args", "--log-level", "warn", "--log-level", "a:=error", "--log-level", "a.b:=debug"]);

        Assert.Equal(LogLevel.Warn, arguments.LogLevelOf("x"));
        Assert.Equal(LogLevel.Error, arguments.LogLevelOf("a.c"));
        Assert.Equal(LogLevel.Debug, arguments.LogLevelOf("a.b"));
        Assert.Equal(LogLevel.Warn, arguments.LogLevelOf("ab"));
    }

    [Theory]
    [InlineData("chatter:=/other", "chatter", "/other")]
    [InlineData("chatter:=other", "/ns/chatter", "/ns/other")]
    [InlineData("/ns/chatter:=~/mine", "chatter", "/ns/talker/mine")]
    [InlineData("talker:chatter:=other", "chatter", "/ns/other")]
    [InlineData("listener:chatter:=other", "chatter", "/ns/chatter")]
    [InlineData("rostopic://chatter:=other", "chatter", "/ns/other")]
    [InlineData("rosservice://chatter:=other", "chatter", "/ns/chatter")]
    [InlineData("talker:rostopic://chatter:=other", "chatter", "/ns/other")]
    public void Publisher_WithRemapping_HasTheNewName(string rule, string topic, string expected)
    {
        using var graph = new TestGraph();
        using var context = new RosContext(
            graph.Bus.CreateTransport("a"), new RosContextOptions { Arguments = ["--ros-args", "-r", rule] });
        Node node = context.CreateNode("talker", "ns");

        Assert.Equal(expected, node.CreatePublisher<std_msgs.msg.String>(topic).Topic);
    }

    [Fact]
    public void Node_WithNodeAndNamespaceRemapping_HasTheNewNames()
    {
        using var graph = new TestGraph();
        using var context = new RosContext(
            graph.Bus.CreateTransport("a"),
            new RosContextOptions { Arguments = ["--ros-args", "-r", "__node:=nora", "-r", "__ns:=/deep/down"] });
        Node node = context.CreateNode("talker", "ns");

        Assert.Equal("/deep/down/nora", node.FullyQualifiedName);
        Assert.Equal("deep.down.nora", node.Logger.Name);
    }

    [Fact]
    public void Node_IgnoringGlobalArguments_KeepsItsNames()
    {
        using var graph = new TestGraph();
        using var context = new RosContext(
            graph.Bus.CreateTransport("a"),
            new RosContextOptions { Arguments = ["--ros-args", "-r", "__node:=nora", "-r", "x:=y"] });
        Node node = context.CreateNode(
            "talker",
            "ns",
            new NodeOptions { UseGlobalArguments = false, Arguments = ["--ros-args", "-r", "x:=z"] });

        Assert.Equal("/ns/talker", node.FullyQualifiedName);
        Assert.Equal("/ns/z", node.CreatePublisher<std_msgs.msg.String>("x").Topic);
    }

    [Fact]
    public void DisableLogs_OfRosoutAndStdout_SilencesBoth()
    {
        using var graph = new TestGraph();
        var sink = new MemoryLog();
        using var context = new RosContext(graph.Bus.CreateTransport("a"), new RosContextOptions
        {
            LogSink = sink,
            Arguments = ["--ros-args", "--disable-rosout-logs", "--disable-stdout-logs"],
        });
        Node node = context.CreateNode("n");
        node.Logger.Error("unheard");

        Assert.Empty(sink.Records);
        Assert.DoesNotContain(node.Publishers, p => p.Topic == "/rosout");
    }
}
