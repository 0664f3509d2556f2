namespace ROS2;

/// <summary>
/// Timers of one time base in a binary heap, ordered by next call, then by creation. Each timer knows its place, so that
/// cancelling is O(log n). Not thread-safe: <see cref="TimerScheduler"/> holds the lock.
/// </summary>
internal sealed class TimerQueue
{
    private readonly List<Timer> _heap = [];

    public int Count => _heap.Count;

    public Timer? First => _heap.Count > 0 ? _heap[0] : null;

    public void Add(Timer timer)
    {
        timer.HeapIndex = _heap.Count;
        _heap.Add(timer);
        SiftUp(timer.HeapIndex);
    }

    public void Remove(Timer timer)
    {
        int index = timer.HeapIndex;
        timer.HeapIndex = -1;
        Timer last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (index < _heap.Count)
        {
            _heap[index] = last;
            last.HeapIndex = index;
            SiftDown(index);
            SiftUp(last.HeapIndex);
        }
    }

    /// <summary>Restores order after the timer's next call moved.</summary>
    public void Update(Timer timer)
    {
        SiftDown(timer.HeapIndex);
        SiftUp(timer.HeapIndex);
    }

    public Timer[] ToArray() => [.. _heap];

    private static bool IsBefore(Timer a, Timer b) =>
        a.NextCallNs < b.NextCallNs || (a.NextCallNs == b.NextCallNs && a.Number < b.Number);

    private void SiftUp(int index)
    {
        Timer timer = _heap[index];
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (IsBefore(_heap[parent], timer))
            {
                break;
            }

            Place(_heap[parent], index);
            index = parent;
        }

        Place(timer, index);
    }

    private void SiftDown(int index)
    {
        Timer timer = _heap[index];
        while (true)
        {
            int child = (2 * index) + 1;
            if (child >= _heap.Count)
            {
                break;
            }

            if (child + 1 < _heap.Count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (IsBefore(timer, _heap[child]))
            {
                break;
            }

            Place(_heap[child], index);
            index = child;
        }

        Place(timer, index);
    }

    private void Place(Timer timer, int index)
    {
        _heap[index] = timer;
        timer.HeapIndex = index;
    }
}
