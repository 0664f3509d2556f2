namespace Aios.Numerics;

/// <summary>
/// Growing and shrinking of marked cells by an exact disc: cells whose centres are at most the radius
/// apart. Holds its scratch; repeated calls on rasters of one size allocate nothing. Not thread-safe.
/// </summary>
public sealed class Morphology
{
    private readonly DistanceTransform _transform = new();
    private Grid<bool>? _complement;

    /// <summary>Marks every cell within the radius (m) of a marked one. The result may be the source.</summary>
    public void Dilate(Grid<bool> source, double radiusM, Grid<bool> result)
    {
        double limit = SquaredCells(source.Geometry, radiusM);
        ReadOnlySpan<double> squared = _transform.ComputeSquaredCells(source);
        for (int i = 0; i < squared.Length; i++)
        {
            result[i] = squared[i] <= limit;
        }
    }

    /// <summary>Keeps marked cells farther than the radius (m) from every unmarked one; beyond the raster counts as marked.</summary>
    public void Erode(Grid<bool> source, double radiusM, Grid<bool> result)
    {
        if (_complement is null || _complement.Geometry != source.Geometry)
        {
            _complement = new Grid<bool>(source.Geometry);
        }

        for (int i = 0; i < source.Geometry.CellCount; i++)
        {
            _complement[i] = !source[i];
        }

        double limit = SquaredCells(source.Geometry, radiusM);
        ReadOnlySpan<double> squared = _transform.ComputeSquaredCells(_complement);
        for (int i = 0; i < squared.Length; i++)
        {
            result[i] = squared[i] > limit;
        }
    }

    /// <summary>Erode, then dilate: removes what the disc does not fit into. The result may be the source.</summary>
    public void Open(Grid<bool> source, double radiusM, Grid<bool> result)
    {
        Erode(source, radiusM, result);
        Dilate(result, radiusM, result);
    }

    /// <summary>Dilate, then erode: fills gaps the disc does not fit into. The result may be the source.</summary>
    public void Close(Grid<bool> source, double radiusM, Grid<bool> result)
    {
        Dilate(source, radiusM, result);
        Erode(result, radiusM, result);
    }

    /// <summary>A little above the square, so that a radius of a whole number of cells includes the last one.</summary>
    private static double SquaredCells(GridGeometry geometry, double radiusM)
    {
        double cells = radiusM / geometry.Resolution;
        return cells * cells * (1.0 + 1e-12);
    }
}
