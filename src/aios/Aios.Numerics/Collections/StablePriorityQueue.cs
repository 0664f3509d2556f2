namespace Aios.Numerics;

/// <summary>
/// Priority queue, smallest priority first; equal priorities come out in the order they went in (which
/// <see cref="PriorityQueue{TElement, TPriority}"/> does not promise). Not thread-safe.
/// </summary>
/// <typeparam name="TElement">What is queued.</typeparam>
/// <typeparam name="TPriority">Compared by its own order: numbers, tuples.</typeparam>
public sealed class StablePriorityQueue<TElement, TPriority>
    where TPriority : IComparable<TPriority>
{
    private readonly List<(TPriority Priority, long Sequence, TElement Element)> _heap = [];
    private long _next;

    public int Count => _heap.Count;

    public void Enqueue(TElement element, TPriority priority)
    {
        _heap.Add((priority, _next++, element));
        int at = _heap.Count - 1;
        while (at > 0 && Before(at, (at - 1) >> 1))
        {
            Swap(at, (at - 1) >> 1);
            at = (at - 1) >> 1;
        }
    }

    /// <summary>The first element, left in place; false if the queue is empty.</summary>
    public bool TryPeek(out TElement element, out TPriority priority)
    {
        bool any = _heap.Count > 0;
        (priority, _, element) = any ? _heap[0] : default;
        return any;
    }

    /// <summary>Takes out the first element; false if the queue is empty.</summary>
    public bool TryDequeue(out TElement element, out TPriority priority)
    {
        if (!TryPeek(out element, out priority))
        {
            return false;
        }

        _heap[0] = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        SiftDown();
        return true;
    }

    public void Clear() => _heap.Clear();

    private void SiftDown()
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= _heap.Count)
            {
                return;
            }

            if (child + 1 < _heap.Count && Before(child + 1, child))
            {
                child++;
            }

            if (!Before(child, at))
            {
                return;
            }

            Swap(child, at);
            at = child;
        }
    }

    private bool Before(int a, int b)
    {
        int order = _heap[a].Priority.CompareTo(_heap[b].Priority);
        return order < 0 || (order == 0 && _heap[a].Sequence < _heap[b].Sequence);
    }

    private void Swap(int a, int b) => (_heap[a], _heap[b]) = (_heap[b], _heap[a]);
}
