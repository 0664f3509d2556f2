using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>A received sample that is kept back: a copy, because the transport lends its bytes for the handler's call only.</summary>
internal readonly record struct HeldSample(byte[] Buffer, int Length, SampleInfo Info);

/// <summary>
/// What one subscription hears of one other host, as the link model lets it: later, or not at all. Reliable: in order,
/// each once, lost ones are tried again after a delay that doubles, until they are pushed out of the history. Best effort:
/// what is lost stays lost, what is overtaken is discarded. Damaged samples count as lost, as UDP's checksum would have
/// it; second copies are dropped, as RTPS does. Knows no clock: time is an argument. One thread at a time.
/// </summary>
internal sealed class EmulatedFlow(ILinkModel links, string fromHost, string toHost, bool reliable, int capacity)
{
    private const long FirstRetryNs = 50_000_000;
    private const long LongestRetryNs = 1_600_000_000;

    private readonly Queue<HeldSample> _released = new();
    private readonly PriorityQueue<HeldSample, (long DueNs, long Number)> _underWay = new();
    private readonly LinkedList<Pending> _pending = [];
    private long _number;
    private long _delivered;
    private long _retryAtNs = long.MaxValue;
    private long _retryDelayNs;

    /// <summary>Samples that will not be delivered.</summary>
    public long LostCount { get; private set; }

    /// <summary>Whether <see cref="TryTake"/> has something.</summary>
    public bool HasReleased => _released.Count > 0;

    /// <summary>When <see cref="Advance"/> is to be called next; <see cref="long.MaxValue"/> for never.</summary>
    public long NextEventNs
    {
        get
        {
            long arrivalNs = _underWay.TryPeek(out _, out (long DueNs, long Number) first) ? first.DueNs : long.MaxValue;
            if (_pending.First is { } head && head.Value.DueNs < arrivalNs)
            {
                arrivalNs = head.Value.DueNs;
            }

            return Math.Min(arrivalNs, _retryAtNs);
        }
    }

    /// <summary>A sample begins its way over the link. Takes the sample over.</summary>
    public void Offer(in HeldSample sample, long nowNs)
    {
        if (reliable)
        {
            LinkedListNode<Pending> node = _pending.AddLast(new Pending(sample, sample.Length, long.MaxValue));
            GiveUpBeyondHistory();
            Attempt(node, nowNs);
            return;
        }

        LinkOutcome outcome = Transmit(sample.Length, nowNs);
        if (outcome.Delivered)
        {
            _underWay.Enqueue(sample, (nowNs + outcome.DelayNs, ++_number));
        }
        else
        {
            Drop(sample);
        }
    }

    /// <summary>Tries lost samples again and releases what has arrived.</summary>
    public void Advance(long nowNs)
    {
        Retry(nowNs);
        while (_pending.First is { } head && head.Value.DueNs <= nowNs)
        {
            _pending.RemoveFirst();
            Release(head.Value.Sample);
        }

        while (_underWay.TryPeek(out _, out (long DueNs, long Number) first) && first.DueNs <= nowNs)
        {
            HeldSample sample = _underWay.Dequeue();
            if (first.Number > _delivered)
            {
                _delivered = first.Number;
                Release(sample);
            }
            else
            {
                Drop(sample);
            }
        }
    }

    /// <summary>The oldest sample that has its turn; the caller gives its buffer back to the pool.</summary>
    public bool TryTake(out HeldSample sample) => _released.TryDequeue(out sample);

    /// <summary>Gives up everything.</summary>
    public void Clear()
    {
        _retryAtNs = long.MaxValue;
        foreach (Pending pending in _pending)
        {
            SamplePool.Return(pending.Sample);
        }

        _pending.Clear();
        while (_underWay.TryDequeue(out HeldSample sample, out _) || _released.TryDequeue(out sample))
        {
            SamplePool.Return(sample);
        }
    }

    private void Attempt(LinkedListNode<Pending> node, long nowNs)
    {
        LinkOutcome outcome = Transmit(node.Value.RemainingBytes, nowNs);
        if (outcome.Delivered)
        {
            // In order: nothing arrives before what was sent before it.
            node.Value = node.Value with { DueNs = nowNs + outcome.DelayNs };
            return;
        }

        int remaining = outcome.LostBytes > 0
            ? Math.Min(outcome.LostBytes, node.Value.RemainingBytes)
            : node.Value.RemainingBytes;
        node.Value = node.Value with { RemainingBytes = remaining };
        if (_retryAtNs == long.MaxValue)
        {
            _retryDelayNs = _retryDelayNs == 0 ? FirstRetryNs : Math.Min(2 * _retryDelayNs, LongestRetryNs);
            _retryAtNs = nowNs + _retryDelayNs;
        }
    }

    private void Retry(long nowNs)
    {
        if (nowNs < _retryAtNs)
        {
            return;
        }

        _retryAtNs = long.MaxValue;
        for (LinkedListNode<Pending>? node = _pending.First; node is not null; node = node.Next)
        {
            if (node.Value.DueNs == long.MaxValue)
            {
                Attempt(node, nowNs);
            }
        }

        _retryDelayNs = _retryAtNs == long.MaxValue ? 0 : _retryDelayNs;
    }

    // A writer with keep-last forgets what it could not deliver in time; what is on its way still arrives.
    private void GiveUpBeyondHistory()
    {
        LinkedListNode<Pending>? node = _pending.First;
        for (int excess = _pending.Count - capacity; excess > 0 && node is not null; excess--)
        {
            LinkedListNode<Pending>? next = node.Next;
            if (node.Value.DueNs == long.MaxValue)
            {
                _pending.Remove(node);
                Drop(node.Value.Sample);
            }

            node = next;
        }
    }

    private LinkOutcome Transmit(int bytes, long nowNs)
    {
        LinkOutcome outcome = links.Transmit(fromHost, toHost, Math.Max(1, bytes), nowNs);
        return outcome.Corrupted ? LinkOutcome.Lost : outcome;
    }

    private void Release(in HeldSample sample)
    {
        if (_released.Count >= capacity)
        {
            Drop(_released.Dequeue());
        }

        _released.Enqueue(sample);
    }

    private void Drop(in HeldSample sample)
    {
        LostCount++;
        SamplePool.Return(sample);
    }

    private readonly record struct Pending(HeldSample Sample, int RemainingBytes, long DueNs);
}
