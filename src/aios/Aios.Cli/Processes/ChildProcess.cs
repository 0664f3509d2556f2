using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aios.Cli.Processes;

/// <summary>
/// A running child in a session of its own, so that a signal to it reaches its descendants too, and one to this
/// process's terminal reaches it only through us. The kernel ends it when the thread that started it ends, so start
/// children on a thread that lives as long as they shall.
/// </summary>
public sealed class ChildProcess : IDisposable
{
    private static readonly string[] Wrapper = FindWrapper();

    private readonly Process _process;
    private readonly Thread[] _readers;

    private ChildProcess(Process process, Action<string> output, Action<string> error)
    {
        _process = process;
        _readers = [StartReader(process.StandardOutput, output), StartReader(process.StandardError, error)];
    }

    /// <summary>Set whenever a child of this class ends.</summary>
    public static AutoResetEvent AnyExited { get; } = new(initialState: false);

    /// <summary>Process id, also that of its process group.</summary>
    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code, 128 + n when signal n ended it. Only after <see cref="HasExited"/>.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Largest resident set so far, bytes; 0 once it has exited.</summary>
    public long PeakMemoryBytes => ReadPeakMemory(_process.Id);

    /// <summary>Starts a child. Its standard input is empty, unless the spec keeps it open for <see cref="Send"/>.</summary>
    /// <param name="spec">What to start.</param>
    /// <param name="output">Called with each line of its standard output, from another thread.</param>
    /// <param name="error">The same for its standard error; <paramref name="output"/> when null.</param>
    /// <exception cref="AiosException">There is no such program or folder.</exception>
    public static ChildProcess Start(ProcessSpec spec, Action<string> output, Action<string>? error = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var program = FindProgram(spec.Command[0])
            ?? throw new AiosException(Cli.ExitCode.MissingPrerequisite, $"{spec.Name}: no such program: {spec.Command[0]}");
        string[] command = [.. Wrapper, program, .. spec.Command.Skip(1)];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => AnyExited.Set();
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new AiosException(Cli.ExitCode.MissingPrerequisite, $"{spec.Name}: {exception.Message}", exception);
        }

        if (!spec.KeepsInput)
        {
            process.StandardInput.Close();
        }

        return new ChildProcess(process, output, error ?? output);
    }

    /// <summary>Sends a line to its standard input, if that was kept open; no effect when it is gone.</summary>
    public void Send(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It ended meanwhile, which its exit tells.
        }
    }

    /// <summary>Sends a signal to the child and its descendants; no effect when they are gone.</summary>
    /// <param name="signal">Number of the signal.</param>
    public void Signal(int signal)
    {
        if (Kill(-Id, signal) != 0 && !HasExited)
        {
            _ = Kill(Id, signal); // not yet the leader of its own group
        }
    }

    /// <summary>Waits until the child is gone and its output read; false when it takes longer.</summary>
    public bool WaitForExit(TimeSpan timeout) =>
        _process.WaitForExit(timeout) && Array.TrueForAll(_readers, reader => reader.Join(timeout));

    public void Dispose() => _process.Dispose();

    /// <summary>
    /// Ends children as a terminal would, and for good within two seconds: asks with SIGINT, insists with SIGTERM,
    /// ends what is left with SIGKILL.
    /// </summary>
    public static void StopAll(IReadOnlyCollection<ChildProcess> children)
    {
        ArgumentNullException.ThrowIfNull(children);
        Span<(int Signal, double Patience)> steps = [(PosixSignals.Interrupt, 1.2), (PosixSignals.Terminate, 0.4), (PosixSignals.Kill, 0.3)];
        foreach (var (signal, patience) in steps)
        {
            foreach (var child in children.Where(child => !child.HasExited))
            {
                child.Signal(signal);
            }

            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < patience && children.Any(child => !child.HasExited))
            {
                AnyExited.WaitOne(TimeSpan.FromMilliseconds(20));
            }
        }

        foreach (var child in children)
        {
            child.Signal(PosixSignals.Kill); // descendants that outlived it
        }
    }

    /// <summary>The program as a file: with a slash in its name as it is, else from <c>PATH</c>; null when there is none.</summary>
    public static string? FindProgram(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(name) ? name : null;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    // Both replace themselves by the program, so the process id stays that of the child.
    private static string[] FindWrapper()
    {
        string[] session = FindProgram("setsid") is { } setsid ? [setsid] : [];
        string[] death = FindProgram("setpriv") is { } setpriv ? [setpriv, "--pdeathsig", "TERM", "--"] : [];
        return [.. session, .. death];
    }

    // A thread of its own, not one of the pool: output must flow however busy the pool is.
    private static Thread StartReader(StreamReader stream, Action<string> output)
    {
        var reader = new Thread(Read, maxStackSize: 256 * 1024) { IsBackground = true, Name = "child output" };
        reader.Start();
        return reader;

        void Read()
        {
            try
            {
                while (stream.ReadLine() is { } line)
                {
                    output(line);
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // Disposed while a descendant still held the other end.
            }
        }
    }

    private static long ReadPeakMemory(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.AsSpan(6).Trim(" \tkB"), System.Globalization.CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or FormatException)
        {
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}

/// <summary>Numbers of signals, as Linux has them.</summary>
public static class PosixSignals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
}
