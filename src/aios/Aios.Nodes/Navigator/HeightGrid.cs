using aios_interfaces.msg;
using Aios.Numerics;
using Aios.Planning;
using grid_map_msgs.msg;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// The newest <c>elevation_map</c>'s heights, row by row as <see cref="GridGeometry"/> counts cells, and what they cost to
/// climb by what the localiser has learnt of the soil (<c>slip</c>).
/// </summary>
internal sealed class HeightGrid
{
    private readonly GridGeometry _geometry;
    private readonly float[] _heights;
    private GridMap? _fresh;
    private bool _isKnown;
    private double _slip;

    /// <summary>Sets up the subscription on <paramref name="node"/>.</summary>
    /// <param name="node">Whose.</param>
    /// <param name="geometry">The grid that is expected; other grids are refused.</param>
    public HeightGrid(Node node, GridGeometry geometry)
    {
        _geometry = geometry;
        _heights = new float[geometry.CellCount];
        node.CreateSubscription<GridMap>(Topics.ElevationMap, OnMap, QosProfile.KeepLast(1));
        node.CreateSubscription<Slip>(Topics.Slip, message => _slip = message.Climb);
    }

    /// <summary>What climbing costs on this ground, as far as the rover has learnt it.</summary>
    public ClimbPrice Climbs => new(Values, _slip);

    /// <summary>Row-major heights, m, NaN where unknown; empty before the first map.</summary>
    public ReadOnlySpan<float> Values
    {
        get
        {
            if (_fresh is { } map)
            {
                Copy(map);
            }

            return _isKnown ? _heights : default;
        }
    }

    private void OnMap(GridMap message) =>
        _fresh = message.Data.Count > 0 && message.Data[0].Data.Count == _geometry.CellCount ? message : _fresh;

    private void Copy(GridMap map)
    {
        var heights = map.Data[0].Data;
        for (var row = 0; row < _geometry.Height; row++)
        {
            for (var col = 0; col < _geometry.Width; col++)
            {
                _heights[_geometry.Index(col, row)] = heights[GridMapCells.IndexOf(_geometry, col, row)];
            }
        }

        (_fresh, _isKnown) = (null, true);
    }
}
