namespace ROS2;

/// <summary>What is known of one frame: its parents and its transforms over time, oldest first.</summary>
internal sealed class TransformHistory(bool isStatic)
{
    private readonly List<Entry> _entries = [];

    public bool IsStatic { get; } = isStatic;

    public long OldestNs => _entries[0].StampNs;

    public long NewestNs => _entries[^1].StampNs;

    public int Count => _entries.Count;

    /// <summary>Adds an entry; a second one of the same time replaces the first.</summary>
    /// <returns>False when it is older than what is kept.</returns>
    public bool Insert(long stampNs, int parent, in RigidTransform parentFromFrame, long keepNs)
    {
        var entry = new Entry(stampNs, parent, parentFromFrame);
        if (IsStatic)
        {
            _entries.Clear();
            _entries.Add(entry);
            return true;
        }

        if (_entries.Count > 0 && NewestNs - stampNs > keepNs)
        {
            return false;
        }

        int index = IndexAfter(stampNs);
        if (index > 0 && _entries[index - 1].StampNs == stampNs)
        {
            _entries[index - 1] = entry;
        }
        else
        {
            _entries.Insert(index, entry);
        }

        Prune(keepNs);
        return true;
    }

    /// <summary>The parent at a time, without interpolation; -1 when outside of what is kept.</summary>
    public int ParentAt(long timeNs)
    {
        if (IsStatic || timeNs == TransformBuffer.Latest)
        {
            return _entries[^1].Parent;
        }

        int after = IndexAfter(timeNs);
        return after == 0 || (after == _entries.Count && NewestNs != timeNs) ? -1 : _entries[after - 1].Parent;
    }

    /// <summary>The transform at a time; false when outside of what is kept.</summary>
    public bool TryGet(long timeNs, out int parent, out RigidTransform parentFromFrame)
    {
        if (IsStatic || timeNs == TransformBuffer.Latest)
        {
            (_, parent, parentFromFrame) = _entries[^1];
            return true;
        }

        int after = IndexAfter(timeNs);
        if (after == 0 || (after == _entries.Count && NewestNs != timeNs))
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

    public void Clear() => _entries.Clear();

    /// <summary>Index of the first entry later than a time.</summary>
    private int IndexAfter(long timeNs)
    {
        int low = 0;
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

    /// <summary>Drops what is too old, in blocks, so that adding stays cheap.</summary>
    private void Prune(long keepNs)
    {
        int old = IndexAfter(NewestNs - keepNs - 1);
        if (old > 0 && (old >= 64 || old * 2 >= _entries.Count))
        {
            _entries.RemoveRange(0, old);
        }
    }

    private readonly record struct Entry(long StampNs, int Parent, RigidTransform ParentFromFrame);
}
