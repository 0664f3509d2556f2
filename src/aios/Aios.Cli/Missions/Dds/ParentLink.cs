using System.Diagnostics;
using System.Globalization;

namespace Aios.Cli.Missions.Dds;

/// <summary>
/// What a process of a mission hears from the one that started it, on standard input: lines <c>abort REASON</c>,
/// <c>memory BYTES</c> and <c>start NANOSECONDS</c>. When the input ends, the parent is gone, however it went, and this process goes too.
/// </summary>
internal sealed class ParentLink : IDisposable
{
    /// <summary>
    /// How long a signal is ahead of the end of the input, at most: the kernel sends it when the parent's first thread is
    /// gone and closes the input with the last one.
    /// </summary>
    private static readonly TimeSpan SignalsLead = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _patience;
    private readonly ManualResetEventSlim _told;
    private readonly CancellationTokenSource _source;
    private readonly TaskCompletionSource<long> _start = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _reason;
    private long _memory;

    /// <param name="supervised">Whether there is a parent to listen to.</param>
    /// <param name="patience">How long this process may take to end by itself when the parent is gone.</param>
    /// <param name="stop">Cancelled when the user or the system ends this process.</param>
    public ParentLink(bool supervised, TimeSpan patience, CancellationToken stop)
    {
        _patience = patience;
        _told = new ManualResetEventSlim(!supervised);
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (supervised)
        {
            new Thread(Listen, maxStackSize: 256 * 1024) { IsBackground = true, Name = "parent" }.Start();
        }
    }

    /// <summary>Cancelled when this process is to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Why it is to end. To be asked when <see cref="Token"/> is cancelled; may then take a second.</summary>
    public string Reason
    {
        get
        {
            _told.Wait(SignalsLead, CancellationToken.None);
            return Volatile.Read(ref _reason) ?? "stopped by the operator";
        }
    }

    /// <summary>Largest resident sets of the mission's other processes together, bytes.</summary>
    public long MemoryOfOthers => Interlocked.Read(ref _memory);

    /// <summary>Line that tells a process to end.</summary>
    public static string Abort(string reason) => "abort " + reason.ReplaceLineEndings(" ");

    /// <summary>Line that tells the planet what the rovers' processes hold.</summary>
    public static string Memory(long bytes) => string.Create(CultureInfo.InvariantCulture, $"memory {bytes}");

    /// <summary>Line that tells a process when it has to begin.</summary>
    /// <param name="steadyNs">On the machine's steady clock, ns.</param>
    public static string Start(long steadyNs) => string.Create(CultureInfo.InvariantCulture, $"start {steadyNs}");

    /// <summary>Waits until it is told when to begin, steady ns; null when it is to end first.</summary>
    public long? WaitForStart()
    {
        try
        {
            _start.Task.Wait(Token);
            return _start.Task.Result;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Ends nothing: the thread that listens ends with the process.</summary>
    public void Dispose() => _source.Dispose();

    private void Listen()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (Read(input) is { } line)
        {
            var (word, rest) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at ? (line[..at], line[(at + 1)..]) : (line, "");
            if (word == "abort")
            {
                End(rest);
            }
            else if (word == "memory" && long.TryParse(rest, CultureInfo.InvariantCulture, out var bytes))
            {
                Interlocked.Exchange(ref _memory, bytes);
            }
            else if (word == "start" && long.TryParse(rest, CultureInfo.InvariantCulture, out var steadyNs))
            {
                _start.TrySetResult(steadyNs);
            }
        }

        End("the program that started it is gone");
        Thread.Sleep(_patience);
        using var self = Process.GetCurrentProcess();
        self.Kill(); // it did not end by itself
    }

    private static string? Read(StreamReader input)
    {
        try
        {
            return input.ReadLine();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void End(string reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        _told.Set();
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is ending already.
        }
    }
}
