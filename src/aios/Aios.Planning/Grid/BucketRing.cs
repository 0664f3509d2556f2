using System.Numerics;

namespace Aios.Planning;

/// <summary>
/// Queue of cells by whole distances: one bucket for each distance between the present one and the longest step beyond it.
/// </summary>
/// <remarks>
/// Entries are never moved or removed before their turn: who pushes a cell again at a smaller distance gets the older
/// entry too, later. Entries that are done with are used again first, while they are in the cache. Not thread-safe;
/// allocates in the constructor, and when there are more entries than ever before.
/// </remarks>
internal sealed class BucketRing
{
    private const int None = -1;
    private readonly int[] _bucket;
    private readonly int _mask;
    private Entry[] _entries = new Entry[1024];
    private int _used;
    private int _free = None;

    /// <param name="longestStep">How far beyond the present distance an entry may lie.</param>
    public BucketRing(int longestStep)
    {
        int buckets = (int)BitOperations.RoundUpToPowerOf2((uint)longestStep + 1);
        _bucket = new int[buckets];
        _mask = buckets - 1;
        Clear();
    }

    /// <summary>Entries in the ring.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        Array.Fill(_bucket, None);
        (_used, _free, Count) = (0, None, 0);
    }

    public void Push(int cell, int distance)
    {
        int entry = _free;
        if (entry != None)
        {
            _free = _entries[entry].Next;
        }
        else
        {
            entry = _used++;
            if (entry == _entries.Length)
            {
                Array.Resize(ref _entries, 2 * entry);
            }
        }

        ref int head = ref _bucket[distance & _mask];
        _entries[entry] = new Entry(cell, head);
        head = entry;
        Count++;
    }

    /// <summary>Takes an entry of a distance, if there is one; of those the latest pushed.</summary>
    public bool TryPop(int distance, out int cell)
    {
        ref int head = ref _bucket[distance & _mask];
        int entry = head;
        if (entry == None)
        {
            cell = None;
            return false;
        }

        cell = _entries[entry].Cell;
        head = _entries[entry].Next;
        _entries[entry] = new Entry(None, _free);
        _free = entry;
        Count--;
        return true;
    }

    private readonly record struct Entry(int Cell, int Next);
}
