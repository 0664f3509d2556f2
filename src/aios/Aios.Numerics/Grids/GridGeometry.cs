namespace Aios.Numerics;

/// <summary>
/// A raster of square cells, row-major as nav_msgs/OccupancyGrid: index = row·Width + col, col grows with
/// +x, row with +y.
/// </summary>
/// <param name="Width">Cells along x, at least 0.</param>
/// <param name="Height">Cells along y, at least 0.</param>
/// <param name="Resolution">Edge of a cell, m, above 0.</param>
/// <param name="OriginX">x of the lower-left CORNER of cell (0, 0), m.</param>
/// <param name="OriginY">y of that corner, m.</param>
public readonly record struct GridGeometry(int Width, int Height, double Resolution, double OriginX, double OriginY)
{
    public int CellCount => Width * Height;

    public double SizeX => Width * Resolution;

    public double SizeY => Height * Resolution;

    /// <summary>The smallest raster of whole cells with this resolution that covers the rectangle, from its lower-left corner on.</summary>
    public static GridGeometry Covering(double minX, double minY, double maxX, double maxY, double resolution) =>
        new((int)Math.Ceiling((maxX - minX) / resolution), (int)Math.Ceiling((maxY - minY) / resolution), resolution, minX, minY);

    /// <summary>The cell that holds the point; its lower and left edges belong to it. False outside and for NaN; col and row are then −1.</summary>
    public bool TryCell(double x, double y, out int col, out int row)
    {
        double u = (x - OriginX) / Resolution, v = (y - OriginY) / Resolution;
        if (!(u >= 0.0 && u < Width && v >= 0.0 && v < Height))
        {
            col = -1;
            row = -1;
            return false;
        }

        col = (int)u;
        row = (int)v;
        return true;
    }

    /// <summary>The cell that would hold the point if the raster had no bounds; for finite coordinates within ±2^31 cells.</summary>
    public void CellUnbounded(double x, double y, out int col, out int row)
    {
        col = (int)Math.Floor((x - OriginX) / Resolution);
        row = (int)Math.Floor((y - OriginY) / Resolution);
    }

    public bool Contains(double x, double y) => TryCell(x, y, out _, out _);

    public bool ContainsCell(int col, int row) => (uint)col < (uint)Width && (uint)row < (uint)Height;

    /// <summary>Not checked: col and row must lie inside.</summary>
    public int Index(int col, int row) => (row * Width) + col;

    public int Col(int index) => index % Width;

    public int Row(int index) => index / Width;

    public double CenterX(int col) => OriginX + ((col + 0.5) * Resolution);

    public double CenterY(int row) => OriginY + ((row + 0.5) * Resolution);

    public Vector2d Center(int index) => new(CenterX(Col(index)), CenterY(Row(index)));
}
