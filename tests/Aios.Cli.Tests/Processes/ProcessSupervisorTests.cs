using System.Globalization;
using Aios.Cli.Processes;

namespace Aios.Cli.Tests.Processes;

public sealed class ProcessSupervisorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void Run_AllEnd_PrefixesTheirOutputAndReturnsZero()
    {
        var code = Run(Shell("one", "echo first; echo second >&2"), Shell("two", "echo $WORD") with
        {
            Environment = new Dictionary<string, string?> { ["WORD"] = "hello" },
        });

        Assert.Equal(0, code);
        Assert.Contains("[one] first\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[one] second\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[two] hello\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OneFails_ReturnsItsExitCodeAndSaysSo()
    {
        Assert.Equal(7, Run(Shell("bad", "exit 7"), Shell("good", "exit 0")));
        Assert.Contains("[bad] ended with exit code 7", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OneThatEndsAll_EndsTheOthersAndTheirDescendants()
    {
        var child = _folder.File("child");
        var code = Run(
            Shell("server", $"sleep 600 & echo $! > '{child}'; wait"),
            Shell("main", $"while [ ! -s '{child}' ]; do sleep 0.05; done") with { EndsAll = true });

        Assert.Equal(0, code);
        Assert.True(SpinWait.SpinUntil(() => !IsRunning(child), TimeSpan.FromMinutes(1))); // the kernel ends it in its own time
    }

    [Fact]
    public void Run_Cancelled_EndsEvenWhatIgnoresSignals()
    {
        using var cancel = new CancellationTokenSource();
        var child = _folder.File("child");
        var stubborn = Shell("stubborn", $"trap '' INT TERM; echo $$ > '{child}'; while :; do sleep 0.05; done");
        using var watcher = new Timer(_ => { if (File.Exists(child)) { cancel.Cancel(); } }, null, 50, 50);

        new ProcessSupervisor([stubborn], _output).Run(cancel.Token);

        Assert.True(SpinWait.SpinUntil(() => !IsRunning(child), TimeSpan.FromMinutes(1))); // the kernel ends it in its own time
    }

    [Fact]
    public void Run_Cancelled_AsksWithSigintFirst()
    {
        Assert.SkipWhen(IsInterruptIgnored(), "SIGINT is ignored here, as in a shell's background job, and its children cannot change that");
        using var cancel = new CancellationTokenSource();
        var ready = _folder.File("ready");
        var polite = Shell("polite", $"trap 'echo goodbye; exit 0' INT; touch '{ready}'; while :; do sleep 0.05; done");
        using var watcher = new Timer(_ => { if (File.Exists(ready)) { cancel.Cancel(); } }, null, 50, 50);

        new ProcessSupervisor([polite], _output).Run(cancel.Token);

        Assert.Contains("[polite] goodbye", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Respawn_StartsItAgainAsOftenAsAllowed()
    {
        Run(Shell("restless", "echo again; exit 1") with { Respawn = true, RespawnLimit = 2 });

        Assert.Equal(3, _output.ToString().Split("[restless] again").Length - 1);
    }

    [Fact]
    public void Run_NoSuchProgram_SaysSoAndLeavesNothingBehind()
    {
        var child = _folder.File("child");
        var exception = Assert.Throws<AiosException>(() => Run(
            Shell("first", $"echo $$ > '{child}'; sleep 600"),
            new ProcessSpec { Name = "missing", Command = ["no-such-program-at-all"], StartDelay = TimeSpan.FromSeconds(0.3) }));

        Assert.Equal(ExitCode.MissingPrerequisite, exception.ExitCode);
        Assert.Equal("missing: no such program: no-such-program-at-all", exception.Message);
        Assert.True(SpinWait.SpinUntil(() => !IsRunning(child), TimeSpan.FromMinutes(1))); // the kernel ends it in its own time
    }

    private bool IsInterruptIgnored()
    {
        var output = new StringWriter();
        new ProcessSupervisor([Shell("probe", "kill -INT $$; echo alive")], output).Run(CancellationToken.None);
        return output.ToString().Contains("alive", StringComparison.Ordinal);
    }

    private int Run(params ProcessSpec[] specs) =>
        new ProcessSupervisor(specs, _output).Run(TestContext.Current.CancellationToken);

    private static ProcessSpec Shell(string name, string script) => new() { Name = name, Command = ["/bin/sh", "-c", script] };

    private static bool IsRunning(string file)
    {
        var id = int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);
        return File.Exists($"/proc/{id}/stat") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
    }
}
