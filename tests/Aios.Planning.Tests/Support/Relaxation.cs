using Aios.Numerics;

namespace Aios.Planning.Tests.Support;

/// <summary>What a planner's cost is to be, found by relaxing every step until nothing changes.</summary>
internal static class Relaxation
{
    /// <summary>Bellman and Ford: relax every edge until nothing changes.</summary>
    public static double[] Travel(GridGeometry grid, byte[] cost, int start, double weight, float[] heights, double slip)
    {
        double[] travel = new double[cost.Length];
        Array.Fill(travel, double.PositiveInfinity);
        travel[start] = 0;
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int cell = 0; cell < cost.Length; cell++)
            {
                changed |= double.IsFinite(travel[cell]) && RelaxAround(grid, cost, heights, cell, weight, slip, travel);
            }
        }

        return travel;
    }

    private static bool RelaxAround(GridGeometry grid, byte[] cost, float[] heights, int cell, double weight, double slip, double[] travel)
    {
        bool changed = false;
        int col = grid.Col(cell), row = grid.Row(cell);
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                if (!IsFree(grid, cost, col + dx, row + dy) || !IsFree(grid, cost, col + dx, row) || !IsFree(grid, cost, col, row + dy))
                {
                    continue;
                }

                int other = grid.Index(col + dx, row + dy);
                double mean = 0.5 * (Turns(grid, cost, heights, cell, dx, dy, weight, slip) + Turns(grid, cost, heights, other, dx, dy, weight, slip));
                double length = grid.Resolution * Math.Sqrt((dx * dx) + (dy * dy));
                if (travel[cell] + (mean * length) < travel[other] - 1e-12)
                {
                    travel[other] = travel[cell] + (mean * length);
                    changed = true;
                }
            }
        }

        return changed;
    }

    /// <summary>Price of a metre in a cell towards a neighbour: the ground's, by what of it is lost uphill.</summary>
    private static double Turns(GridGeometry grid, byte[] cost, float[] heights, int cell, int dx, int dy, double weight, double slip)
    {
        double price = 1 + (weight * cost[cell] / GridCost.MaxFree);
        if (heights.Length == 0 || (dx == 0 && dy == 0))
        {
            return price;
        }

        int col = grid.Col(cell), row = grid.Row(cell);
        float Height(int c, int r) => grid.ContainsCell(c, r) ? heights[grid.Index(c, r)] : float.NaN;
        double acrossX = Height(col + 2, row) - Height(col - 2, row), acrossY = Height(col, row + 2) - Height(col, row - 2);
        double rise = ((double.IsNaN(acrossX) ? 0 : acrossX * dx) + (double.IsNaN(acrossY) ? 0 : acrossY * dy)) / (4 * grid.Resolution);
        double grade = rise / Math.Sqrt((dx * dx) + (dy * dy));
        return grade <= 0 ? price : price / (1 - Math.Min(0.75, slip * grade * grade));
    }

    private static bool IsFree(GridGeometry grid, byte[] cost, int col, int row) =>
        grid.ContainsCell(col, row) && cost[grid.Index(col, row)] <= GridCost.MaxFree;
}
