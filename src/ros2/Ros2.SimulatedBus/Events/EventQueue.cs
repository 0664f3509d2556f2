using System.Runtime.CompilerServices;

namespace ROS2.Simulation;

/// <summary>
/// Events ordered by time, then by the order they were put in. Those for the present go into a first-in-first-out ring:
/// everything in the heap for the same instant was put there earlier, so the heap goes first and the order is exact.
/// Those for the future go into a 4-ary heap of 24-byte keys; the events themselves stay in place in a slot table.
/// Allocates only to grow.
/// </summary>
internal sealed class EventQueue
{
    private const int Arity = 4;

    private Key[] _heap = new Key[256];
    private BusEvent[] _slots = new BusEvent[256];
    private int[] _free = new int[256];
    private BusEvent[] _ring = new BusEvent[256];
    private int _heapCount;
    private int _slotCount;
    private int _freeCount;
    private int _ringHead;
    private int _ringCount;
    private long _sequence;

    public int Count => _heapCount + _ringCount;

    public long NowNs { get; private set; }

    /// <summary>Sets the first instant; only while empty.</summary>
    public void Start(long nowNs) => NowNs = nowNs;

    /// <summary>Puts an event in; the past counts as the present.</summary>
    public void Push(long timeNs, in BusEvent e)
    {
        if (timeNs <= NowNs)
        {
            PushNow(e);
            return;
        }

        int slot = TakeSlot();
        _slots[slot] = e;
        if (_heapCount == _heap.Length)
        {
            Array.Resize(ref _heap, 2 * _heapCount);
        }

        SiftUp(_heapCount++, new Key(timeNs, ++_sequence, slot));
    }

    /// <summary>Puts an event for this instant behind all others of this instant.</summary>
    public void PushNow(in BusEvent e)
    {
        if (_ringCount == _ring.Length)
        {
            GrowRing();
        }

        _ring[(_ringHead + _ringCount) & (_ring.Length - 1)] = e;
        _ringCount++;
    }

    /// <summary>Takes the next event not later than <paramref name="untilNs"/> and moves time to it.</summary>
    public bool TryPop(long untilNs, out BusEvent e)
    {
        bool heapIsPresent = _heapCount > 0 && _heap[0].TimeNs <= NowNs;
        if (_ringCount > 0 && !heapIsPresent)
        {
            if (NowNs > untilNs)
            {
                e = default;
                return false;
            }

            e = _ring[_ringHead];
            _ring[_ringHead] = default;
            _ringHead = (_ringHead + 1) & (_ring.Length - 1);
            _ringCount--;
            return true;
        }

        if (_heapCount == 0 || _heap[0].TimeNs > untilNs)
        {
            e = default;
            return false;
        }

        PopHeap(out e);
        return true;
    }

    /// <summary>Moves time on to <paramref name="timeNs"/>; no event may lie before it.</summary>
    public void AdvanceTo(long timeNs) => NowNs = Math.Max(NowNs, timeNs);

    /// <summary>Time of the next event.</summary>
    public bool TryPeek(out long timeNs)
    {
        timeNs = _ringCount > 0 ? NowNs : _heapCount > 0 ? _heap[0].TimeNs : long.MaxValue;
        return Count > 0;
    }

    private void PopHeap(out BusEvent e)
    {
        Key top = _heap[0];
        NowNs = top.TimeNs;
        e = _slots[top.Slot];
        _slots[top.Slot] = default;
        _free[_freeCount++] = top.Slot;
        Key last = _heap[--_heapCount];
        if (_heapCount > 0)
        {
            SiftDown(last);
        }
    }

    private int TakeSlot()
    {
        if (_freeCount > 0)
        {
            return _free[--_freeCount];
        }

        if (_slotCount == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * _slotCount);
            Array.Resize(ref _free, 2 * _slotCount);
        }

        return _slotCount++;
    }

    private void GrowRing()
    {
        var bigger = new BusEvent[2 * _ring.Length];
        for (int i = 0; i < _ringCount; i++)
        {
            bigger[i] = _ring[(_ringHead + i) & (_ring.Length - 1)];
        }

        _ring = bigger;
        _ringHead = 0;
    }

    private void SiftUp(int index, Key key)
    {
        while (index > 0)
        {
            int parent = (index - 1) / Arity;
            if (_heap[parent].IsBefore(key))
            {
                break;
            }

            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = key;
    }

    private void SiftDown(Key key)
    {
        int index = 0;
        while (true)
        {
            int first = (index * Arity) + 1;
            if (first >= _heapCount)
            {
                break;
            }

            int best = first;
            int end = Math.Min(first + Arity, _heapCount);
            for (int child = first + 1; child < end; child++)
            {
                best = _heap[child].IsBefore(_heap[best]) ? child : best;
            }

            if (key.IsBefore(_heap[best]))
            {
                break;
            }

            _heap[index] = _heap[best];
            index = best;
        }

        _heap[index] = key;
    }

    private readonly struct Key(long timeNs, long sequence, int slot)
    {
        public readonly long TimeNs = timeNs;
        public readonly long Sequence = sequence;
        public readonly int Slot = slot;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsBefore(in Key other) =>
            TimeNs < other.TimeNs || (TimeNs == other.TimeNs && Sequence < other.Sequence);
    }
}
