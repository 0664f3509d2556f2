using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>One of the programs in <c>tests/peers</c>, running. Killed when disposed.</summary>
internal sealed class PeerProcess : IDisposable
{
    private static readonly Lazy<string> BuildProblem = new(Build);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private PeerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Append(e.Data);
        process.ErrorDataReceived += (_, e) => Append(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    private static string Root
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "AIOS.slnx")))
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder ?? throw new InvalidOperationException("AIOS.slnx is in no parent folder of the tests");
        }
    }

    /// <summary>Builds one of those that take a while, and that few tests want; skips the test where its libraries are not installed.</summary>
    public static void BuildTarget(string program)
    {
        Assert.SkipUnless(BuildProblem.Value.Length == 0, BuildProblem.Value);
        string folder = Path.Combine(Root, "artifacts", "peers");
        Assert.SkipUnless(
            File.ReadAllText(Path.Combine(folder, "Makefile")).Contains($"\n{program}:", StringComparison.Ordinal),
            $"{program} cannot be built: its DDS headers are not installed");
        using var build = Process.Start(new ProcessStartInfo(
            "flock", [Path.Combine(folder, ".lock"), "cmake", "--build", folder, "--parallel", "2", "--target", program])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        Task<string> output = build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = build.StandardError.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, error + output.Result);
    }

    /// <summary>Starts a peer on a domain; skips the test where it cannot be built.</summary>
    public static PeerProcess Start(string program, uint domain, params string[] arguments) =>
        StartWith([], program, domain, arguments);

    /// <summary>Starts a peer through another command, as <c>ip netns exec NAME</c>.</summary>
    public static PeerProcess StartWith(
        string[] command, string program, uint domain, string[] arguments, params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(BuildProblem.Value.Length == 0, BuildProblem.Value);
        string path = Path.Combine(Root, "artifacts", "peers", "bin", program);
        Assert.SkipUnless(File.Exists(path), $"{program} is not built: its DDS headers are not installed");
        return Run([.. command, path, .. arguments], domain, environment);
    }

    /// <summary>Runs one of the roles of <see cref="Program"/> as a process of its own, perhaps through another command.</summary>
    public static PeerProcess StartRole(
        string[] command, Action role, uint domain, params (string Name, string Value)[] environment)
    {
        string host = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, "exec", typeof(Program).Assembly.Location] : [host];
        return Run([.. command, .. program, Program.RoleOption, role.Method.Name], domain, environment);
    }

    /// <summary>Waits for the end and checks the exit code.</summary>
    public void ExpectExit(int code, TimeSpan? patience = null)
    {
        Assert.True(_process.WaitForExit(patience ?? TimeSpan.FromSeconds(60)), $"the peer does not end: {Output}");
        _process.WaitForExit(); // until its output is read
        Assert.True(code == _process.ExitCode, $"exit code {_process.ExitCode} instead of {code}: {Output}");
    }

    private static PeerProcess Run(string[] line, uint domain, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ROS_DOMAIN_ID"] = domain.ToString(CultureInfo.InvariantCulture);
        start.Environment.Remove("CYCLONEDDS_URI");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new PeerProcess(new Process { StartInfo = start });
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static string Build()
    {
        using var build = Process.Start(new ProcessStartInfo(Path.Combine(Root, "tests", "peers", "build.sh"))
        {
            RedirectStandardError = true,
        })!;
        string error = build.StandardError.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode is 0 or 3, error);
        return build.ExitCode == 0 ? "" : error.Trim();
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
