namespace Aios.Numerics;

/// <summary>
/// Exact Euclidean distance to the nearest marked cell, in time linear in the number of cells
/// (Felzenszwalb and Huttenlocher, Theory of Computing 8(19), 2012). Holds its scratch, so repeated calls
/// on rasters of one size allocate nothing. Not thread-safe.
/// </summary>
public sealed class DistanceTransform
{
    /// <summary>Stands for "no marked cell in this column": larger than any squared distance within 2^25 cells.</summary>
    private const double Far = 1e15;

    private double[] _line = [];
    private double[] _boundary = [];
    private int[] _site = [];
    private double[] _squared = [];

    /// <summary>
    /// Distances between cell centres, in metres; 0 on marked cells, positive infinity everywhere if there
    /// is none.
    /// </summary>
    /// <param name="marked">Cells to measure from.</param>
    /// <param name="distances">Same width and height; overwritten.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void Compute(Grid<bool> marked, Grid<float> distances)
    {
        ReadOnlySpan<double> squared = ComputeSquaredCells(marked);
        if (distances.Width != marked.Width || distances.Height != marked.Height)
        {
            throw new ArgumentException("the rasters differ in size", nameof(distances));
        }

        double resolution = marked.Geometry.Resolution;
        for (int i = 0; i < squared.Length; i++)
        {
            distances[i] = squared[i] >= Far ? float.PositiveInfinity : (float)(Math.Sqrt(squared[i]) * resolution);
        }
    }

    /// <summary>Squared distances in cells (whole numbers, 10^15 or more without any marked cell); valid until the next call.</summary>
    public ReadOnlySpan<double> ComputeSquaredCells(Grid<bool> marked)
    {
        int width = marked.Width, height = marked.Height, longest = Math.Max(width, height);
        if (_squared.Length < width * height || _line.Length < longest)
        {
            _squared = new double[width * height];
            _line = new double[longest];
            _boundary = new double[longest + 1];
            _site = new int[longest];
        }

        Span<double> squared = _squared.AsSpan(0, width * height);
        ColumnDistances(marked, squared);
        for (int row = 0; row < height; row++)
        {
            LowerEnvelope(squared.Slice(row * width, width));
        }

        return squared;
    }

    /// <summary>Within each column: a sweep up and one down.</summary>
    private static void ColumnDistances(Grid<bool> marked, Span<double> squared)
    {
        int width = marked.Width, height = marked.Height;
        ReadOnlySpan<bool> cells = marked.Cells;
        for (int col = 0; col < width; col++)
        {
            double distance = Far;
            for (int row = 0; row < height; row++)
            {
                distance = cells[(row * width) + col] ? 0.0 : distance + 1.0;
                squared[(row * width) + col] = distance;
            }

            distance = Far;
            for (int row = height - 1; row >= 0; row--)
            {
                ref double cell = ref squared[(row * width) + col];
                distance = cell == 0.0 ? 0.0 : distance + 1.0;
                double nearer = Math.Min(cell, distance);
                cell = nearer >= Far ? Far : nearer * nearer;
            }
        }
    }

    /// <summary>Along a row: the lower envelope of one parabola per column.</summary>
    private void LowerEnvelope(Span<double> row)
    {
        int count = row.Length, top = 0;
        Span<double> line = _line.AsSpan(0, count);
        row.CopyTo(line);
        _site[0] = 0;
        _boundary[0] = double.NegativeInfinity;
        _boundary[1] = double.PositiveInfinity;
        for (int q = 1; q < count; q++)
        {
            double crossing = Crossing(line, q, _site[top]);
            while (crossing <= _boundary[top])
            {
                top--;
                crossing = Crossing(line, q, _site[top]);
            }

            top++;
            _site[top] = q;
            _boundary[top] = crossing;
            _boundary[top + 1] = double.PositiveInfinity;
        }

        int k = 0;
        for (int q = 0; q < count; q++)
        {
            while (_boundary[k + 1] < q)
            {
                k++;
            }

            double dx = q - _site[k];
            row[q] = (dx * dx) + line[_site[k]];
        }
    }

    private static double Crossing(ReadOnlySpan<double> line, int q, int site) =>
        (line[q] + ((double)q * q) - (line[site] + ((double)site * site))) / (2.0 * (q - site));
}
