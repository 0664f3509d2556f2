using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Keeps the elevation maps of a fleet alike over links that lose, repeat and reorder messages.
/// </summary>
/// <remarks>
/// Every change of a tile by this rover's own sensors gets the next number of a log; only the newest version of a tile
/// exists, so the log never grows beyond the map. A message carries the tiles of a stretch of the log (base, top] and
/// says for each peer up to which number this rover has that peer's log. A receiver that has the sender's log up to
/// base has it up to top after the message; one that has not merges the tiles all the same, but does not move its mark,
/// and the sender, seeing no progress, goes back to the slowest live peer's mark (go-back-N over a compacted log; the
/// marks are a version vector). A peer's map may lie higher or lower than ours, for heights drift: where both have
/// seen a tile, the median difference is tracked and taken off. Own measurements take precedence over a peer's. Not
/// thread-safe. Allocates when a peer is first heard.
/// </remarks>
public sealed class MapExchange
{
    private const double NanosecondsPerSecond = 1e9;
    private const int MaxAcknowledgements = 32;
    private readonly ElevationMap _map;
    private readonly MapExchangeOptions _options;
    private readonly MapTiles _tiles;
    private readonly ulong[] _version;
    private readonly long[] _loggedNs;
    private readonly int[] _pending;
    private readonly List<MapPeer> _peers = [];
    private readonly TileContent _content = new();
    private readonly TileMerger _merger;
    private readonly ulong _selfId;
    private readonly uint _gridId;
    private ulong _head;
    private ulong _sent;
    private ulong _slowest;
    private long _progressNs;
    private long _messageNs = long.MinValue;
    private bool _acknowledgementsChanged;
    private int _firstAcknowledgement;

    /// <param name="map">The map to keep; this exchange drains its list of changed tiles.</param>
    /// <param name="self">This rover's name.</param>
    /// <param name="incarnation">A number that grows with every restart of this rover.</param>
    /// <param name="options">Limits; throws <see cref="ArgumentException"/> when invalid.</param>
    public MapExchange(ElevationMap map, string self, uint incarnation = 1, MapExchangeOptions? options = null)
    {
        _options = options ?? new MapExchangeOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        _map = map;
        Self = self;
        Incarnation = incarnation;
        _tiles = new MapTiles(map.Geometry);
        if (_tiles.Count > ushort.MaxValue)
        {
            throw new ArgumentException($"the map has {_tiles.Count} tiles, expected at most {ushort.MaxValue}", nameof(map));
        }

        _selfId = MapDeltaFormat.PeerId(self);
        _gridId = MapDeltaFormat.GridId(map.Geometry);
        _version = new ulong[_tiles.Count];
        _loggedNs = new long[_tiles.Count];
        _pending = new int[_tiles.Count];
        Array.Fill(_loggedNs, long.MinValue);
        _merger = new TileMerger(map, _tiles, _options);
    }

    /// <summary>This rover's name.</summary>
    public string Self { get; }

    /// <summary>This rover's restart count.</summary>
    public uint Incarnation { get; }

    /// <summary>Number of the newest change of this rover's own map.</summary>
    public ulong Head => _head;

    /// <summary>Up to which change every live peer is known to have this rover's map.</summary>
    public ulong AcknowledgedByAll => Slowest();

    /// <summary>How much higher a peer's map lies than this rover's, m; 0 when unknown.</summary>
    public double HeightOffset(string peer) => Find(peer)?.Offset ?? 0;

    /// <summary>Up to which of a peer's changes this rover has its map without gap; 0 when unknown.</summary>
    public ulong ReceivedFrom(string peer) => Find(peer)?.Received ?? 0;

    /// <summary>Announces a peer of the roster, so that its silence is noticed and its map waited for.</summary>
    /// <returns>False when there are too many peers, or it is this rover.</returns>
    public bool AddPeer(string name) => FindOrAdd(name) is not null;

    /// <summary>Marks a peer lost or found: nobody resends for a lost one.</summary>
    public void SetLive(string name, bool isLive)
    {
        if (Find(name) is { } peer)
        {
            peer.IsLive = isLive;
        }
    }

