using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Nodes;
using Aios.Numerics;
using Aios.Perception;
using Aios.Sim;

namespace Aios.Cli.Missions;

/// <summary>The ground as the rovers told it: mission control's copy of the map that they exchange.</summary>
internal sealed class FleetMap
{
    private readonly ElevationMap _map;
    private readonly MapExchange _exchange;
    private int _knownAtSnapshot = -1;
    private Grid<float>? _snapshot;

    /// <param name="geometry">The fleet's grid.</param>
    public FleetMap(GridGeometry geometry)
    {
        _map = new ElevationMap(geometry);
        _exchange = new MapExchange(_map, "mission_control");
        SeenAt = new float[geometry.CellCount];
        Array.Fill(SeenAt, float.NaN);
    }

    /// <summary>The grid.</summary>
    public GridGeometry Geometry => _map.Geometry;

    /// <summary>When each cell was first marked as known, s of mission time; NaN while unknown.</summary>
    public float[] SeenAt { get; }

    /// <summary>Takes what a rover tells.</summary>
    public void Apply(MapDelta message) => _exchange.Apply(
        message.Rover, CollectionsMarshal.AsSpan(message.Data), NodeTime.ToNanoseconds(message.Header.Stamp));

    /// <summary>Marks all known cells in a scorer of the same grid.</summary>
    /// <param name="scorer">Counts them.</param>
    /// <param name="time">Mission time, s.</param>
    public void MarkKnown(CoverageScorer scorer, double time)
    {
        var cells = _map.Cells;
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i].IsKnown)
            {
                scorer.MarkKnown(i);
                SeenAt[i] = float.IsNaN(SeenAt[i]) ? (float)time : SeenAt[i];
            }
        }
    }

    /// <summary>Elevation, m, row-major, NaN where unknown; the rovers' maps are brought to one level, which takes some milliseconds.</summary>
    public float[] LevelElevation() => HeightLevels.Elevation(_map.Geometry, _map.Cells);

    /// <summary>The elevation as the rovers tell it, as a grid of its own, made anew only when more is known; null before anything is.</summary>
    public Grid<float>? Snapshot()
    {
        if (_map.KnownCells != _knownAtSnapshot && _map.KnownCells > 0)
        {
            _knownAtSnapshot = _map.KnownCells;
            _snapshot = new Grid<float>(_map.Geometry, float.NaN);
            var cells = _map.Cells;
            for (var i = 0; i < cells.Length; i++)
            {
                _snapshot[i] = cells[i].IsKnown ? cells[i].Elevation : float.NaN;
            }
        }

        return _snapshot;
    }
}
