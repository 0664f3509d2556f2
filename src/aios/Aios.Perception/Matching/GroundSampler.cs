using Aios.Numerics;

namespace Aios.Perception;

/// <summary>Ground of an elevation map below a point.</summary>
internal readonly record struct GroundSample(
    double Height, double GradientX, double GradientY, double Variance, double AnchorVariance);

/// <summary>Bilinear reading of an elevation map between cell centres, with its exact gradient.</summary>
internal static class GroundSampler
{
    /// <summary>Reads height and gradient; false where one of the four cells is unknown, new, a peer's or a rock.</summary>
    public static bool TrySample(ElevationMap map, double x, double y, int minHits, double maxStepM, out GroundSample sample)
    {
        GridGeometry g = map.Geometry;
        double u = ((x - g.OriginX) / g.Resolution) - 0.5, v = ((y - g.OriginY) / g.Resolution) - 0.5;
        if (!(u >= 0 && u < g.Width - 1 && v >= 0 && v < g.Height - 1))
        {
            sample = default;
            return false;
        }

        int col = (int)u, row = (int)v;
        ReadOnlySpan<ElevationCell> lower = map.Cells.Slice(g.Index(col, row), 2);
        ReadOnlySpan<ElevationCell> upper = map.Cells.Slice(g.Index(col, row + 1), 2);
        if (!IsGround(lower[0], minHits, maxStepM) || !IsGround(lower[1], minHits, maxStepM)
            || !IsGround(upper[0], minHits, maxStepM) || !IsGround(upper[1], minHits, maxStepM))
        {
            sample = default;
            return false;
        }

        double fx = u - col, fy = v - row;
        double h00 = lower[0].Elevation, h10 = lower[1].Elevation, h01 = upper[0].Elevation, h11 = upper[1].Elevation;
        double bottom = h00 + (fx * (h10 - h00)), top = h01 + (fx * (h11 - h01));
        double gradientX = (((1 - fy) * (h10 - h00)) + (fy * (h11 - h01))) / g.Resolution;
        double variance = 0.25 * (lower[0].Variance + lower[1].Variance + upper[0].Variance + upper[1].Variance);
        sample = new GroundSample(
            bottom + (fy * (top - bottom)), gradientX, (top - bottom) / g.Resolution, variance, map.AnchorVariance(col, row));
        return true;
    }

    private static bool IsGround(in ElevationCell cell, int minHits, double maxStepM) =>
        cell.Source == ElevationCell.SourceSelf && cell.Hits >= minHits && cell.Step <= maxStepM;
}
