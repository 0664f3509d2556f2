namespace Aios.Perception;

/// <summary>What the covariance of a <see cref="PlanarEkf"/> says of the pose.</summary>
internal static class PoseCovariance
{
    private const int Side = 6;
    private const double TiltVariance = 1e-4;

    /// <summary>Writes the pose covariance as geometry_msgs/PoseWithCovariance wants it.</summary>
    /// <param name="filter">Covariance of the filter's state, row-major.</param>
    /// <param name="anchorVariance">Variance of the ground the pose is anchored to, added to x and y, m².</param>
    /// <param name="covariance">36 values, row-major over x, y, z, roll, pitch, yaw.</param>
    public static void Write(ReadOnlySpan<double> filter, double anchorVariance, Span<double> covariance)
    {
        const int RollIndex = 3, PitchIndex = 4;
        ReadOnlySpan<int> to = [0, 1, 2, 5];
        covariance[..(Side * Side)].Clear();
        for (int i = 0; i < to.Length; i++)
        {
            for (int j = 0; j < to.Length; j++)
            {
                covariance[(to[i] * Side) + to[j]] = filter[(i * PlanarEkf.Size) + j];
            }
        }

        covariance[0] += anchorVariance;
        covariance[Side + 1] += anchorVariance;
        covariance[(RollIndex * Side) + RollIndex] = TiltVariance;
        covariance[(PitchIndex * Side) + PitchIndex] = TiltVariance;
    }

    /// <summary>Standard deviation of the position along the direction in which it is known least, m.</summary>
    /// <param name="filter">Covariance of the filter's state, row-major.</param>
    /// <param name="anchorVariance">Variance of the ground the pose is anchored to, m².</param>
    public static double PositionSigma(ReadOnlySpan<double> filter, double anchorVariance)
    {
        double a = filter[(PlanarEkf.X * PlanarEkf.Size) + PlanarEkf.X];
        double c = filter[(PlanarEkf.Y * PlanarEkf.Size) + PlanarEkf.Y];
        double b = filter[(PlanarEkf.X * PlanarEkf.Size) + PlanarEkf.Y];
        double half = 0.5 * (a - c);
        return Math.Sqrt((0.5 * (a + c)) + Math.Sqrt((half * half) + (b * b)) + anchorVariance);
    }
}