    /// <summary>Passes on what a lost peer has told us as if it were our own, so that it reaches those who missed it.</summary>
    public void Adopt(string name, long nowNs)
    {
        if (Find(name) is not { IsAdopted: false } peer)
        {
            return;
        }

        peer.IsAdopted = true;
        for (int tile = 0; tile < _tiles.Count; tile++)
        {
            if (HasCellsOf(tile, peer.Source))
            {
                _version[tile] = ++_head;
                _loggedNs[tile] = nowNs;
            }
        }
    }

    /// <summary>Writes the next message, if there is anything to say.</summary>
    /// <param name="nowNs">Time, ns.</param>
    /// <param name="buffer">Room of at least <see cref="MapExchangeOptions.MaxMessageBytes"/>.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False when there is nothing to say now.</returns>
    public bool TryEncode(long nowNs, Span<byte> buffer, out int length)
    {
        LogChanges(nowNs);
        Rewind(nowNs);
        length = 0;
        int count = Pending();
        bool silent = _messageNs == long.MinValue || (nowNs - _messageNs) / NanosecondsPerSecond >= _options.KeepAliveS;
        if (_peers.Count == 0 || (count == 0 && !silent && !_acknowledgementsChanged))
        {
            return false;
        }

        Span<byte> room = buffer[..Math.Min(buffer.Length, _options.MaxMessageBytes)];
        length = Write(room, count);
        _messageNs = nowNs;
        _acknowledgementsChanged = false;
        return length > 0;
    }

    /// <summary>Reads a peer's message and merges it; a broken one changes nothing.</summary>
    /// <param name="peerName">Who sent it.</param>
    /// <param name="message">Its bytes.</param>
    /// <param name="nowNs">Time, ns.</param>
    public DeltaOutcome Apply(string peerName, ReadOnlySpan<byte> message, long nowNs)
    {
        DeltaVerdict verdict = CheckEnvelope(message, out ReadOnlySpan<byte> body);
        if (verdict != DeltaVerdict.Applied)
        {
            return new DeltaOutcome(verdict, 0, 0, 0);
        }

        // First pass: every field is checked before anything is changed.
        var reader = new DeltaReader(body);
        verdict = ReadHeader(ref reader, out DeltaHeader header);
        DeltaReader tilesStart = reader;
        int futureDs = MissionTime.ToDeciseconds(nowNs + (long)(_options.MaxFutureS * NanosecondsPerSecond));
        for (int i = 0; verdict == DeltaVerdict.Applied && i < header.TileCount; i++)
        {
            bool read = TileCodec.TryRead(ref reader, _tiles.Count, (float)_options.MaxHeightM, _content);
            verdict = !read ? DeltaVerdict.BadContent : _content.ObservedDs > futureDs ? DeltaVerdict.BadTime : verdict;
        }

        if (verdict == DeltaVerdict.Applied && reader.Remaining != 0)
        {
            verdict = DeltaVerdict.BadContent;
        }

        MapPeer? peer = verdict == DeltaVerdict.Applied ? FindOrAdd(peerName) : null;
        if (verdict != DeltaVerdict.Applied || peer is null)
        {
            return new DeltaOutcome(verdict != DeltaVerdict.Applied ? verdict : DeltaVerdict.UnknownPeer, 0, 0, 0);
        }

        return Accept(peer, header, body, tilesStart, nowNs);
    }

    private DeltaOutcome Accept(MapPeer peer, in DeltaHeader header, ReadOnlySpan<byte> body, DeltaReader tiles, long nowNs)
    {
        if (peer.Heard && header.Incarnation < peer.Incarnation)
        {
            return new DeltaOutcome(DeltaVerdict.OldIncarnation, 0, 0, 0);
        }

        if (!peer.Heard || header.Incarnation > peer.Incarnation)
        {
            (peer.Heard, peer.Incarnation, peer.Received, peer.Acknowledged) = (true, header.Incarnation, 0, 0);
        }

        TakeAcknowledgement(peer, header, body);
        int changed = 0, fresh = 0;
        for (int i = 0; i < header.TileCount; i++)
        {
            TileCodec.TryRead(ref tiles, _tiles.Count, (float)_options.MaxHeightM, _content);
            _merger.Merge(_content, peer, nowNs, ref changed, ref fresh);
        }

        _merger.ShiftIfNeeded(peer);
        if (peer.Received >= header.Base && header.Top > peer.Received)
        {
            peer.Received = header.Top;
        }

        _acknowledgementsChanged |= header.TileCount > 0;
        return new DeltaOutcome(DeltaVerdict.Applied, header.TileCount, changed, fresh);
    }

