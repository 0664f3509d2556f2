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
    private readonly TileLog _log;
    private readonly PeerTable _peers;
    private readonly TileContent _content = new();
    private readonly TileMerger _merger;
    private readonly ulong _selfId;
    private readonly uint _gridId;
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
        _log = new TileLog(_tiles.Count, _options);
        _peers = new PeerTable(self, _options.MaxPeers);
        _merger = new TileMerger(map, _tiles, _options);
    }

    /// <summary>This rover's name.</summary>
    public string Self { get; }

    /// <summary>This rover's restart count.</summary>
    public uint Incarnation { get; }

    /// <summary>Number of the newest change of this rover's own map.</summary>
    public ulong Head => _log.Head;

    /// <summary>Up to which change every live peer is known to have this rover's map.</summary>
    public ulong AcknowledgedByAll => _peers.Slowest(_log.Head);

    /// <summary>How much higher a peer's map lies than this rover's, m; 0 when unknown.</summary>
    public double HeightOffset(string peer) => _peers.Find(peer)?.Offset ?? 0;

    /// <summary>Up to which of a peer's changes this rover has its map without gap; 0 when unknown.</summary>
    public ulong ReceivedFrom(string peer) => _peers.Find(peer)?.Received ?? 0;

    /// <summary>Announces a peer of the roster, so that its silence is noticed and its map waited for.</summary>
    /// <returns>False when there are too many peers, or it is this rover.</returns>
    public bool AddPeer(string name) => _peers.FindOrAdd(name) is not null;

    /// <summary>Marks a peer lost or found: nobody resends for a lost one.</summary>
    public void SetLive(string name, bool isLive)
    {
        if (_peers.Find(name) is { } peer)
        {
            peer.IsLive = isLive;
        }
    }

    /// <summary>Passes on what a lost peer has told us as if it were our own, so that it reaches those who missed it.</summary>
    public void Adopt(string name, long nowNs)
    {
        if (_peers.Find(name) is not { IsAdopted: false } peer)
        {
            return;
        }

        peer.IsAdopted = true;
        for (int tile = 0; tile < _tiles.Count; tile++)
        {
            if (HasCellsOf(tile, peer.Source))
            {
                _log.Append(tile, nowNs);
            }
        }
    }

    /// <summary>Writes the next message, if there is anything to say. Who has no peers, or has lost all, still says what is new once, to whoever listens.</summary>
    /// <param name="nowNs">Time, ns.</param>
    /// <param name="buffer">Room of at least <see cref="MapExchangeOptions.MaxMessageBytes"/>.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False when there is nothing to say now.</returns>
    public bool TryEncode(long nowNs, Span<byte> buffer, out int length)
    {
        _log.Append(_map.ExchangeChanges, nowNs);
        if (_peers.HasLive)
        {
            _log.Rewind(AcknowledgedByAll, nowNs);
        }

        length = 0;
        ReadOnlySpan<int> pending = _log.Pending();
        bool silent = _messageNs == long.MinValue || (nowNs - _messageNs) / NanosecondsPerSecond >= _options.KeepAliveS;
        bool owesReply = _peers.Count > 0 && (silent || _acknowledgementsChanged);
        if (pending.IsEmpty && !owesReply)
        {
            return false;
        }

        length = Write(buffer[..Math.Min(buffer.Length, _options.MaxMessageBytes)], pending);
        _messageNs = nowNs;
        _acknowledgementsChanged = false;
        return true;
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
            return Refused(verdict);
        }

        var reader = new DeltaReader(body);
        verdict = DeltaHeader.Read(ref reader, _gridId, _selfId, Incarnation, _log.Head, out DeltaHeader header);
        DeltaReader tiles = reader;
        verdict = verdict == DeltaVerdict.Applied ? CheckTiles(ref reader, header.TileCount, nowNs) : verdict;
        if (verdict != DeltaVerdict.Applied)
        {
            return Refused(verdict);
        }

        return _peers.FindOrAdd(peerName) is { } peer ? Accept(peer, header, tiles) : Refused(DeltaVerdict.UnknownPeer);
    }

    private static DeltaOutcome Refused(DeltaVerdict verdict) => new(verdict, 0, 0, 0);

    private static DeltaVerdict CheckEnvelope(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> body)
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

    /// <summary>First pass over the tiles: every field is checked before anything is changed.</summary>
    private DeltaVerdict CheckTiles(ref DeltaReader reader, int count, long nowNs)
    {
        int futureDs = MissionTime.ToDeciseconds(nowNs + (long)(_options.MaxFutureS * NanosecondsPerSecond));
        for (int i = 0; i < count; i++)
        {
            if (!TileCodec.TryRead(ref reader, _tiles.Count, (float)_options.MaxHeightM, _content))
            {
                return DeltaVerdict.BadContent;
            }

            if (_content.ObservedDs > futureDs)
            {
                return DeltaVerdict.BadTime;
            }
        }

        return reader.Remaining == 0 ? DeltaVerdict.Applied : DeltaVerdict.BadContent;
    }

    private DeltaOutcome Accept(MapPeer peer, in DeltaHeader header, DeltaReader tiles)
    {
        if (peer.Heard && header.Incarnation < peer.Incarnation)
        {
            return Refused(DeltaVerdict.OldIncarnation);
        }

        if (!peer.Heard || header.Incarnation > peer.Incarnation)
        {
            (peer.Heard, peer.Incarnation, peer.Received, peer.Acknowledged) = (true, header.Incarnation, 0, 0);
        }

        peer.Acknowledged = Math.Max(peer.Acknowledged, header.Acknowledged);
        int changed = 0, fresh = 0;
        for (int i = 0; i < header.TileCount; i++)
        {
            TileCodec.TryRead(ref tiles, _tiles.Count, (float)_options.MaxHeightM, _content);
            _merger.Merge(_content, peer, ref changed, ref fresh);
        }

        _merger.ShiftIfNeeded(peer);
        if (peer.Received >= header.Base && header.Top > peer.Received)
        {
            peer.Received = header.Top;
        }

        _acknowledgementsChanged |= header.TileCount > 0;
        return new DeltaOutcome(DeltaVerdict.Applied, header.TileCount, changed, fresh);
    }

    private int Write(Span<byte> room, ReadOnlySpan<int> pending)
    {
        var writer = new DeltaWriter(room[..^MapDeltaFormat.ChecksumBytes]);
        writer.UInt16(MapDeltaFormat.Magic);
        writer.Byte(MapDeltaFormat.Version);
        writer.UInt32(Incarnation);
        writer.UInt32(_gridId);
        writer.UInt64(_log.Sent);
        int topAt = writer.Length;
        writer.UInt64(0);
        WriteAcknowledgements(ref writer);
        int countAt = writer.Length;
        writer.UInt16(0);
        int written = 0;
        while (written < pending.Length && TryWriteTile(ref writer, pending[written]))
        {
            written++;
        }

        _log.MarkSent(pending, written);
        int length = writer.Length;
        var patch = new DeltaWriter(room[topAt..]);
        patch.UInt64(_log.Sent);
        patch = new DeltaWriter(room[countAt..]);
        patch.UInt16((ushort)written);
        var tail = new DeltaWriter(room[length..]);
        tail.UInt32(MapDeltaFormat.Checksum(room[..length]));
        return length + MapDeltaFormat.ChecksumBytes;
    }

    /// <summary>A large fleet is acknowledged a part at a time, round about.</summary>
    private void WriteAcknowledgements(ref DeltaWriter writer)
    {
        int count = Math.Min(_peers.Count, MaxAcknowledgements);
        writer.Byte((byte)count);
        for (int i = 0; i < count; i++)
        {
            MapPeer peer = _peers[(_firstAcknowledgement + i) % _peers.Count];
            writer.UInt64(peer.Id);
            writer.UInt32(peer.Incarnation);
            writer.UInt64(peer.Received);
        }

        _firstAcknowledgement = (_firstAcknowledgement + count) % Math.Max(_peers.Count, 1);
    }

    private bool TryWriteTile(ref DeltaWriter writer, int tile)
    {
        _content.Tile = tile;
        _content.ObservedDs = int.MinValue;
        _content.KnownCount = 0;
        for (int i = 0; i < MapTiles.CellsPerTile; i++)
        {
            int index = _tiles.CellIndex(tile, i);
            _content.Known[i] = index >= 0 && _peers.IsOurs(_map[index].Source);
            if (_content.Known[i])
            {
                _content.Take(i, _map[index]);
            }
        }

        return TileCodec.TryWrite(ref writer, _content);
    }

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
}
