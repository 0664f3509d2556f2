namespace ROS2.Simulation;

/// <summary>
/// Reliable over a link: in order, each once. Lost samples are tried again together after a delay that doubles while
/// attempts fail, until they get through or are pushed out of the writer's history; then the reader goes on after the
/// gap. Acknowledgements are not modelled. Of a fragmented sample only the lost part is sent again.
/// </summary>
internal sealed class ReliableFlow(BusWriter writer, BusTransport destination) : LinkFlow(writer, destination)
{
    private Entry[] _entries = new Entry[16];
    private int _head;
    private int _count;
    private long _first = 1;
    private long _retryDelayNs;
    private bool _retryPending;
    private bool _releasePending;

    private enum State : byte
    {
        InFlight,
        Lost,
        Arrived,
        GivenUp,
    }

    public override void Send(BusSample sample, BusReader? only)
    {
        Statistics.Messages++;
        sample.AddReference();
        long number = Append(new Entry { Sample = sample, Only = only, RemainingBytes = sample.Length });
        EvictBeyondHistory();
        Attempt(number);
    }

    public override void OnBusEvent(in BusEvent e)
    {
        switch (e.Kind)
        {
            case BusEventKind.Arrival:
                OnArrival(e.Argument, (BusSample)e.Payload!);
                break;
            case BusEventKind.Retry:
                OnRetry();
                break;
            default:
                _releasePending = false;
                ReleaseHead();
                break;
        }
    }

    protected override void Close()
    {
        while (_count > 0)
        {
            Dequeue().Sample.Release();
        }
    }

    private void Attempt(long number)
    {
        ref Entry entry = ref At(number);
        LinkOutcome outcome = Transmit(entry.Sample, entry.Only, number, entry.RemainingBytes);
        if (outcome.Delivered)
        {
            entry.State = State.InFlight;
            return;
        }

        entry.State = State.Lost;
        entry.RemainingBytes = outcome.LostBytes > 0 ? Math.Min(outcome.LostBytes, entry.RemainingBytes) : entry.RemainingBytes;
        ArmRetry();
    }

    private void ArmRetry()
    {
        if (_retryPending)
        {
            return;
        }

        _retryPending = true;
        _retryDelayNs = _retryDelayNs == 0
            ? Bus.Options.RetryDelayNs
            : Math.Min(2 * _retryDelayNs, Bus.Options.MaxRetryDelayNs);
        Bus.Queue.Push(Bus.NowNs + _retryDelayNs, new BusEvent { Target = this, Kind = BusEventKind.Retry });
    }

    private void OnRetry()
    {
        _retryPending = false;
        if (!Writer.Endpoint.Transport.IsAlive)
        {
            return;
        }

        for (long number = _first; number < _first + _count; number++)
        {
            if (At(number).State == State.Lost)
            {
                Statistics.Retransmissions++;
                Attempt(number);
            }
        }

        _retryDelayNs = _retryPending ? _retryDelayNs : 0;
    }

    private void OnArrival(long number, BusSample arrived)
    {
        if (number < _first || number >= _first + _count || At(number).State is State.Arrived or State.GivenUp)
        {
            Statistics.Duplicates++;
            arrived.Release();
            return;
        }

        ref Entry entry = ref At(number);
        entry.State = State.Arrived;
        entry.Sample.Release();
        entry.Sample = arrived;
        Statistics.Delivered++;
        ReleaseHead();
    }

    /// <summary>Hands out everything at the head that has its turn. A handler may send on this flow: state is settled before each call.</summary>
    private void ReleaseHead()
    {
        while (_count > 0 && At(_first).State is State.Arrived or State.GivenUp)
        {
            Entry entry = Dequeue();
            try
            {
                if (entry.State == State.Arrived)
                {
                    Deliver(entry.Sample, entry.Only);
                }
            }
            finally
            {
                entry.Sample.Release();
            }
        }
    }

    /// <summary>Gives up lost samples that left the writer's history. What is already on the link still arrives.</summary>
    private void EvictBeyondHistory()
    {
        long keepFrom = _first + _count - Math.Min(_count, Writer.Qos.QueueCapacity);
        for (long number = _first; number < keepFrom; number++)
        {
            ref Entry entry = ref At(number);
            if (entry.State == State.Lost)
            {
                entry.State = State.GivenUp;
                Drop(entry.Sample);
                RequestRelease();
            }
        }
    }

    /// <summary>Readers must not run inside the writer's publish: the head is released by an event.</summary>
    private void RequestRelease()
    {
        if (!_releasePending)
        {
            _releasePending = true;
            Bus.Queue.PushNow(new BusEvent { Target = this, Kind = BusEventKind.Release });
        }
    }

    private long Append(in Entry entry)
    {
        if (_count == _entries.Length)
        {
            var bigger = new Entry[2 * _count];
            for (int i = 0; i < _count; i++)
            {
                bigger[i] = _entries[(_head + i) & (_count - 1)];
            }

            _entries = bigger;
            _head = 0;
        }

        _entries[(_head + _count) & (_entries.Length - 1)] = entry;
        return _first + _count++;
    }

    private Entry Dequeue()
    {
        Entry entry = _entries[_head];
        _entries[_head] = default;
        _head = (_head + 1) & (_entries.Length - 1);
        _count--;
        _first++;
        return entry;
    }

    private ref Entry At(long number) => ref _entries[(_head + (int)(number - _first)) & (_entries.Length - 1)];

    private struct Entry
    {
        public BusSample Sample;
        public BusReader? Only;
        public int RemainingBytes;
        public State State;
    }
}
