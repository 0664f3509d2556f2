using Aios.Cli.Processes;

namespace Aios.Cli.Missions.Dds;

/// <summary>A child process of a mission, with the last of what it said on standard error.</summary>
internal sealed class MissionProcess : IDisposable
{
    private const int KeptLines = 5;

    private readonly ChildProcess _child;
    private readonly Queue<string> _lastLines = new();
    private readonly string? _logFile;
    private StreamWriter? _log;

    /// <summary>Starts it.</summary>
    /// <param name="spec">What to start.</param>
    /// <param name="output">Called with each line of its standard output, from another thread.</param>
    /// <param name="logDirectory">Where its standard error is kept, if it says anything; null: nowhere.</param>
    /// <exception cref="AiosException">It cannot be started.</exception>
    public MissionProcess(ProcessSpec spec, Action<string> output, string? logDirectory)
    {
        Name = spec.Name;
        _logFile = logDirectory is null ? null : Path.Combine(logDirectory, spec.Name + ".log");
        if (_logFile is not null)
        {
            File.Delete(_logFile);
        }

        _child = ChildProcess.Start(spec, output, OnError);
    }

    public string Name { get; }

    public bool HasExited => _child.HasExited;

    public int ExitCode => _child.ExitCode;

    /// <summary>Largest resident set that was seen, bytes.</summary>
    public long PeakMemoryBytes { get; private set; }

    /// <summary>Reads <see cref="PeakMemoryBytes"/> anew.</summary>
    public void Measure() => PeakMemoryBytes = Math.Max(PeakMemoryBytes, HasExited ? 0 : _child.PeakMemoryBytes);

    public void Send(string line) => _child.Send(line);

    public void Signal(int signal) => _child.Signal(signal);

    /// <summary>Waits until it is gone and its output read.</summary>
    public bool WaitForExit(TimeSpan timeout) => _child.WaitForExit(timeout);

    /// <summary>How it ended and what it said last, in one line. Only after <see cref="HasExited"/>.</summary>
    public string Describe()
    {
        _child.WaitForExit(TimeSpan.FromMilliseconds(300));
        var how = ExitCode switch
        {
            0 => "ended before the mission",
            > 128 and < 160 => $"was ended by signal {ExitCode - 128}",
            _ => $"ended with exit code {ExitCode}",
        };
        var last = LastLines();
        return last.Count > 0 ? $"{Name} {how}: {WithoutPrefix(last[^1])}" : $"{Name} {how}";
    }

    /// <summary>The last line that it said, without the program's name; null when it said nothing.</summary>
    public string? LastWord()
    {
        _child.WaitForExit(TimeSpan.FromMilliseconds(300));
        return LastLines() is [.., var line] ? WithoutPrefix(line) : null;
    }

    /// <summary>Its last lines on standard error.</summary>
    public IReadOnlyList<string> LastLines()
    {
        lock (_lastLines)
        {
            return [.. _lastLines];
        }
    }

    public void Dispose()
    {
        _child.Dispose();
        lock (_lastLines)
        {
            _log?.Dispose();
            _log = null;
        }
    }

    private static string WithoutPrefix(string line) => line.StartsWith("aios: ", StringComparison.Ordinal) ? line[6..] : line;

    private void OnError(string line)
    {
        lock (_lastLines)
        {
            if (_lastLines.Count == KeptLines)
            {
                _lastLines.Dequeue();
            }

            _lastLines.Enqueue(line);
            if (_logFile is not null)
            {
                _log ??= new StreamWriter(_logFile) { AutoFlush = true };
                _log.WriteLine(line);
            }
        }
    }
}