    private DeltaVerdict CheckEnvelope(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> body)
    {
        body = default;
        const int Shortest = MapDeltaFormat.HeaderBytes + MapDeltaFormat.TileCountBytes + MapDeltaFormat.ChecksumBytes;
        const int Longest = 65535;
        if (message.Length is < Shortest or > Longest)
        {
            return DeltaVerdict.BadLength;
        }

        body = message[..^MapDeltaFormat.ChecksumBytes];
        var tail = new DeltaReader(message[^MapDeltaFormat.ChecksumBytes..]);
        return tail.UInt32() == MapDeltaFormat.Checksum(body) ? DeltaVerdict.Applied : DeltaVerdict.BadChecksum;
    }

    private DeltaVerdict ReadHeader(ref DeltaReader reader, out DeltaHeader header)
    {
        bool known = reader.UInt16() == MapDeltaFormat.Magic & reader.Byte() == MapDeltaFormat.Version;
        uint incarnation = reader.UInt32();
        bool sameGrid = reader.UInt32() == _gridId;
        ulong start = reader.UInt64(), top = reader.UInt64();
        int acknowledgements = reader.Byte();
        for (int i = 0; i < acknowledgements; i++)
        {
            ulong id = reader.UInt64();
            uint ofIncarnation = reader.UInt32();
            ulong received = reader.UInt64();
            if (id == _selfId && ofIncarnation == Incarnation && received > _head)
            {
                header = default;
                return DeltaVerdict.BadContent;
            }
        }

        int tileCount = reader.UInt16();
        header = new DeltaHeader(incarnation, start, top, acknowledgements, tileCount);
        if (!known)
        {
            return DeltaVerdict.BadFormat;
        }

        if (!sameGrid)
        {
            return DeltaVerdict.WrongGrid;
        }

        return reader.IsBroken || top < start ? DeltaVerdict.BadContent : DeltaVerdict.Applied;
    }

    private void TakeAcknowledgement(MapPeer peer, in DeltaHeader header, ReadOnlySpan<byte> body)
    {
        var reader = new DeltaReader(body[MapDeltaFormat.HeaderBytes..]);
        for (int i = 0; i < header.Acknowledgements; i++)
        {
            ulong id = reader.UInt64();
            uint ofIncarnation = reader.UInt32();
            ulong received = reader.UInt64();
            if (id == _selfId && ofIncarnation == Incarnation)
            {
                peer.Acknowledged = Math.Max(peer.Acknowledged, received);
            }
        }
    }

    private void LogChanges(long nowNs)
    {
        ChangeSet changes = _map.ExchangeChanges;
        int count = changes.MarkedCount;
        changes.Marked.CopyTo(_pending);
        changes.Clear();
        for (int i = 0; i < count; i++)
        {
            int tile = _pending[i];
            bool due = _loggedNs[tile] == long.MinValue
                || (nowNs - _loggedNs[tile]) / NanosecondsPerSecond >= _options.TileIntervalS;
            if (due)
            {
                _version[tile] = ++_head;
                _loggedNs[tile] = nowNs;
            }
            else
            {
                changes.MarkBlock(tile);
            }
        }
    }

    /// <summary>Goes back to the slowest live peer's mark when that has not moved for a while.</summary>
    private void Rewind(long nowNs)
    {
        ulong slowest = Slowest();
        if (slowest > _slowest || _sent <= slowest)
        {
            _progressNs = nowNs;
        }

        _slowest = slowest;
        if (_sent > slowest && (nowNs - _progressNs) / NanosecondsPerSecond >= _options.RetransmitS)
        {
            _sent = slowest;
            _progressNs = nowNs;
        }

        _sent = Math.Max(_sent, slowest);
    }

    private ulong Slowest()
    {
        ulong slowest = _head;
        foreach (MapPeer peer in _peers)
        {
            if (peer.IsLive && peer.Acknowledged < slowest)
            {
                slowest = peer.Acknowledged;
            }
        }

        return slowest;
    }

    /// <summary>Tiles beyond the send mark, oldest change first, into <see cref="_pending"/>.</summary>
    private int Pending()
    {
        int count = 0;
        for (int tile = 0; tile < _tiles.Count; tile++)
        {
            if (_version[tile] > _sent)
            {
                _pending[count++] = tile;
            }
        }

        _pending.AsSpan(0, count).Sort((a, b) => _version[a].CompareTo(_version[b]));
        return count;
    }

