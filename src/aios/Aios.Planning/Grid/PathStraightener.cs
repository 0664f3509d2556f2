using Aios.Numerics;

namespace Aios.Planning;

/// <summary>Replaces stretches of a cell path by straight lines that cost no more.</summary>
internal static class PathStraightener
{
    /// <summary>Straightens in place.</summary>
    /// <param name="prices">Prices of the query.</param>
    /// <param name="cells">Cells of the path in order; the kept ones are moved to the front.</param>
    /// <param name="travel">Cost to come of each cell, in cells.</param>
    /// <param name="fallbackPrice">Price of a start cell that could not be entered again.</param>
    /// <param name="slack">Share by which a line may cost more than the stretch it replaces.</param>
    /// <returns>Number of cells kept; first and last always are.</returns>
    public static int Straighten(in CellPrices prices, Span<int> cells, double[] travel, double fallbackPrice, double slack)
    {
        int kept = 1, anchor = 0;
        while (anchor < cells.Length - 1)
        {
            int reach = FarthestVisible(prices, cells, travel, anchor, fallbackPrice, slack);
            cells[kept++] = cells[reach];
            anchor = reach;
        }

        return Math.Min(kept, cells.Length);
    }

    /// <summary>Gallops ahead while the line stays affordable, then bisects: few line checks for long stretches.</summary>
    private static int FarthestVisible(
        in CellPrices prices, ReadOnlySpan<int> cells, double[] travel, int anchor, double fallbackPrice, double slack)
    {
        int good = anchor + 1, stride = 2;
        int bad = cells.Length;
        while (good < cells.Length - 1)
        {
            int next = Math.Min(good + stride, cells.Length - 1);
            if (!IsAffordable(prices, cells[anchor], cells[next], travel, fallbackPrice, slack))
            {
                bad = next;
                break;
            }

            good = next;
            stride *= 2;
        }

        while (bad - good > 1)
        {
            int middle = (good + bad) / 2;
            if (middle < cells.Length && IsAffordable(prices, cells[anchor], cells[middle], travel, fallbackPrice, slack))
            {
                good = middle;
            }
            else
            {
                bad = middle;
            }
        }

        return good;
    }

    private static bool IsAffordable(
        in CellPrices prices, int from, int to, double[] travel, double fallbackPrice, double slack)
    {
        double budget = (travel[to] - travel[from]) * (1 + slack);
        return LineCost(prices, from, to, budget, fallbackPrice) <= budget;
    }

    /// <summary>Cost of the straight line between two cell centres over every cell it touches; infinite when one of
    /// them may not be entered. A line through a corner needs both cells beside it, as a diagonal step does.</summary>
    private static double LineCost(in CellPrices prices, int from, int to, double budget, double fallbackPrice)
    {
        int width = prices.Geometry.Width;
        int col = from % width, row = from / width;
        int endCol = to % width, endRow = to / width;
        int dx = Math.Abs(endCol - col), dy = Math.Abs(endRow - row);
        int sx = endCol >= col ? 1 : -1, sy = endRow >= row ? 1 : -1;
        double length = Math.Sqrt(((double)dx * dx) + ((double)dy * dy));
        var towards = new Vector2d((endCol - col) / length, (endRow - row) / length);
        double price = prices.At(col, row);
        price = (double.IsFinite(price) ? price : fallbackPrice) * prices.Climb(col, row, towards);

        // Parameters of the next crossing of a vertical and a horizontal cell edge, times 2·dx·dy to stay integer.
        long nextX = dy, nextY = dx;
        long now = 0, end = 2L * dx * dy;
        if (dx == 0 || dy == 0)
        {
            return AxisCost(prices, col, row, endCol, endRow, sx, sy, towards, price);
        }

        double cost = 0, perUnit = length / end;
        while ((col != endCol || row != endRow) && cost <= budget)
        {
            long next = Math.Min(nextX, nextY);
            cost += price * ((next - now) * perUnit);
            now = next;
            bool corner = nextX == nextY;
            if (corner && !(double.IsFinite(prices.At(col + sx, row)) && double.IsFinite(prices.At(col, row + sy))))
            {
                return double.PositiveInfinity;
            }

            bool alongX = nextX <= nextY, alongY = nextY <= nextX;
            if (alongX)
            {
                col += sx;
                nextX += 2L * dy;
            }

            if (alongY)
            {
                row += sy;
                nextY += 2L * dx;
            }

            price = prices.At(col, row) * prices.Climb(col, row, towards);
            if (!double.IsFinite(price))
            {
                return double.PositiveInfinity;
            }
        }

        return cost + (price * ((end - now) * perUnit));
    }

    private static double AxisCost(
        in CellPrices prices, int col, int row, int endCol, int endRow, int sx, int sy, Vector2d towards, double price)
    {
        double cost = 0;
        while (col != endCol || row != endRow)
        {
            col += col != endCol ? sx : 0;
            row += row != endRow ? sy : 0;
            double next = prices.At(col, row) * prices.Climb(col, row, towards);
            cost += 0.5 * (price + next);
            price = next;
        }

        return cost;
    }
}
