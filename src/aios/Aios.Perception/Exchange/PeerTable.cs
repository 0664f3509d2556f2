namespace Aios.Perception;

/// <summary>The peers of a map exchange, in order of registration.</summary>
internal sealed class PeerTable(string self, int capacity)
{
    private readonly List<MapPeer> _peers = [];

    public int Count => _peers.Count;

    public MapPeer this[int index] => _peers[index];

    public MapPeer? Find(string name)
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

    /// <summary>The peer of a name; null for no name, for this rover's own and when the table is full.</summary>
    public MapPeer? FindOrAdd(string name)
    {
        if (string.IsNullOrEmpty(name) || string.Equals(name, self, StringComparison.Ordinal))
        {
            return null;
        }

        MapPeer? peer = Find(name);
        if (peer is null && _peers.Count < capacity)
        {
            peer = new MapPeer(name, MapDeltaFormat.PeerId(name), (byte)(_peers.Count + ElevationCell.SourceSelf + 1));
            _peers.Add(peer);
        }

        return peer;
    }

    /// <summary>Whether anybody acknowledges.</summary>
    public bool HasLive => _peers.Exists(peer => peer.IsLive);

    /// <summary>Up to which number every live peer has a log that ends at <paramref name="head"/>.</summary>
    public ulong Slowest(ulong head)
    {
        ulong slowest = head;
        foreach (MapPeer peer in _peers)
        {
            if (peer.IsLive && peer.Acknowledged < slowest)
            {
                slowest = peer.Acknowledged;
            }
        }

        return slowest;
    }

    /// <summary>Whether cells of a source are sent as this rover's own.</summary>
    public bool IsOurs(byte source) =>
        source == ElevationCell.SourceSelf
        || (source > ElevationCell.SourceSelf && _peers[source - ElevationCell.SourceSelf - 1].IsAdopted);
}
