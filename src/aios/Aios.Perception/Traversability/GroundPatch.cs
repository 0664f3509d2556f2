namespace Aios.Perception;

/// <summary>Plane fitted to the known cells of a square window, and how far the ground departs from it.</summary>
/// <param name="Known">Known cells in the window.</param>
/// <param name="IsBalanced">False when the known cells lie to one side of the centre or in a line, so that the plane
/// would be extrapolated.</param>
/// <param name="Height">Height of the plane at the centre, m.</param>
/// <param name="GradientX">Slope of the plane along x, m/m.</param>
/// <param name="GradientY">Slope of the plane along y, m/m.</param>
/// <param name="Roughness">Standard deviation of the heights about the plane, m.</param>
internal readonly record struct GroundPatch(
    int Known, bool IsBalanced, float Height, float GradientX, float GradientY, float Roughness)
{
    /// <summary>Tangent of the plane's slope.</summary>
    public float Gradient => (float)Math.Sqrt((GradientX * GradientX) + (GradientY * GradientY));

    /// <summary>Least-squares plane from the moments of the known cells, offsets counted in cells from the centre.</summary>
    public static GroundPatch Solve(
        int n, int sx, int sy, int sxx, int sxy, int syy, float sz, float sxz, float syz, float szz, float reference, float resolution)
    {
        // Centred sums; in cells, so the determinant is a small exact number.
        float mx = (float)sx / n, my = (float)sy / n, mz = sz / n;
        float cxx = sxx - (mx * sx), cxy = sxy - (mx * sy), cyy = syy - (my * sy);
        float cxz = sxz - (mx * sz), cyz = syz - (my * sz), czz = szz - (mz * sz);
        float determinant = (cxx * cyy) - (cxy * cxy);
        const float MaxOffsetCells = 0.75f;
        if (!(determinant > 0.05f * n * n))
        {
            return new GroundPatch(n, false, mz + reference, 0, 0, (float)Math.Sqrt(Math.Max(czz / n, 0)));
        }

        float a = ((cxz * cyy) - (cyz * cxy)) / determinant;
        float b = ((cyz * cxx) - (cxz * cxy)) / determinant;
        float residual = Math.Max(czz - (a * cxz) - (b * cyz), 0) / n;
        bool balanced = Math.Abs(mx) <= MaxOffsetCells && Math.Abs(my) <= MaxOffsetCells;
        float atCentre = mz - (a * mx) - (b * my) + reference;
        return new GroundPatch(n, balanced, atCentre, a / resolution, b / resolution, (float)Math.Sqrt(residual));
    }
}
