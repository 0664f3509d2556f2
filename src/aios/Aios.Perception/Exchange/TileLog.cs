namespace Aios.Perception;

/// <summary>
/// The log of this rover's own changes, compacted to the newest version of each tile, and how far it has been sent.
/// </summary>
internal sealed class TileLog
{
    private const double NanosecondsPerSecond = 1e9;
    private readonly MapExchangeOptions _options;
    private readonly ulong[] _version;
    private readonly long[] _loggedNs;
    private readonly int[] _scratch;
    private readonly Comparison<int> _byVersion;
    private ulong _slowest;
    private long _progressNs;

    public TileLog(int tiles, MapExchangeOptions options)
    {
        _options = options;
        _version = new ulong[tiles];
        _loggedNs = new long[tiles];
        _scratch = new int[tiles];
        Array.Fill(_loggedNs, long.MinValue);
        _byVersion = (a, b) => _version[a].CompareTo(_version[b]);
    }

    /// <summary>Number of the newest change.</summary>
    public ulong Head { get; private set; }

    /// <summary>Everything up to here has been sent since the last rewind.</summary>
    public ulong Sent { get; private set; }

    /// <summary>Gives a tile the next number.</summary>
    public void Append(int tile, long nowNs)
    {
        _version[tile] = ++Head;
        _loggedNs[tile] = nowNs;
    }

    /// <summary>Logs the changed tiles whose last version is old enough; the others stay in the set.</summary>
    public void Append(ChangeSet changes, long nowNs)
    {
        int count = changes.MarkedCount;
        changes.Marked.CopyTo(_scratch);
        changes.Clear();
        for (int i = 0; i < count; i++)
        {
            int tile = _scratch[i];
            bool due = _loggedNs[tile] == long.MinValue
                || (nowNs - _loggedNs[tile]) / NanosecondsPerSecond >= _options.TileIntervalS;
            if (due)
            {
                Append(tile, nowNs);
            }
            else
            {
                changes.MarkBlock(tile);
            }
        }
    }

    /// <summary>Goes back to the slowest live peer's mark when that has not moved for a while.</summary>
    public void Rewind(ulong slowest, long nowNs)
    {
        if (slowest > _slowest || Sent <= slowest)
        {
            _progressNs = nowNs;
        }

        _slowest = slowest;
        if (Sent > slowest && (nowNs - _progressNs) / NanosecondsPerSecond >= _options.RetransmitS)
        {
            Sent = slowest;
            _progressNs = nowNs;
        }

        Sent = Math.Max(Sent, slowest);
    }

    /// <summary>Tiles beyond the send mark, oldest change first; valid until the next call.</summary>
    public ReadOnlySpan<int> Pending()
    {
        int count = 0;
        for (int tile = 0; tile < _version.Length; tile++)
        {
            if (_version[tile] > Sent)
            {
                _scratch[count++] = tile;
            }
        }

        Span<int> pending = _scratch.AsSpan(0, count);
        pending.Sort(_byVersion);
        return pending;
    }

    /// <summary>The first tiles of the pending ones have been written: moves the send mark.</summary>
    public void MarkSent(ReadOnlySpan<int> pending, int written)
    {
        if (written == pending.Length)
        {
            Sent = Head;
        }
        else if (written > 0)
        {
            Sent = _version[pending[written - 1]];
        }
    }
}
