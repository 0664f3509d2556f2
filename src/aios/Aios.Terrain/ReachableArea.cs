using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>Ground truth of where a rover can go, for scoring and for judging worlds; never for a node.</summary>
public static class ReachableArea
{
    /// <summary>Cells a footprint circle reaches from the start by steps between edge neighbours, over cells it can stand on.</summary>
    /// <param name="surface">The world.</param>
    /// <param name="limits">Footprint, slope and step.</param>
    /// <param name="start">Where the rover starts, m; outside the raster, or where it cannot stand, nothing is reached.</param>
    /// <param name="geometry">Raster of the result.</param>
    public static Grid<bool> Compute(PlanetSurface surface, MobilityLimits limits, Vector2d start, GridGeometry geometry)
    {
        Grid<bool> free = Standable(surface, limits, geometry);
        var reached = new Grid<bool>(geometry);
        if (!geometry.TryCell(start.X, start.Y, out int col, out int row) || !free[col, row])
        {
            return reached;
        }

        var open = new Stack<int>();
        Visit(free, reached, open, col, row);
        while (open.TryPop(out int index))
        {
            col = geometry.Col(index);
            row = geometry.Row(index);
            Visit(free, reached, open, col - 1, row);
            Visit(free, reached, open, col + 1, row);
            Visit(free, reached, open, col, row - 1);
            Visit(free, reached, open, col, row + 1);
        }

        return reached;
    }

    /// <summary>
    /// Cells on whose centre the footprint circle can stand: inside the ground, the plane under it not
    /// steeper than allowed, and no rock in it higher than the step above the ground at the rock's centre.
    /// </summary>
    public static Grid<bool> Standable(PlanetSurface surface, MobilityLimits limits, GridGeometry geometry)
    {
        var free = new Grid<bool>(geometry);
        double limit = DetMath.Tan(limits.MaxSlopeRad);
        for (int row = 0; row < geometry.Height; row++)
        {
            for (int col = 0; col < geometry.Width; col++)
            {
                double x = geometry.CenterX(col), y = geometry.CenterY(row);
                free[col, row] = surface.Ground.Contains(x, y)
                    && FootprintPlane.Fit(surface.Ground, x, y, limits.RobotRadiusM).SlopeTangent <= limit;
            }
        }

        foreach (Rock rock in surface.Rocks.Rocks)
        {
            if (rock.TopZ - surface.Ground.Height(rock.X, rock.Y) > limits.MaxStepM)
            {
                BlockAround(free, rock, limits.RobotRadiusM + rock.Radius);
            }
        }

        return free;
    }

    private static void BlockAround(Grid<bool> free, Rock rock, double radius)
    {
        GridGeometry geometry = free.Geometry;
        geometry.CellUnbounded(rock.X - radius, rock.Y - radius, out int firstCol, out int firstRow);
        geometry.CellUnbounded(rock.X + radius, rock.Y + radius, out int lastCol, out int lastRow);
        for (int row = Math.Max(firstRow, 0); row <= Math.Min(lastRow, geometry.Height - 1); row++)
        {
            for (int col = Math.Max(firstCol, 0); col <= Math.Min(lastCol, geometry.Width - 1); col++)
            {
                double dx = geometry.CenterX(col) - rock.X, dy = geometry.CenterY(row) - rock.Y;
                if ((dx * dx) + (dy * dy) < radius * radius)
                {
                    free[col, row] = false;
                }
            }
        }
    }

    private static void Visit(Grid<bool> free, Grid<bool> reached, Stack<int> open, int col, int row)
    {
        GridGeometry geometry = free.Geometry;
        if (geometry.ContainsCell(col, row) && free[col, row] && !reached[col, row])
        {
            reached[col, row] = true;
            open.Push(geometry.Index(col, row));
        }
    }
}
