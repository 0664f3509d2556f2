using Aios.Numerics;

namespace Aios.Perception.Tests;

public sealed class HeightLevelsTests
{
    private static readonly GridGeometry Geometry = new(60, 40, 0.2, 0, 0);

    [Fact]
    public void Elevation_MapsOfThreeRoversOnASlope_HaveNoStepBetweenThem()
    {
        double[] lies = [0, 0.00, 0.08, -0.05]; // by source
        var cells = Cells((col, _) => (byte)(1 + (col / 20)), (_, row, source) => (0.01 * row) + lies[source]);

        var elevation = HeightLevels.Elevation(Geometry, cells);

        for (var row = 0; row < Geometry.Height; row++)
        {
            Assert.InRange(elevation[Geometry.Index(20, row)] - elevation[Geometry.Index(19, row)], -0.004, 0.004);
            Assert.InRange(elevation[Geometry.Index(40, row)] - elevation[Geometry.Index(39, row)], -0.004, 0.004);
        }
    }

    [Fact]
    public void Elevation_DriftOfARoverOnItsWay_IsSpreadAndNotCutOff()
    {
        var cells = Cells((_, row) => (byte)(row < 20 ? 1 : 2), (col, _, source) => source == 2 ? 0.001 * col : 0); // 6 cm over the map

        var elevation = HeightLevels.Elevation(Geometry, cells);

        for (var col = 0; col < Geometry.Width; col++)
        {
            Assert.InRange(elevation[Geometry.Index(col, 20)] - elevation[Geometry.Index(col, 19)], -0.015, 0.015);
        }
    }

    [Fact]
    public void Elevation_ARockOnTheSeam_StaysARock()
    {
        var cells = Cells(
            (col, _) => (byte)(col < 30 ? 1 : 2),
            (col, row, source) => (source == 2 ? 0.06 : 0) + (col is 29 or 30 && row < 6 ? 0.5 * (col - 29) : 0));

        var elevation = HeightLevels.Elevation(Geometry, cells);

        Assert.InRange(elevation[Geometry.Index(30, 3)] - elevation[Geometry.Index(29, 3)], 0.49, 0.51);
        Assert.InRange(elevation[Geometry.Index(30, 30)] - elevation[Geometry.Index(29, 30)], -0.004, 0.004);
    }

    [Fact]
    public void Elevation_OfOneRover_IsItsOwn_AndUnknownStaysUnknown()
    {
        var cells = Cells((col, _) => (byte)(col < 20 ? 1 : 0), (col, row, _) => 0.1 * (col + row));

        var elevation = HeightLevels.Elevation(Geometry, cells);

        Assert.Equal(cells.Select(cell => cell.IsKnown ? cell.Elevation : float.NaN), elevation);
    }

    private static ElevationCell[] Cells(Func<int, int, byte> source, Func<int, int, byte, double> height)
    {
        var cells = new ElevationCell[Geometry.CellCount];
        for (var i = 0; i < cells.Length; i++)
        {
            var (row, col) = Math.DivRem(i, Geometry.Width);
            var from = source(col, row);
            cells[i] = new ElevationCell { Source = from, Elevation = (float)height(col, row, from) };
        }

        return cells;
    }
}
