namespace Aios.Perception;

/// <summary>From the normal equations of a scan match to the covariance of what it measured.</summary>
internal static class MatchInformation
{
    private const int Unknowns = 6;
    private const int Kept = 4;
    private static readonly int[] KeptIndex = [0, 1, 2, 5];

    /// <summary>Marginalises the tilt, inflates, inverts.</summary>
    /// <param name="information">6 × 6 normal matrix, lower triangle filled, order x y z tiltX tiltY yaw.</param>
    /// <param name="tiltInformation">Prior information on each tilt, 1/rad².</param>
    /// <param name="inflation">Factor on the variance for correlated residuals.</param>
    /// <param name="observableSigmaM">Standard deviation below which a direction counts as observed, m.</param>
    /// <param name="covariance">4 × 4, order x y z yaw.</param>
    /// <returns>False when no horizontal direction is observed.</returns>
    public static bool TryMarginalise(
        ReadOnlySpan<double> information, double tiltInformation, double inflation, double observableSigmaM, Span<double> covariance)
    {
        double txx = At(information, 3, 3) + tiltInformation, tyy = At(information, 4, 4) + tiltInformation;
        double txy = At(information, 4, 3);
        double determinant = (txx * tyy) - (txy * txy);
        Span<double> reduced = stackalloc double[Kept * Kept];
        for (int i = 0; i < Kept; i++)
        {
            double ix = At(information, KeptIndex[i], 3), iy = At(information, KeptIndex[i], 4);
            for (int j = 0; j < Kept; j++)
            {
                double jx = At(information, KeptIndex[j], 3), jy = At(information, KeptIndex[j], 4);
                double lost = ((ix * ((tyy * jx) - (txy * jy))) + (iy * ((txx * jy) - (txy * jx)))) / determinant;
                reduced[(i * Kept) + j] = (At(information, KeptIndex[i], KeptIndex[j]) - lost) / inflation;
            }
        }

        // A ridge far weaker than anything useful keeps unobserved directions invertible: 10 m, 1 rad.
        ReadOnlySpan<double> ridge = [0.01, 0.01, 0.01, 1.0];
        for (int i = 0; i < Kept; i++)
        {
            reduced[(i * Kept) + i] += ridge[i];
        }

        if (!SymmetricMatrix.TryInvert(reduced, Kept, covariance))
        {
            return false;
        }

        double a = covariance[0], c = covariance[Kept + 1], b = covariance[1];
        double smallest = (0.5 * (a + c)) - Math.Sqrt((0.25 * (a - c) * (a - c)) + (b * b));
        return smallest <= observableSigmaM * observableSigmaM;
    }

    /// <summary>Variances of the two tilts, everything else marginalised.</summary>
    /// <returns>False when the normal matrix, with its weak ridge, is singular.</returns>
    public static bool TryTiltVariance(
        ReadOnlySpan<double> information, double tiltInformation, double inflation, out double varianceX, out double varianceY)
    {
        Span<double> full = stackalloc double[Unknowns * Unknowns];
        ReadOnlySpan<double> ridge = [0.01, 0.01, 0.01, tiltInformation, tiltInformation, 1.0];
        for (int i = 0; i < Unknowns; i++)
        {
            for (int j = 0; j < Unknowns; j++)
            {
                full[(i * Unknowns) + j] = At(information, i, j);
            }

            full[(i * Unknowns) + i] += ridge[i];
        }

        bool regular = SymmetricMatrix.TryInvert(full, Unknowns, full);
        varianceX = regular ? inflation * full[(3 * Unknowns) + 3] : double.PositiveInfinity;
        varianceY = regular ? inflation * full[(4 * Unknowns) + 4] : double.PositiveInfinity;
        return regular;
    }

    private static double At(ReadOnlySpan<double> lower, int row, int col) =>
        row >= col ? lower[(row * Unknowns) + col] : lower[(col * Unknowns) + row];
}
