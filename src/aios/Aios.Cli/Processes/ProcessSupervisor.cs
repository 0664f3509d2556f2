using System.Diagnostics;

namespace Aios.Cli.Processes;

/// <summary>Starts processes, prefixes their output, starts them again where asked, and leaves none behind.</summary>
/// <param name="specs">What to start, in order.</param>
/// <param name="output">Where output lines go; lines are never mixed.</param>
public sealed class ProcessSupervisor(IReadOnlyList<ProcessSpec> specs, TextWriter output)
{
    /// <summary>How long the rest of an ended process's output may take.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Slot[] _slots = [.. specs.Select(spec => new Slot(spec))];
    private readonly Stopwatch _clock = new();

    private sealed class Slot(ProcessSpec spec)
    {
        public ProcessSpec Spec { get; } = spec;

        public ChildProcess? Child { get; set; }

        /// <summary>When to start it next, s on the clock; null: not again.</summary>
        public double? StartAt { get; set; } = spec.StartDelay.TotalSeconds;

        public int Starts { get; set; }
    }

    /// <summary>Processes that run now.</summary>
    public IReadOnlyList<ChildProcess> Running =>
        [.. _slots.Where(slot => slot.Child is { HasExited: false }).Select(slot => slot.Child!)];

    /// <summary>
    /// Runs until all processes have ended, one ended that ends all, or it is cancelled; then ends what still runs, within
    /// two seconds. Call it on a thread that lives on meanwhile.
    /// </summary>
    /// <returns>0, or the exit code of the first process that failed on its own.</returns>
    public int Run(CancellationToken cancel)
    {
        using var wake = cancel.Register(() => ChildProcess.AnyExited.Set());
        var failure = 0;
        var end = false;
        _clock.Start();
        try
        {
            while (!end && !cancel.IsCancellationRequested && Array.Exists(_slots, slot => slot.Child is not null || slot.StartAt is not null))
            {
                StartDue();
                ChildProcess.AnyExited.WaitOne(UntilNextStart());
                foreach (var slot in _slots.Where(slot => slot.Child is { HasExited: true }))
                {
                    var code = Reap(slot);
                    failure = failure == 0 && !cancel.IsCancellationRequested ? code : failure;
                    end |= slot.Spec.EndsAll && slot.StartAt is null;
                }
            }
        }
        finally
        {
            StopRest();
        }

        return failure;
    }

    private void StartDue()
    {
        foreach (var slot in _slots.Where(slot => slot.StartAt <= _clock.Elapsed.TotalSeconds))
        {
            slot.StartAt = null;
            slot.Starts++;
            slot.Child = ChildProcess.Start(slot.Spec, line => Write($"[{slot.Spec.Name}] {line}"));
        }
    }

    private TimeSpan UntilNextStart()
    {
        var next = _slots.Min(slot => slot.StartAt) ?? double.PositiveInfinity;
        return TimeSpan.FromSeconds(Math.Clamp(next - _clock.Elapsed.TotalSeconds, 0, 0.2));
    }

    private int Reap(Slot slot)
    {
        var child = slot.Child!;
        child.Signal(PosixSignals.Kill); // descendants that outlived it
        child.WaitForExit(DrainTime);
        var code = child.ExitCode;
        child.Dispose();
        slot.Child = null;
        var again = slot.Spec.Respawn && (slot.Spec.RespawnLimit is not { } limit || slot.Starts <= limit);
        slot.StartAt = again ? _clock.Elapsed.TotalSeconds + slot.Spec.RespawnDelay.TotalSeconds : null;
        Write($"[{slot.Spec.Name}] {Describe(code)}{(again ? ", starting it again" : "")}");
        return again ? 0 : code;
    }

    private void StopRest()
    {
        var running = _slots.Where(slot => slot.Child is not null).ToList();
        ChildProcess.StopAll([.. running.Select(slot => slot.Child!)]);
        foreach (var slot in running)
        {
            slot.Child!.WaitForExit(DrainTime);
            slot.Child.Dispose();
            slot.Child = null;
        }
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }

    private static string Describe(int code) => code switch
    {
        0 => "ended",
        > 128 and < 160 => $"ended by signal {code - 128}",
        _ => $"ended with exit code {code}",
    };
}
