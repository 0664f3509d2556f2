namespace ROS2;

/// <summary>What is known of one frame: its parents and its transforms over time, oldest first.</summary>
internal sealed class TransformHistory(bool isStatic, string authority)
{
    /// <summary>Expired entries that may stand in front before the list is moved up.</summary>
    private const int Slack = 64;

    private readonly List<Entry> _entries = [];
    private int _first;

    public bool IsStatic { get; } = isStatic;

    /// <summary>Who sent the last transform.</summary>
    public string Authority { get; set; } = authority;

    /// <summary>0 for a static transform, which holds at all times, and for an empty history.</summary>
    public long OldestNs => IsStatic || Count == 0 ? 0 : _entries[_first].StampNs;

    /// <inheritdoc cref="OldestNs"/>
    public long NewestNs => IsStatic || Count == 0 ? 0 : _entries[^1].StampNs;

    public int Count => _entries.Count - _first;

    /// <summary>
    /// Adds an entry; a second one of the same time replaces the first. What has expired by the newest entry so far goes
    /// first: two entries that are further apart than the cache is long can still be interpolated between, as in tf2.
    /// </summary>
    /// <returns>False when it is older than what is kept.</returns>
    public bool Insert(long stampNs, int parent, in RigidTransform parentFromFrame, long keepNs)
    {
        var entry = new Entry(stampNs, parent, parentFromFrame);
        if (IsStatic)
        {
            Clear();
            _entries.Add(entry);
            return true;
        }

        long oldestKeptNs = NewestNs - keepNs;
        Prune(oldestKeptNs);
        if (Count > 0 && stampNs < oldestKeptNs)
        {
            return false;
        }

        int index = IndexAfter(stampNs);
        if (index > _first && _entries[index - 1].StampNs == stampNs)
        {
            _entries[index - 1] = entry;
        }
        else
        {
            _entries.Insert(index, entry);
        }

        return true;
    }

    /// <summary>The parent of the newest entry; there must be one.</summary>
    public int LatestParent => _entries[^1].Parent;

    /// <summary>The transform at a time; false when outside of what is kept.</summary>
    public bool TryGet(long timeNs, out int parent, out RigidTransform parentFromFrame)
    {
        if (Count > 0 && (IsStatic || timeNs == TransformBuffer.Latest))
        {
            (_, parent, parentFromFrame) = _entries[^1];
            return true;
        }

        int after = IndexAfter(timeNs);
        if (after == _first || (after == _entries.Count && NewestNs != timeNs))
        {
            parent = -1;
            parentFromFrame = default;
            return false;
        }

        Entry before = _entries[after - 1];
        (parent, parentFromFrame) = (before.Parent, before.ParentFromFrame);
        if (before.StampNs != timeNs && _entries[after].Parent == parent)
        {
            Entry next = _entries[after];
            double ratio = (double)(timeNs - before.StampNs) / (next.StampNs - before.StampNs);
            parentFromFrame = RigidTransform.Interpolate(before.ParentFromFrame, next.ParentFromFrame, ratio);
        }

        return true;
    }

    public void Clear()
    {
        _entries.Clear();
        _first = 0;
    }

    /// <summary>Index of the first entry later than a time.</summary>
    private int IndexAfter(long timeNs)
    {
        int low = _first;
        int high = _entries.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_entries[middle].StampNs <= timeNs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Drops what is older than a time; the list is moved up seldom, so that adding stays cheap.</summary>
    private void Prune(long oldestKeptNs)
    {
        while (_first < _entries.Count && _entries[_first].StampNs < oldestKeptNs)
        {
            _first++;
        }

        if (_first >= Slack && _first * 2 >= _entries.Count)
        {
            _entries.RemoveRange(0, _first);
            _first = 0;
        }
    }

    private readonly record struct Entry(long StampNs, int Parent, RigidTransform ParentFromFrame);
}
