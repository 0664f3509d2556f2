using Aios.Numerics;

namespace Aios.Perception;

/// <summary>The step at a cell of an elevation map.</summary>
internal static class StepHeight
{
    /// <summary>
    /// How far a cell's upper surface stands above the lowest surface of its eight neighbours, once the local plane is
    /// taken off, m; only neighbours of the same source count.
    /// </summary>
    /// <param name="map">The map.</param>
    /// <param name="col">Column of a known cell.</param>
    /// <param name="row">Row of the cell.</param>
    /// <param name="patch">Plane through the cell's window.</param>
    /// <param name="options">What is taken off for the uncertainty of the two heights.</param>
    public static float Of(ElevationMap map, int col, int row, in GroundPatch patch, TraversabilityOptions options)
    {
        GridGeometry geometry = map.Geometry;
        float resolution = (float)geometry.Resolution;
        ref readonly ElevationCell centre = ref map[geometry.Index(col, row)];
        float upper = Math.Max(centre.Upper, centre.Elevation);
        float lowest = Math.Min(centre.Lower, centre.Elevation);
        float variance = centre.Variance;
        int x1 = Math.Min(col + 1, geometry.Width - 1), y1 = Math.Min(row + 1, geometry.Height - 1);
        for (int r = Math.Max(row - 1, 0); r <= y1; r++)
        {
            for (int c = Math.Max(col - 1, 0); c <= x1; c++)
            {
                ref readonly ElevationCell cell = ref map[geometry.Index(c, r)];
                if (cell.Source != centre.Source)
                {
                    continue;
                }

                float plane = ((patch.GradientX * (c - col)) + (patch.GradientY * (r - row))) * resolution;
                float low = Math.Min(cell.Lower, cell.Elevation) - plane;
                if (low < lowest)
                {
                    lowest = low;
                    variance = centre.Variance + cell.Variance;
                }
            }
        }

        float discount = (float)Math.Min(options.StepConfidenceSigmas * Math.Sqrt(variance), options.MaxStepDiscountM);
        float step = upper - lowest - discount;
        return Math.Max(step, 0);
    }
}
