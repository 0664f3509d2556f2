using System.Diagnostics;
using System.Text;
using Aios.Cli;
using Aios.Cli.Processes;

namespace SystemTests.Support;

/// <summary>
/// One <c>aios</c> command, in a session of its own and with signals as a terminal gives them. Nothing that it started
/// outlives the test.
/// </summary>
internal sealed class AiosProcess : IDisposable
{
    /// <summary>Far more than anything here takes, on a machine that others use too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);

    private static readonly string[] Foreign =
        ["ROS_DOMAIN_ID", "CYCLONEDDS_URI", "RMW_IMPLEMENTATION", "ROS_LOCALHOST_ONLY", "ROS_AUTOMATIC_DISCOVERY_RANGE", "ROS_STATIC_PEERS"];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private AiosProcess(ProcessStartInfo start)
    {
        Family = new MarkedProcesses(Guid.NewGuid().ToString("N"));
        start.Environment[MarkedProcesses.Variable] = Family.Value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>It and all that descend from it.</summary>
    public MarkedProcesses Family { get; }

    public string Output => Text(_output);

    public string Error => Text(_error);

    /// <summary>Starts a command.</summary>
    /// <param name="before">What stands before it: variables of its environment, as NAME=VALUE, then a program to run it under.</param>
    /// <param name="arguments">From the verb on.</param>
    public static AiosProcess Start(IEnumerable<string> before, params string[] arguments)
    {
        // In the background of a shell without job control SIGINT is ignored, and that is inherited.
        string[] words =
        [
            "env", "--default-signal=INT,TERM,HUP", .. before,
            Host(), Path.Combine(AppContext.BaseDirectory, "aios.dll"), .. arguments,
        ];
        var start = new ProcessStartInfo("setsid", words)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in Foreign)
        {
            start.Environment.Remove(name);
        }

        return new AiosProcess(start);
    }

    /// <summary>Runs a command to its end and checks the exit code.</summary>
    public static string Run(int expectedCode, IEnumerable<string> variables, params string[] arguments)
    {
        using var process = Start(variables, arguments);
        process.ExpectExit(expectedCode);
        return process.Output + process.Error;
    }

    /// <summary>Waits for the end, and checks the exit code and that nothing is left running.</summary>
    public void ExpectExit(int code)
    {
        WaitForExit();
        SkipWithoutDds(code);
        Assert.True(code == _process.ExitCode, $"exit code {_process.ExitCode} instead of {code}:\n{Output}{Error}");
        ExpectNothingRuns();
    }

    /// <summary>Waits until nothing of the family runs.</summary>
    public void ExpectNothingRuns()
    {
        var watch = Stopwatch.StartNew();
        for (var left = Family.Running(); left.Count > 0; left = Family.Running())
        {
            Assert.True(watch.Elapsed < Patience, "still running: " + string.Join("; ", left.Select(MarkedProcesses.Describe)));
            Thread.Sleep(50);
        }
    }

    public void WaitForExit()
    {
        Assert.True(_process.WaitForExit(Patience), $"it does not end:\n{Output}{Error}");
        _process.WaitForExit(); // until its output is read
    }

    /// <summary>Waits until it has said something on standard output.</summary>
    public void WaitForOutput(string text) => Wait(
        () => Output.Contains(text, StringComparison.Ordinal), () => $"it does not say '{text}':\n{Output}{Error}");

    /// <summary>Waits for a child whose command line has these words.</summary>
    public int WaitForChild(params string[] words)
    {
        IReadOnlyList<int> found = [];
        Wait(() => (found = Family.Running(words)).Count == 1, () => $"{found.Count} processes '{string.Join(' ', words)}':\n{Output}{Error}");
        return found[0];
    }

    /// <summary>Skips the test when it has ended because this machine has no DDS; fails it when it has ended otherwise.</summary>
    public void SkipIfItCannotRun()
    {
        if (_process.HasExited)
        {
            ExpectExit(-1);
        }
    }

    /// <summary>Sends a signal to the command itself, not to what it started.</summary>
    public void Signal(int signal) => MarkedProcesses.Send(_process.Id, signal);

    public void Dispose()
    {
        for (var running = Family.Running(); running.Count > 0; running = Family.Running())
        {
            foreach (var id in running)
            {
                MarkedProcesses.Send(id, PosixSignals.Kill);
            }

            Thread.Sleep(20);
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Host() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private void Wait(Func<bool> condition, Func<string> complaint)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (_process.HasExited)
            {
                _process.WaitForExit();
                SkipWithoutDds(-1);
                Assert.True(condition(), complaint());
                return;
            }

            Assert.True(watch.Elapsed < Patience, complaint());
            Thread.Sleep(50);
        }
    }

    private void SkipWithoutDds(int expectedCode) => Assert.SkipWhen(
        _process.ExitCode == ExitCode.MissingPrerequisite && expectedCode != ExitCode.MissingPrerequisite, Error.Trim());

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            _ = line is null ? text : text.Append(line).Append('\n');
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
