using Aios.Numerics;

namespace Aios.Perception;

/// <summary>Merges peers' tiles into the map, and keeps their heights in line with ours.</summary>
internal sealed class TileMerger
{
    /// <summary>Own cells with fewer hits give way to a peer's surer ones.</summary>
    private const int FirmHits = 3;

    /// <summary>Cells steeper or rougher than this say little about an offset, m.</summary>
    private const float SmoothStepM = 0.05f;

    /// <summary>How much newer another peer's word must be to replace a surer one, tenths of a second.</summary>
    private const int MuchNewerDs = 300;

    private readonly ElevationMap _map;
    private readonly MapTiles _tiles;
    private readonly MapExchangeOptions _options;
    private readonly float[] _differences = new float[MapTiles.CellsPerTile];

    public TileMerger(ElevationMap map, MapTiles tiles, MapExchangeOptions options)
    {
        _map = map;
        _tiles = tiles;
        _options = options;
    }

    public void Merge(TileContent content, MapPeer peer, ref int changed, ref int fresh)
    {
        int overlap = 0;
        for (int i = 0; i < MapTiles.CellsPerTile; i++)
        {
            int index = content.Known[i] ? _tiles.CellIndex(content.Tile, i) : -1;
            if (index < 0)
            {
                continue;
            }

            ref readonly ElevationCell own = ref _map[index];
            if (own.Source == ElevationCell.SourceSelf && own.Hits >= FirmHits && own.Step < SmoothStepM
                && content.Above[i] < SmoothStepM && content.Below[i] < SmoothStepM)
            {
                _differences[overlap++] = content.Elevation[i] - own.Elevation;
            }

            if (Yields(own, content, i, peer.Source))
            {
                fresh += own.IsKnown ? 0 : 1;
                changed++;
                _map.Write(index, CellFrom(content, i, peer), announce: peer.IsAdopted);
            }
        }

        if (overlap >= _options.MinOverlapCells)
        {
            Span<float> differences = _differences.AsSpan(0, overlap);
            differences.Sort();
            peer.Compare(differences[overlap / 2]);
        }
    }

    /// <summary>Moves all cells of a peer when its offset has become known better.</summary>
    public void ShiftIfNeeded(MapPeer peer)
    {
        double shift = peer.Offset - peer.AppliedOffset;
        if (!(Math.Abs(shift) >= _options.OffsetStepM))
        {
            return;
        }

        float down = (float)shift;
        for (int index = 0; index < _map.Geometry.CellCount; index++)
        {
            if (_map[index].Source == peer.Source)
            {
                ElevationCell cell = _map[index];
                cell.Elevation -= down;
                cell.Lower -= down;
                cell.Upper -= down;
                _map.Write(index, cell, announce: false);
            }
        }

        peer.AppliedOffset = peer.Offset;
    }

    private static bool Yields(in ElevationCell own, TileContent content, int i, byte source)
    {
        if (!own.IsKnown)
        {
            return true;
        }

        if (own.Source == ElevationCell.SourceSelf)
        {
            return own.Hits < FirmHits && content.Variance[i] < own.Variance && content.ObservedDs > own.ObservedDs;
        }

        if (own.Source == source)
        {
            return content.ObservedDs >= own.ObservedDs;
        }

        return content.Variance[i] < own.Variance
            || (content.Variance[i] == own.Variance && content.ObservedDs > own.ObservedDs + MuchNewerDs);
    }

    private static ElevationCell CellFrom(TileContent content, int i, MapPeer peer)
    {
        float height = content.Elevation[i] - (float)peer.AppliedOffset;
        return new ElevationCell
        {
            Elevation = height,
            Variance = content.Variance[i],
            Lower = height - content.Below[i],
            Upper = height + content.Above[i],
            ObservedDs = content.ObservedDs,
            Hits = FirmHits,
            Source = peer.Source,
        };
    }
}
