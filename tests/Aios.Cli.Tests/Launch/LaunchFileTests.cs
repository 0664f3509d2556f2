using Aios.Cli.Launch;
using Aios.Cli.Processes;

namespace Aios.Cli.Tests.Launch;

public sealed class LaunchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Executable_SplitsWordsAndKeepsSubstitutionsTogether()
    {
        var process = Single("""
            launch:
              - let: {name: greeting, value: "hello world"}
              - executable: {cmd: "echo '$(var greeting)' $(var greeting) a\\ b \"c d\"", name: greeter, cwd: /tmp}
            """);

        Assert.Equal(["echo", "hello world", "hello world", "a b", "c d"], process.Command);
        Assert.Equal("greeter-1", process.Name);
        Assert.Equal("/tmp", process.WorkingDirectory);
    }

    [Fact]
    public void Read_ExecutableWithShell_IsOneCommandForTheShell() => Assert.Equal(
        ["/bin/sh", "-c", "ls | wc"],
        Single("launch: [{executable: {cmd: ls | wc, shell: true}}]").Command);

    [Fact]
    public void Read_Node_GetsItsRosArguments()
    {
        var process = Single("""
            launch:
              - push_ros_namespace: {namespace: fleet}
              - set_remap: {from: tf, to: /tf}
              - set_parameter: {name: use_sim_time, value: "true"}
              - node:
                  exec: /opt/talker
                  name: talker
                  namespace: rover_1
                  args: --verbose
                  param:
                    - {name: rate, value: 2.5}
                    - {name: label, value: "7", type: str}
                    - {name: limits, param: [{name: speed, value: 0.6}]}
                    - {name: list, value: [1, 2]}
                    - {from: /etc/params.yaml}
                  remap: [{from: chatter, to: /news}]
                  env: [{name: LEVEL, value: debug}]
                  respawn: true
                  respawn_delay: 1.5
                  on_exit: shutdown
            """);

        Assert.Equal(
            ["/opt/talker", "--verbose", "--ros-args", "-r", "__node:=talker", "-r", "__ns:=/fleet/rover_1",
                "-p", "use_sim_time:=true", "-p", "rate:=2.5", "-p", "label:='7'", "-p", "limits.speed:=0.6", "-p", "list:=[1, 2]",
                "--params-file", "/etc/params.yaml", "-r", "tf:=/tf", "-r", "chatter:=/news"],
            process.Command);
        Assert.Equal("debug", process.Environment["LEVEL"]);
        Assert.True(process.Respawn && process.EndsAll);
        Assert.Equal(TimeSpan.FromSeconds(1.5), process.RespawnDelay);
    }

    [Fact]
    public void Read_OwnPackage_StartsThisProgram()
    {
        var process = Single("launch: [{node: {pkg: aios_nodes, exec: planet}}]");

        Assert.Equal("aios.dll", Path.GetFileName(process.Command[1]));
        Assert.Equal(["node", "planet", "--ros-args"], process.Command.Skip(2));
    }

    [Theory]
    [InlineData("if: true", 1)]
    [InlineData("if: '0'", 0)]
    [InlineData("unless: $(eval 1 < 2)", 0)]
    [InlineData("unless: 'False'", 1)]
    [InlineData("if: $(not $(equals a b))", 1)]
    [InlineData("if: $(and true $(or false 0))", 0)]
    public void Read_Condition_DecidesWhetherItStarts(string condition, int count) =>
        Assert.Equal(count, Read("launch: [{executable: {cmd: ls, CONDITION}}]".Replace("CONDITION", condition, StringComparison.Ordinal)).Count);

    [Fact]
    public void Read_Group_KeepsItsChangesToItself()
    {
        var processes = Read("""
            launch:
              - let: {name: x, value: outer}
              - group:
                  - push_ros_namespace: {namespace: inner}
                  - let: {name: x, value: inner}
                  - set_env: {name: WHERE, value: inside}
                  - node: {exec: a, args: $(var x)}
              - group:
                  scoped: false
                  children:
                    - let: {name: y, value: leaked}
              - group:
                  if: false
                  children: [{executable: {cmd: never}}]
              - node: {exec: b, args: $(var x) $(var y)}
            """);

        Assert.Equal(2, processes.Count);
        Assert.Equal(["a", "inner", "--ros-args", "-r", "__ns:=/inner"], processes[0].Command);
        Assert.Equal("inside", processes[0].Environment["WHERE"]);
        Assert.Equal(["b", "outer", "leaked", "--ros-args"], processes[1].Command);
        Assert.Empty(processes[1].Environment);
    }

    [Fact]
    public void Read_Include_PassesArgumentsAndKnowsItsOwnFolder()
    {
        _folder.Write("sub/inner.launch.yaml", """
            launch:
              - arg: {name: who}
              - arg: {name: times, default: "2"}
              - executable: {cmd: "echo $(var who) $(var times) $(dirname)"}
            """);

        var process = Single("""
            launch:
              - include:
                  file: $(dirname)/sub/inner.launch.yaml
                  arg: [{name: who, value: me}]
            """);

        Assert.Equal(["echo", "me", "2", _folder.File("sub")], process.Command);
    }

    [Fact]
    public void Read_Timer_DelaysWhatIsInIt()
    {
        var processes = Read("""
            launch:
              - timer: {period: 2.5, children: [{executable: {cmd: late}}]}
              - executable: {cmd: early}
            """);

        Assert.Equal([2.5, 0], processes.Select(process => process.StartDelay.TotalSeconds));
    }

    [Fact]
    public void Read_Environment_IsSeenBySubstitutionsAndProcesses()
    {
        var process = Single("""
            launch:
              - set_env: {name: AIOS_TEST_A, value: one}
              - append_env: {name: AIOS_TEST_A, value: two}
              - append_env: {name: AIOS_TEST_A, value: zero, prepend: true}
              - unset_env: {name: HOME}
              - executable: {cmd: "echo $(env AIOS_TEST_A) $(env AIOS_TEST_NONE fallback) $(optenv HOME away)"}
            """);

        Assert.Equal(["echo", "zero:one:two", "fallback", "away"], process.Command);
        Assert.Null(process.Environment["HOME"]);
    }

    [Theory]
    [InlineData("launch: [{nod: {exec: a}}]", 1, "action 'nod' is not known to this launcher, did you mean 'node'?")]
    [InlineData("launch:\n  - load_composable_node: {target: x}", 2, "action 'load_composable_node' is not known to this launcher")]
    [InlineData("launch:\n  - node:\n      exec: a\n      remaps: []", 4, "node: key 'remaps' is not known to this launcher, did you mean 'remap'?")]
    [InlineData("launch: [{node: {name: a}}]", 1, "node: key 'exec' is missing")]
    [InlineData("launch: [{executable: {name: a}}]", 1, "executable: key 'cmd' is missing or empty")]
    [InlineData("launch: [{executable: {cmd: $(var nowhere)}}]", 1, "no launch argument or variable 'nowhere'")]
    [InlineData("launch: [{executable: {cmd: $(frob x)}}]", 1, "substitution '$(frob …)' is not known to this launcher")]
    [InlineData("launch: [{executable: {cmd: $(env AIOS_TEST_NONE)}}]", 1, "no environment variable 'AIOS_TEST_NONE'")]
    [InlineData("launch: [{executable: {cmd: '$(var x'}}]", 1, "'$(' without ')'")]
    [InlineData("launch: [{executable: {cmd: '$(eval 1 +)'}}]", 1, "$(eval 1 +): the expression ends too early")]
    [InlineData("launch: [{executable: {cmd: ls, if: maybe}}]", 1, "executable: if: expected true or false, found 'maybe'")]
    [InlineData("launch: [{executable: {cmd: ls, if: true, unless: true}}]", 1, "executable: 'if' and 'unless' at once")]
    [InlineData("launch: [{include: {file: /nowhere.launch.yaml}}]", 1, "include: no such file: /nowhere.launch.yaml")]
    [InlineData("launch: [{include: {file: $(find-pkg-share nowhere)/a.yaml}}]", 1, "package 'nowhere' is in no folder of AMENT_PREFIX_PATH")]
    [InlineData("launch: [{node: {pkg: nowhere, exec: a}}]", 1, "node: no executable 'a' of package 'nowhere' in AMENT_PREFIX_PATH")]
    [InlineData("launch: [{arg: {name: who}}]", 1, "arg: argument 'who' is not given: add who:=VALUE")]
    [InlineData("launch: [{arg: {name: who, default: x, choice: [{value: y}]}}]", 1, "arg: argument 'who': expected one of y, found 'x'")]
    [InlineData("launch: [node]", 1, "expected one action, such as '- node: {…}'")]
    [InlineData("start: []", 1, "expected one key 'launch' with a list of actions")]
    [InlineData("launch: [", 2, "not YAML")]
    public void Read_Mistake_IsNamedWithItsLine(string text, int line, string message)
    {
        var file = _folder.Write("wrong.launch.yaml", text);

        var exception = Assert.Throws<LaunchException>(() => LaunchFile.Read(file, new Dictionary<string, string>()));

        Assert.StartsWith($"{file}:{line}: {message}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_IncludeOfItself_IsAMistakeNotACrash()
    {
        var file = _folder.Write("self.launch.yaml", "launch: [{include: {file: $(filename)}}]");

        Assert.Throws<LaunchException>(() => LaunchFile.Read(file, new Dictionary<string, string>()));
    }

    [Fact]
    public void Read_UnknownArgument_IsNamed()
    {
        var file = _folder.Write("a.launch.yaml", "launch: [{arg: {name: mission, default: x}}]");

        var exception = Assert.Throws<LaunchException>(
            () => LaunchFile.Read(file, new Dictionary<string, string> { ["misson"] = "y" }));

        Assert.EndsWith("no argument 'misson', did you mean 'mission'?", exception.Message, StringComparison.Ordinal);
    }

    private ProcessSpec Single(string text) => Assert.Single(Read(text));

    private IReadOnlyList<ProcessSpec> Read(string text) =>
        LaunchFile.Read(_folder.Write("test.launch.yaml", text), new Dictionary<string, string>()).Processes;
}
