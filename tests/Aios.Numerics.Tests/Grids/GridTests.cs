namespace Aios.Numerics.Tests;

public sealed class GridTests
{
    private static readonly GridGeometry Sample = new(4, 3, 0.5, -1.0, 2.0);

    [Theory]
    [InlineData(-1.0, 2.0, true, 0, 0)]
    [InlineData(-0.5, 2.0, true, 1, 0)]
    [InlineData(0.99, 3.49, true, 3, 2)]
    [InlineData(1.0, 2.0, false, -1, -1)]
    [InlineData(0.0, 3.5, false, -1, -1)]
    [InlineData(-1.0001, 2.0, false, -1, -1)]
    [InlineData(double.NaN, 2.0, false, -1, -1)]
    [InlineData(0.0, double.PositiveInfinity, false, -1, -1)]
    public void TryCell_EdgesAndOutside_LowerEdgesInclusive(double x, double y, bool inside, int col, int row)
    {
        Assert.Equal(inside, Sample.TryCell(x, y, out int actualCol, out int actualRow));
        Assert.Equal((col, row), (actualCol, actualRow));
        Assert.Equal(inside, Sample.Contains(x, y));
    }

    [Fact]
    public void Centers_EveryCell_LieInTheirCell()
    {
        for (int i = 0; i < Sample.CellCount; i++)
        {
            Vector2d centre = Sample.Center(i);
            Assert.True(Sample.TryCell(centre.X, centre.Y, out int col, out int row));
            Assert.Equal(i, Sample.Index(col, row));
            Assert.Equal((Sample.Col(i), Sample.Row(i)), (col, row));
        }
    }

    [Fact]
    public void Covering_FractionalSize_RoundsUp()
    {
        GridGeometry geometry = GridGeometry.Covering(0.0, 0.0, 1.1, 0.9, 0.5);
        Assert.Equal((3, 2), (geometry.Width, geometry.Height));
    }

    [Fact]
    public void CellUnbounded_Outside_CountsOn()
    {
        Sample.CellUnbounded(-1.6, 4.1, out int col, out int row);
        Assert.Equal((-2, 4), (col, row));
    }

    [Fact]
    public void Grid_FillAndIndexers_ShareOneArray()
    {
        var grid = new Grid<float>(Sample, 7.0f);
        Assert.All(grid.Cells.ToArray(), v => Assert.Equal(7.0f, v));
        grid[2, 1] = 3.0f;
        Assert.Equal(3.0f, grid[Sample.Index(2, 1)]);
        Assert.Equal(3.0f, grid.Row(1)[2]);
        Grid<float> copy = grid.Clone();
        copy[2, 1] = 9.0f;
        Assert.Equal(3.0f, grid[2, 1]);
        grid.CopyFrom(copy);
        Assert.Equal(9.0f, grid[2, 1]);
    }