    private int Write(Span<byte> room, int count)
    {
        var writer = new DeltaWriter(room[..^MapDeltaFormat.ChecksumBytes]);
        int acknowledgements = Math.Min(_peers.Count, MaxAcknowledgements);
        writer.UInt16(MapDeltaFormat.Magic);
        writer.Byte(MapDeltaFormat.Version);
        writer.UInt32(Incarnation);
        writer.UInt32(_gridId);
        writer.UInt64(_sent);
        int topAt = writer.Length;
        writer.UInt64(0);
        writer.Byte((byte)acknowledgements);
        for (int i = 0; i < acknowledgements; i++)
        {
            MapPeer peer = _peers[(_firstAcknowledgement + i) % _peers.Count];
            writer.UInt64(peer.Id);
            writer.UInt32(peer.Incarnation);
            writer.UInt64(peer.Received);
        }

        _firstAcknowledgement = _peers.Count > 0 ? (_firstAcknowledgement + acknowledgements) % _peers.Count : 0;
        int countAt = writer.Length;
        writer.UInt16(0);
        int written = WriteTiles(ref writer, count);
        ulong top = written == count ? _head : written > 0 ? _version[_pending[written - 1]] : _sent;
        _sent = top;
        int length = writer.Length;
        var patch = new DeltaWriter(room[topAt..]);
        patch.UInt64(top);
        patch = new DeltaWriter(room[countAt..]);
        patch.UInt16((ushort)written);
        var tail = new DeltaWriter(room[length..]);
        tail.UInt32(MapDeltaFormat.Checksum(room[..length]));
        return length + MapDeltaFormat.ChecksumBytes;
    }

    private int WriteTiles(ref DeltaWriter writer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Gather(_pending[i]);
            if (!TileCodec.TryWrite(ref writer, _content))
            {
                return i;
            }
        }

        return count;
    }

    private void Gather(int tile)
    {
        _content.Tile = tile;
        _content.ObservedDs = int.MinValue;
        _content.KnownCount = 0;
        for (int i = 0; i < MapTiles.CellsPerTile; i++)
        {
            int index = _tiles.CellIndex(tile, i);
            _content.Known[i] = index >= 0 && IsOurs(_map[index].Source);
            if (!_content.Known[i])
            {
                continue;
            }

            ref readonly ElevationCell cell = ref _map[index];
            _content.Elevation[i] = cell.Elevation;
            _content.Variance[i] = cell.Variance;
            _content.Above[i] = Math.Max(cell.Upper - cell.Elevation, 0);
            _content.Below[i] = Math.Max(cell.Elevation - cell.Lower, 0);
            _content.ObservedDs = Math.Max(_content.ObservedDs, cell.ObservedDs);
            _content.KnownCount++;
        }
    }

    private bool IsOurs(byte source) =>
        source == ElevationCell.SourceSelf
        || (source > ElevationCell.SourceSelf && _peers[source - ElevationCell.SourceSelf - 1].IsAdopted);

    private bool HasCellsOf(int tile, byte source)
    {
        for (int i = 0; i < MapTiles.CellsPerTile; i++)
        {
            int index = _tiles.CellIndex(tile, i);
            if (index >= 0 && _map[index].Source == source)
            {
                return true;
            }
        }

        return false;
    }

    private MapPeer? Find(string name)
    {
        foreach (MapPeer peer in _peers)
        {
            if (string.Equals(peer.Name, name, StringComparison.Ordinal))
            {
                return peer;
            }
        }

        return null;
    }

    private MapPeer? FindOrAdd(string name)
    {
        if (string.IsNullOrEmpty(name) || string.Equals(name, Self, StringComparison.Ordinal))
        {
            return null;
        }

        MapPeer? peer = Find(name);
        if (peer is null && _peers.Count < _options.MaxPeers)
        {
            peer = new MapPeer(name, MapDeltaFormat.PeerId(name), (byte)(_peers.Count + ElevationCell.SourceSelf + 1));
            _peers.Add(peer);
        }

        return peer;
    }

    private readonly record struct DeltaHeader(uint Incarnation, ulong Base, ulong Top, int Acknowledgements, int TileCount);
}
