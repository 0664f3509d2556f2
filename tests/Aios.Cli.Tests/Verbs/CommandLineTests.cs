using System.Diagnostics;

namespace Aios.Cli.Tests.Verbs;

/// <summary>The program as a process: exit codes and messages.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "run", "--help")]
    [InlineData(0, "mission", "check", "missions/crater-survey.yaml")]
    [InlineData(0, "mission", "plan", "--seed", "7")]
    [InlineData(2, "frobnicate")]
    [InlineData(2)]
    [InlineData(2, "run", "--transport", "pigeon")]
    [InlineData(2, "run", "--seed", "many")]
    [InlineData(2, "run", "--seed")]
    [InlineData(2, "run", "missions/nowhere.yaml")]
    [InlineData(2, "run", "--rate", "NaN")]
    [InlineData(2, "campaign", "--seeds", "9..1")]
    [InlineData(2, "campaign", "-j", "0")]
    [InlineData(2, "launch", "nowhere.launch.yaml")]
    [InlineData(2, "launch", "launch/mission.launch.yaml", "sed:=3")]
    [InlineData(2, "node", "rover", "--name", "rover_99")]
    [InlineData(2, "ros", "interface", "verify", "nowhere.jsonl")]
    [InlineData(0, "ros", "interface", "show", "geometry_msgs/msg/Twist")]
    [InlineData(0, "ros", "bag", "record", "--help")]
    [InlineData(2, "ros", "interface", "show", "std_msgs/msg/Nothing")]
    [InlineData(2, "ros", "topic", "hz", "/x", "--window", "none")]
    [InlineData(2, "ros", "topic", "pub", "/a b", "std_msgs/msg/Empty")]
    [InlineData(2, "ros", "topic", "bw", "")]
    [InlineData(2, "ros", "service", "call", "a//b", "std_srvs/srv/Empty")]
    [InlineData(2, "ros", "action", "info", "/1st")]
    [InlineData(2, "ros", "bag", "record", "/good", "~bad")]
    [InlineData(2, "ros", "topic", "echo", "/x", "--qos-reliability", "maybe")]
    [InlineData(2, "ros", "param", "list", "--filter", "(")]
    [InlineData(2, "ros", "bag", "info", "nowhere")]
    [InlineData(2, "ros", "bag", "play", "nowhere", "--rate", "NaN")]
    [InlineData(2, "replay", "nowhere", "--recover")]
    public void Run_CommandLine_EndsWithItsExitCodeAndNoStackTrace(int code, params string[] arguments)
    {
        var (found, output, error) = Aios(arguments);

        Assert.Equal(code, found);
        Assert.DoesNotContain("   at ", error + output, StringComparison.Ordinal);
        Assert.Equal(code == 0 ? 0 : 1, error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Run_MistypedVerb_SuggestsTheRightOne() =>
        Assert.Equal("aios: unknown 'campagne', did you mean 'campaign'? (see --help)\n", Aios("campagne").Error);

    [Fact]
    public void Run_MistypedOption_SuggestsTheRightOne() =>
        Assert.Equal("aios: unknown '--sed', did you mean '--seed'? (see --help)\n", Aios("run", "--sed").Error);

    [Fact]
    public void MissionCheck_WrongFile_SaysFileLineAndExpectation()
    {
        var file = _folder.Write("wrong.yaml", "name: wrong\nworld: {generator: crater-plain}\nrovers:\n  - {name: rover_1, model: rocker, start: {x_m: 0, y_m: 0}}\n");

        var (code, _, error) = Aios("mission", "check", file);

        Assert.Equal(2, code);
        Assert.Equal($"{file}:4: rovers[0].model: unknown model 'rocker', expected one of rocker-bogie-6, scout-4\n", error);
    }

    [Fact]
    public void Launch_FailingProcess_IsExitCodeOne()
    {
        var file = _folder.Write("fail.launch.yaml", "launch: [{executable: {cmd: sh -c 'exit 4', name: failing}}]");

        var (code, output, _) = Aios("launch", file);

        Assert.Equal(1, code);
        Assert.Equal("[failing-1] ended with exit code 4\n", output);
    }

    [Fact]
    public void Launch_MissionPrinted_StartsThePlanetAndThreeRovers()
    {
        var (code, output, _) = Aios("launch", "launch/mission.launch.yaml", "--print", "seed:=12");

        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["planet", "rover_1", "rover_2", "rover_3"], lines.Select(line => line[1..line.LastIndexOf('-', line.IndexOf(']', StringComparison.Ordinal))]));
        Assert.All(lines, line => Assert.Contains("--seed 12", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Interrupt_OfAToolThatAScriptStartedInTheBackground_EndsIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the state of signals is read from /proc");
        var start = new ProcessStartInfo("sh", ["-c", "trap '' INT; exec dotnet exec \"$0\" ros topic echo /x std_msgs/msg/Empty", Path.Combine(AppContext.BaseDirectory, "aios.dll")])
        {
            Environment = { ["RMW_IMPLEMENTATION"] = "aios_intra_process" },
        };
        using var process = Process.Start(start)!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => process.HasExited || IsInterruptCaught(process.Id), TimeSpan.FromMinutes(1)), "the signal is ignored");
            using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "the signal did not end it");
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    private static bool IsInterruptCaught(int process)
    {
        const string Key = "SigCgt:";
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(Key, StringComparison.Ordinal));
        return (Convert.ToUInt64(line[Key.Length..].Trim(), 16) & 2) != 0;
    }

    private static (int Code, string Output, string Error) Aios(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "aios.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