    [Theory]
    [InlineData(-1, 3, 1.0)]
    [InlineData(3, -1, 1.0)]
    [InlineData(3, 3, 0.0)]
    [InlineData(3, 3, double.NaN)]
    public void Grid_ImpossibleGeometry_Throws(int width, int height, double resolution) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Grid<int>(new GridGeometry(width, height, resolution, 0, 0)));

    [Fact]
    public void Bilinear_LinearFunction_Exact()
    {
        var grid = new Grid<double>(Sample);
        for (int i = 0; i < Sample.CellCount; i++)
        {
            Vector2d c = Sample.Center(i);
            grid[i] = (2.0 * c.X) - c.Y;
        }

        Assert.Equal((2.0 * 0.1) - 2.6, GridInterpolation.Bilinear(grid, 0.1, 2.6), 1e-14);
        Assert.Equal((2.0 * 0.75) - 3.25, GridInterpolation.Bilinear(grid, 0.75, 3.25), 1e-14);
        Assert.True(double.IsNaN(GridInterpolation.Bilinear(grid, 0.76, 3.0)));
        Assert.True(double.IsNaN(GridInterpolation.Bilinear(grid, double.NaN, 3.0)));
    }

    [Fact]
    public void Bilinear_NaNNeighbour_CountsOnlyWithWeight()
    {
        var grid = new Grid<float>(new GridGeometry(2, 2, 1.0, 0, 0), 1.0f);
        grid[1, 1] = float.NaN;
        Assert.True(double.IsNaN(GridInterpolation.Bilinear(grid, 1.0, 1.0)));
        Assert.Equal(1.0, GridInterpolation.Bilinear(grid, 1.0, 0.5));
    }

    [Fact]
    public void CellsBetween_RandomSegments_EveryCellTouchedAndConnected()
    {
        SeededRandom random = new(21);
        var geometry = new GridGeometry(50, 50, 0.2, -5.0, -5.0);
        for (int i = 0; i < 500; i++)
        {
            var a = new Vector2d(random.NextDouble(-5, 5), random.NextDouble(-5, 5));
            var b = new Vector2d(random.NextDouble(-5, 5), random.NextDouble(-5, 5));
            List<(int Col, int Row)> cells = [];
            foreach ((int Col, int Row) cell in GridLine.CellsBetween(geometry, a, b))
            {
                cells.Add(cell);
            }

            geometry.CellUnbounded(a.X, a.Y, out int col, out int row);
            Assert.Equal((col, row), cells[0]);
            geometry.CellUnbounded(b.X, b.Y, out col, out row);
            Assert.Equal((col, row), cells[^1]);
            for (int k = 1; k < cells.Count; k++)
            {
                Assert.Equal(1, Math.Abs(cells[k].Col - cells[k - 1].Col) + Math.Abs(cells[k].Row - cells[k - 1].Row));
            }

            var found = cells.ToHashSet();
            for (double t = 0.0; t <= 1.0; t += 0.001)
            {
                Vector2d p = a + (t * (b - a));
                geometry.CellUnbounded(p.X, p.Y, out col, out row);
                Assert.Contains((col, row), found);
            }
        }
    }

    [Theory]
    [InlineData(0.5, 0.5, 0.5, 0.5, 1)]
    [InlineData(0.5, 0.5, 3.5, 0.5, 4)]
    [InlineData(0.5, 3.5, 0.5, 0.5, 4)]
    [InlineData(0.5, 0.5, 2.5, 2.5, 5)]
    [InlineData(double.NaN, 0.5, 2.5, 2.5, 0)]
    public void CellsBetween_SpecialSegments_CountOfCells(double ax, double ay, double bx, double by, int count)
    {
        int actual = 0;
        foreach ((int _, int _) in GridLine.CellsBetween(new GridGeometry(4, 4, 1.0, 0, 0), new Vector2d(ax, ay), new Vector2d(bx, by)))
        {
            actual++;
        }

        Assert.Equal(count, actual);
    }

    [Theory]
    [InlineData(0, 0, 5, 2)]
    [InlineData(3, 7, -2, 7)]
    [InlineData(0, 0, -3, -9)]
    [InlineData(4, 4, 4, 4)]
    public void Bresenham_AnySlope_OneCellPerStepOfTheLongerAxis(int c0, int r0, int c1, int r1)
    {
        List<(int Col, int Row)> cells = [];
        foreach ((int Col, int Row) cell in GridLine.CellsBetween(c0, r0, c1, r1))
        {
            cells.Add(cell);
        }

        Assert.Equal(Math.Max(Math.Abs(c1 - c0), Math.Abs(r1 - r0)) + 1, cells.Count);
        Assert.Equal((c0, r0), cells[0]);
        Assert.Equal((c1, r1), cells[^1]);
        double length = Math.Sqrt(((c1 - c0) * (c1 - c0)) + ((r1 - r0) * (r1 - r0)));
        foreach ((int col, int row) in cells)
        {
            double offLine = length == 0.0 ? 0.0 : Math.Abs(((col - c0) * (r1 - r0)) - ((row - r0) * (c1 - c0))) / length;
            Assert.InRange(offLine, 0.0, 0.71);
        }
    }
}
