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
    /// <summary>Least-squares plane over the window of half side <paramref name="half"/> around a cell.</summary>
    public static GroundPatch Fit(ReadOnlySpan<ElevationCell> cells, int width, int height, int col, int row, int half, float resolution)
    {
        int left = Math.Max(col - half, 0), right = Math.Min(col + half, width - 1);
        int bottom = Math.Max(row - half, 0), top = Math.Min(row + half, height - 1);
        int n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
        float sz = 0, sxz = 0, syz = 0, szz = 0, reference = 0;
        for (int r = bottom; r <= top; r++)
        {
            int dy = r - row;
            ReadOnlySpan<ElevationCell> line = cells.Slice((r * width) + left, right - left + 1);
            for (int i = 0; i < line.Length; i++)
            {
                ref readonly ElevationCell cell = ref line[i];
                if (!cell.IsKnown)
                {
                    continue;
                }

                int dx = left + i - col;
                reference = n == 0 ? cell.Elevation : reference;
                float z = cell.Elevation - reference;
                n++;
                sx += dx;
                sy += dy;
                sxx += dx * dx;
                sxy += dx * dy;
                syy += dy * dy;
                sz += z;
                sxz += dx * z;
                syz += dy * z;
                szz += z * z;
            }
        }

        return n < 3
            ? new GroundPatch(n, false, reference, 0, 0, 0)
            : Solve(n, sx, sy, sxx, sxy, syy, sz, sxz, syz, szz, reference, resolution);
    }

    private static GroundPatch Solve(
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
