namespace Aios.Safety.Monitor;

/// <summary>A command of a recovery; the codes are stable.</summary>
public enum RecoveryCommand : byte
{
    None = 0,

    /// <summary>Latch the gate's stop.</summary>
    Stop = 1,

    /// <summary>Restart the component named by the argument.</summary>
    RestartComponent = 2,

    /// <summary>Judge the actionpoint named by the argument actively again.</summary>
    RearmActionpoint = 4,

    /// <summary>Enter safe mode: stop, keep radio and heaters, wait for a human or the quorum.</summary>
    SafeMode = 5,

    /// <summary>Drive by the motion named by the argument until the next step of this kind or <see cref="EndDrive"/>.</summary>
    Drive = 6,

    /// <summary>Give the wheels back to the executive.</summary>
    EndDrive = 7,
}

/// <summary>One step.</summary>
/// <param name="DelayNs">Time since the step before, ns.</param>
/// <param name="Command">What to do.</param>
/// <param name="Argument">To what.</param>
public readonly record struct SequenceStep(long DelayNs, RecoveryCommand Command, int Argument = 0);

/// <summary>A relative-time sequence.</summary>
/// <param name="Name">For people.</param>
/// <param name="Steps">One or more.</param>
public sealed record StoredSequence(string Name, IReadOnlyList<SequenceStep> Steps);

/// <summary>
/// Runs stored sequences side by side, each at most once at a time (a start while it runs is refused), in the order of
/// their time, then of their number: the relative time sequences of cFS' stored command application.
/// </summary>
public sealed class SequenceRunner
{
    private readonly StoredSequence[] _sequences;
    private readonly int[] _next;
    private readonly long[] _dueNs;
    private readonly Queue<MonitorEvent> _events;

    /// <exception cref="ArgumentException">A sequence without steps, or a negative delay.</exception>
    public SequenceRunner(IReadOnlyList<StoredSequence> sequences, Queue<MonitorEvent> events)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        _events = events ?? throw new ArgumentNullException(nameof(events));
        _sequences = [.. sequences];
        if (!_sequences.All(s => s.Steps.Count > 0 && s.Steps.All(step => step.DelayNs >= 0)))
        {
            throw new ArgumentException("A sequence needs steps, and their delays are 0 or more.", nameof(sequences));
        }

        _next = new int[_sequences.Length];
        _dueNs = new long[_sequences.Length];
        Array.Fill(_next, -1);
    }

    public bool IsRunning(int sequence) => _next[sequence] >= 0;

    /// <summary>Starts a sequence.</summary>
    /// <returns>False when there is none of that number, or it is running.</returns>
    public bool TryStart(int sequence, long nowNs)
    {
        if ((uint)sequence >= (uint)_sequences.Length || IsRunning(sequence))
        {
            return false;
        }

        _next[sequence] = 0;
        _dueNs[sequence] = nowNs + _sequences[sequence].Steps[0].DelayNs;
        _events.Enqueue(new MonitorEvent(MonitorEventKind.SequenceStarted, sequence, _sequences[sequence].Name, sequence, nowNs));
        return true;
    }

    /// <summary>Ends a sequence before its time.</summary>
    public void Stop(int sequence) => _next[sequence] = -1;

    /// <summary>Next command that is due; call until false.</summary>
    public bool TryTakeCommand(long nowNs, out SequenceStep step)
    {
        int first = -1;
        for (int i = 0; i < _sequences.Length; i++)
        {
            if (_next[i] >= 0 && _dueNs[i] <= nowNs && (first < 0 || _dueNs[i] < _dueNs[first]))
            {
                first = i;
            }
        }

        step = first < 0 ? default : _sequences[first].Steps[_next[first]];
        if (first >= 0)
        {
            Advance(first, nowNs);
        }

        return first >= 0;
    }

    private void Advance(int sequence, long nowNs)
    {
        StoredSequence running = _sequences[sequence];
        if (++_next[sequence] < running.Steps.Count)
        {
            _dueNs[sequence] += running.Steps[_next[sequence]].DelayNs;
            return;
        }

        _next[sequence] = -1;
        _events.Enqueue(new MonitorEvent(MonitorEventKind.SequenceEnded, sequence, running.Name, sequence, nowNs));
    }
}
