namespace Aios.Terrain;

/// <summary>Which rocks stand in which cell of the ground.</summary>
internal static class RockCells
{
    /// <summary>
    /// Rocks of cell i (named by the index of its lower-left vertex) are rocks[start[i] … start[i + 1] − 1], in the
    /// field's order. Rocks outside the ground belong to no cell.
    /// </summary>
    public static (int[] Start, int[] Rocks) Assign(HeightField ground, RockField rocks)
    {
        var start = new int[ground.Geometry.CellCount + 1];
        for (int i = 0; i < rocks.Count; i++)
        {
            ForEachCell(ground, rocks[i], cell => start[cell + 1]++);
        }

        for (int cell = 0; cell < ground.Geometry.CellCount; cell++)
        {
            start[cell + 1] += start[cell];
        }

        var next = (int[])start.Clone();
        var assigned = new int[start[^1]];
        for (int i = 0; i < rocks.Count; i++)
        {
            int rock = i;
            ForEachCell(ground, rocks[i], cell => assigned[next[cell]++] = rock);
        }

        return (start, assigned);
    }

    /// <summary>Cells that the base circle touches, and those a rounding error away.</summary>
    private static void ForEachCell(HeightField ground, in Rock rock, Action<int> action)
    {
        int cellsX = ground.Geometry.Width - 1, cellsY = ground.Geometry.Height - 1;
        double radius = (rock.Radius / ground.Spacing) + 1e-9;
        double x = (rock.X - ground.MinX) / ground.Spacing, y = (rock.Y - ground.MinY) / ground.Spacing;
        int firstCol = (int)Math.Max(0.0, Math.Floor(x - radius)), lastCol = (int)Math.Min(cellsX - 1.0, Math.Floor(x + radius));
        int firstRow = (int)Math.Max(0.0, Math.Floor(y - radius)), lastRow = (int)Math.Min(cellsY - 1.0, Math.Floor(y + radius));
        for (int row = firstRow; row <= lastRow; row++)
        {
            for (int col = firstCol; col <= lastCol; col++)
            {
                double dx = x - Math.Clamp(x, col, col + 1), dy = y - Math.Clamp(y, row, row + 1);
                if ((dx * dx) + (dy * dy) <= radius * radius)
                {
                    action((row * ground.Geometry.Width) + col);
                }
            }
        }
    }
}
