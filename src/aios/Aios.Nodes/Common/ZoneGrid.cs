using Aios.Mission;
using Aios.Numerics;
using Aios.Planning;

namespace Aios.Nodes;

/// <summary>The cells of a cost grid that a mission's zones close to a rover. Not thread-safe.</summary>
public sealed class ZoneGrid
{
    /// <summary>Width of the ground around a closed zone that costs more the nearer it is, m: who plans keeps off its sides, and
    /// who follows has room at its corners.</summary>
    private const double Shoulder = 1.0;
    private readonly List<(int Cell, int Zone, byte Cost)> _cells = [];
    private readonly ulong _hazards;
    private ulong _permits;

    /// <param name="geometry">The grid.</param>
    /// <param name="zones">The zones.</param>
    /// <param name="clearance">How far around a zone the ground is closed to the rover's centre, m.</param>
    public ZoneGrid(GridGeometry geometry, ZoneSet zones, double clearance)
    {
        ArgumentNullException.ThrowIfNull(zones);
        _hazards = zones.Hazards;
        for (var cell = 0; zones.All.Count > 0 && cell < geometry.CellCount; cell++)
        {
            var (row, col) = Math.DivRem(cell, geometry.Width);
            for (var zone = 0; zone < zones.All.Count; zone++)
            {
                var outside = -zones.All[zone].Area.SignedDistance(geometry.CenterX(col), geometry.CenterY(row)) - clearance;
                if (outside < Shoulder)
                {
                    var price = (byte)(GridCost.MaxFree * (1 - (Math.Max(0, outside) / Shoulder)));
                    _cells.Add((cell, zone, outside < 0 ? GridCost.Inscribed : price));
                }
            }
        }
    }

    /// <summary>Takes the rover's permits, one bit per zone; those of keep-outs count for nothing.</summary>
    public void Permit(ulong permits) => _permits = permits & _hazards;

    /// <summary>
    /// Closes the cells of zones that the rover may not enter: too near an obstacle, known or not. What nobody may enter
    /// nobody needs to see.
    /// </summary>
    public void Close(Span<byte> cost)
    {
        foreach (var (cell, zone, price) in _cells)
        {
            var isKnown = cost[cell] != GridCost.Unknown;
            if (((_permits >> zone) & 1) == 0 && (isKnown ? cost[cell] < price : price == GridCost.Inscribed))
            {
                cost[cell] = price;
            }
        }
    }
}
