namespace Aios.Numerics;

/// <summary>
/// Priority queue of the numbers 0 … capacity − 1, smallest priority first, that can change the priority
/// of a number it holds: the open list of a grid search. Equal priorities come out by the smaller number,
/// so the order never depends on the history. Allocates at construction only. Not thread-safe.
/// </summary>
public sealed class IndexedMinHeap
{
    private readonly int[] _heap;
    private readonly int[] _position;
    private readonly double[] _priority;

    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public IndexedMinHeap(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _heap = new int[capacity];
        _position = new int[capacity];
        _priority = new double[capacity];
        Array.Fill(_position, -1);
    }

    public int Count { get; private set; }

    public int Capacity => _heap.Length;

    public bool Contains(int item) => _position[item] >= 0;

    /// <summary>Priority of a number in the queue; of one that is not, the last it had.</summary>
    public double Priority(int item) => _priority[item];

    /// <summary>Adds the number, or changes its priority (up or down) if it is there. A NaN priority comes first.</summary>
    public void Set(int item, double priority)
    {
        int at = _position[item];
        _priority[item] = double.IsNaN(priority) ? double.NegativeInfinity : priority;
        if (at < 0)
        {
            at = Count++;
            _heap[at] = item;
            _position[item] = at;
        }

        SiftDown(SiftUp(at));
    }

    /// <summary>Takes out the number with the smallest priority; false if the queue is empty.</summary>
    public bool TryPop(out int item, out double priority)
    {
        if (Count == 0)
        {
            (item, priority) = (-1, double.NaN);
            return false;
        }

        item = _heap[0];
        priority = _priority[item];
        Remove(item);
        return true;
    }

    /// <summary>Takes out a number; false if it is not there.</summary>
    public bool Remove(int item)
    {
        int at = _position[item];
        if (at < 0)
        {
            return false;
        }

        _position[item] = -1;
        Count--;
        if (at < Count)
        {
            int last = _heap[Count];
            _heap[at] = last;
            _position[last] = at;
            SiftDown(SiftUp(at));
        }

        return true;
    }

    /// <summary>Empties the queue in time proportional to what it holds.</summary>
    public void Clear()
    {
        for (int i = 0; i < Count; i++)
        {
            _position[_heap[i]] = -1;
        }

        Count = 0;
    }

    private bool Before(int a, int b)
    {
        double first = _priority[a], second = _priority[b];
        return first < second || (first == second && a < b);
    }

    private int SiftUp(int at)
    {
        int item = _heap[at];
        while (at > 0)
        {
            int parent = (at - 1) >> 1;
            if (!Before(item, _heap[parent]))
            {
                break;
            }

            Place(_heap[parent], at);
            at = parent;
        }

        Place(item, at);
        return at;
    }

    private void SiftDown(int at)
    {
        int item = _heap[at];
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Before(_heap[child], item))
            {
                break;
            }

            Place(_heap[child], at);
            at = child;
        }

        Place(item, at);
    }

    private void Place(int item, int at)
    {
        _heap[at] = item;
        _position[item] = at;
    }
}
