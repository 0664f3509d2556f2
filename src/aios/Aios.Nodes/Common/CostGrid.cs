using System.Runtime.InteropServices;
using Aios.Mission;
using Aios.Numerics;
using Aios.Planning;
using nav_msgs.msg;

namespace Aios.Nodes;

/// <summary>
/// A node's copy of the newest <c>traversability</c> grid, with other rovers drawn into it as obstacles and, on request,
/// the ground the rover itself has driven over opened.
/// </summary>
public sealed class CostGrid
{
    private const double TrailStep = 0.1;
    private const double TrailRadius = 0.3;
    private readonly GridGeometry _geometry;
    private readonly byte[] _ground;
    private readonly byte[] _cost;
    private readonly bool[] _outside;
    private readonly ZoneGrid? _zones;
    private readonly bool[] _driven;
    private readonly List<int> _trail = [];
    private Vector2d _trailEnd = new(double.NaN, double.NaN);

    /// <param name="geometry">The grid that is expected; other grids are refused.</param>
    /// <param name="fence">Ground outside counts as too near an obstacle.</param>
    /// <param name="zones">Ground that is closed beside; null: none.</param>
    public CostGrid(GridGeometry geometry, AreaBounds fence, ZoneGrid? zones = null)
    {
        _geometry = geometry;
        _zones = zones;
        _outside = new bool[geometry.CellCount];
        for (var row = 0; row < geometry.Height; row++)
        {
            for (var col = 0; col < geometry.Width; col++)
            {
                _outside[geometry.Index(col, row)] = !fence.Contains(geometry.CenterX(col), geometry.CenterY(row));
            }
        }

        _driven = new bool[geometry.CellCount];
        _ground = new byte[geometry.CellCount];
        _cost = new byte[geometry.CellCount];
        Array.Fill(_ground, GridCost.Unknown);
        Array.Fill(_cost, GridCost.Unknown);
    }

    /// <summary>The grid on which a rover plans and drives: fence and zones with their clearance.</summary>
    public static CostGrid ForPlanning(RoverConfiguration configuration)
    {
        var geometry = MapGeometry.Of(configuration.Area);
        return new CostGrid(
            geometry, configuration.PlanningArea, new ZoneGrid(geometry, configuration.Zones, ZoneSpec.PlanningClearance));
    }

    /// <summary>Takes the zones that the rover may enter; they open with the next grid.</summary>
    public void Permit(ulong zones) => _zones?.Permit(zones);

    /// <summary>The grid.</summary>
    public GridGeometry Geometry => _geometry;

    /// <summary>Row-major cost bytes, rovers included. See <see cref="GridCost"/>.</summary>
    public ReadOnlySpan<byte> Cost => _cost;

    /// <summary>The same bytes, to keep; they change with the next grid or drawing.</summary>
    public ReadOnlyMemory<byte> Memory => _cost;

    /// <summary>True once a grid was taken.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Takes a grid.</summary>
    /// <returns>False for a grid of another shape; the one before stays.</returns>
    public bool TryTake(OccupancyGrid message)
    {
        if (message.Info.Width != _geometry.Width || message.Info.Height != _geometry.Height
            || message.Data.Count != _ground.Length
            || !(Math.Abs(message.Info.Resolution - _geometry.Resolution) < 1e-6))
        {
            return false;
        }

        MemoryMarshal.Cast<sbyte, byte>(CollectionsMarshal.AsSpan(message.Data)).CopyTo(_ground);
        for (var i = 0; i < _ground.Length; i++)
        {
            _ground[i] = _outside[i] && _ground[i] < GridCost.Inscribed ? GridCost.Inscribed : _ground[i];
        }

        _zones?.Close(_ground);
        _ground.CopyTo(_cost, 0);
        IsKnown = true;
        return true;
    }

    /// <summary>Remembers where the rover drove, see <see cref="Draw"/>.</summary>
    /// <param name="position">Where it is, m.</param>
    /// <param name="onlyOpen">Only ground that the map holds passable now: what closes later stays open, what was closed
    /// does not open by being driven at.</param>
    public void Trace(Vector2d position, bool onlyOpen = false)
    {
        if (position.DistanceTo(_trailEnd) < TrailStep)
        {
            return;
        }

        _trailEnd = position;
        foreach (var index in Disc(position, TrailRadius))
        {
            if (!_driven[index] && !(onlyOpen && _ground[index] is GridCost.Inscribed or GridCost.Lethal))
            {
                _driven[index] = true;
                _trail.Add(index);
            }
        }
    }

    /// <summary>Draws the other rovers anew.</summary>
    /// <param name="peers">Where they are, m.</param>
    /// <param name="radius">Within this distance of one the ground counts as too near an obstacle, m.</param>
    /// <param name="openTrail">Whether ground the rover drove over is passable, at the highest price, whatever the map says
    /// of it now: the way back out of a place that closed behind it.</param>
    public void Draw(ReadOnlySpan<Vector2d> peers, double radius, bool openTrail = false)
    {
        _ground.CopyTo(_cost, 0);
        foreach (var index in openTrail ? CollectionsMarshal.AsSpan(_trail) : default)
        {
            _cost[index] = Math.Min(_cost[index], GridCost.MaxFree);
        }

        foreach (var peer in peers)
        {
            DrawDisc(peer, radius);
        }
    }

    private void DrawDisc(Vector2d centre, double radius)
    {
        foreach (var index in Disc(centre, radius))
        {
            if (_cost[index] < GridCost.Inscribed)
            {
                _cost[index] = GridCost.Inscribed;
            }
        }
    }

    private IEnumerable<int> Disc(Vector2d centre, double radius)
    {
        var cells = (int)Math.Ceiling(radius / _geometry.Resolution);
        if (!_geometry.TryCell(centre.X, centre.Y, out var centreCol, out var centreRow))
        {
            yield break;
        }

        for (var row = Math.Max(0, centreRow - cells); row <= Math.Min(_geometry.Height - 1, centreRow + cells); row++)
        {
            for (var col = Math.Max(0, centreCol - cells); col <= Math.Min(_geometry.Width - 1, centreCol + cells); col++)
            {
                var dx = (col - centreCol) * _geometry.Resolution;
                var dy = (row - centreRow) * _geometry.Resolution;
                if ((dx * dx) + (dy * dy) <= radius * radius)
                {
                    yield return _geometry.Index(col, row);
                }
            }
        }
    }
}
