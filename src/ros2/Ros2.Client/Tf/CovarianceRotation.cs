namespace ROS2;

/// <summary>Rotates the covariance of a pose: with R the rotation in both diagonal blocks of J, J C Jᵀ.</summary>
internal static class CovarianceRotation
{
    private const int Size = 6;

    /// <summary>Rotates 36 values, row by row.</summary>
    public static void Rotate(ReadOnlySpan<double> covariance, in RigidTransform by, Span<double> result)
    {
        Span<double> turned = stackalloc double[Size * Size];
        for (int row = 0; row < Size; row++)
        {
            for (int block = 0; block < Size; block += 3)
            {
                RotateTriple(covariance, (row * Size) + block, 1, by, turned);
            }
        }

        for (int column = 0; column < Size; column++)
        {
            for (int block = 0; block < Size; block += 3)
            {
                RotateTriple(turned, (block * Size) + column, Size, by, result);
            }
        }
    }

    private static void RotateTriple(ReadOnlySpan<double> from, int at, int stride, in RigidTransform by, Span<double> to) =>
        (to[at], to[at + stride], to[at + (2 * stride)]) = by.Rotate(from[at], from[at + stride], from[at + (2 * stride)]);
}
