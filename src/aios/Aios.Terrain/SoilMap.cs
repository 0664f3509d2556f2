using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>Kind of soil by cell. Immutable; any thread may read it.</summary>
public sealed class SoilMap
{
    private readonly Grid<SoilKind> _kinds;

    /// <param name="kinds">Taken over, not copied.</param>
    public SoilMap(Grid<SoilKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        _kinds = kinds;
    }

    public GridGeometry Geometry => _kinds.Geometry;

    /// <summary>The same soil everywhere.</summary>
    public static SoilMap Uniform(SoilKind kind) => new(new Grid<SoilKind>(new GridGeometry(1, 1, 1.0, 0.0, 0.0), kind));

    /// <summary>Kind at a point; outside the map that of the nearest cell.</summary>
    public SoilKind KindAt(double x, double y)
    {
        GridGeometry g = _kinds.Geometry;
        int col = (int)Math.Clamp((x - g.OriginX) / g.Resolution, 0.0, g.Width - 1);
        int row = (int)Math.Clamp((y - g.OriginY) / g.Resolution, 0.0, g.Height - 1);
        return _kinds[col, row];
    }
}
