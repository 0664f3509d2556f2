namespace Aios.Perception;

/// <summary>Cholesky factorisation, solution and inverse of small symmetric positive-definite matrices.</summary>
internal static class SymmetricMatrix
{
    private const int MaxSize = 8;

    /// <summary>Inverse by Cholesky factorisation.</summary>
    /// <param name="matrix">Row-major n × n, symmetric.</param>
    /// <param name="n">Size, at most 8.</param>
    /// <param name="inverse">Row-major n × n; may be the matrix itself.</param>
    /// <returns>False when the matrix is not positive definite or not finite.</returns>
    public static bool TryInvert(ReadOnlySpan<double> matrix, int n, Span<double> inverse)
    {
        Span<double> factor = stackalloc double[MaxSize * MaxSize];
        if (!TryFactor(matrix, n, factor))
        {
            return false;
        }

        Span<double> column = stackalloc double[MaxSize];
        for (int j = 0; j < n; j++)
        {
            column.Clear();
            column[j] = 1;
            SolveFactored(factor, n, column);
            for (int i = 0; i < n; i++)
            {
                inverse[(i * n) + j] = column[i];
            }
        }

        return true;
    }

    /// <summary>Solves matrix · x = right side, in place.</summary>
    /// <returns>False, <paramref name="x"/> untouched, when the matrix is not positive definite.</returns>
    public static bool TrySolve(ReadOnlySpan<double> matrix, int n, Span<double> x)
    {
        Span<double> factor = stackalloc double[MaxSize * MaxSize];
        if (!TryFactor(matrix, n, factor))
        {
            return false;
        }

        SolveFactored(factor, n, x);
        return true;
    }

    private static bool TryFactor(ReadOnlySpan<double> matrix, int n, Span<double> factor)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[(i * n) + k] * factor[(j * n) + k];
                }

                if (i != j)
                {
                    factor[(i * n) + j] = sum / factor[(j * n) + j];
                }
                else if (sum > 0 && double.IsFinite(sum))
                {
                    factor[(i * n) + i] = Math.Sqrt(sum);
                }
                else
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void SolveFactored(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            double sum = x[i];
            for (int k = 0; k < i; k++)
            {
                sum -= factor[(i * n) + k] * x[k];
            }

            x[i] = sum / factor[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int k = i + 1; k < n; k++)
            {
                sum -= factor[(k * n) + i] * x[k];
            }

            x[i] = sum / factor[(i * n) + i];
        }
    }
}
