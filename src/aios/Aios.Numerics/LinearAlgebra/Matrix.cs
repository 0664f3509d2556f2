namespace Aios.Numerics;

/// <summary>
/// Dense matrices in spans, row-major: element (i, j) of an r × c matrix is at i·c + j. Made for filters of
/// a handful of states: nothing allocates, sums run in index order, results have the same bits everywhere.
/// Spans that are too short throw; a result may not overlap an operand unless said otherwise.
/// </summary>
public static class Matrix
{
    /// <summary>c = a·b: (rows × inner)·(inner × cols).</summary>
    public static void Multiply(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int cols)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < cols; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < inner; k++)
                {
                    sum += a[(i * inner) + k] * b[(k * cols) + j];
                }

                c[(i * cols) + j] = sum;
            }
        }
    }

    /// <summary>c = a·bᵀ: (rows × inner)·(cols × inner)ᵀ.</summary>
    public static void MultiplyTransposed(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int cols)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < cols; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < inner; k++)
                {
                    sum += a[(i * inner) + k] * b[(j * inner) + k];
                }

                c[(i * cols) + j] = sum;
            }
        }
    }

    /// <summary>y = a·x for a rows × cols.</summary>
    public static void MultiplyVector(ReadOnlySpan<double> a, ReadOnlySpan<double> x, Span<double> y, int rows, int cols) =>
        Multiply(a, x, y, rows, cols, 1);

    /// <summary>result = f·p·fᵀ for f rows × n and p n × n: how a covariance goes through a Jacobian.</summary>
    /// <param name="f">Jacobian, rows × n.</param>
    /// <param name="p">Covariance, n × n.</param>
    /// <param name="result">rows × rows; may be <paramref name="p"/> itself if rows = n.</param>
    /// <param name="scratch">rows × n numbers, overwritten.</param>
    /// <param name="rows">Rows of f.</param>
    /// <param name="n">Columns of f.</param>
    public static void Propagate(
        ReadOnlySpan<double> f, ReadOnlySpan<double> p, Span<double> result, Span<double> scratch, int rows, int n)
    {
        Multiply(f, p, scratch, rows, n, n);
        MultiplyTransposed(scratch, f, result, rows, n, rows);
    }

    /// <summary>t = aᵀ for a rows × cols.</summary>
    public static void Transpose(ReadOnlySpan<double> a, Span<double> t, int rows, int cols)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < cols; j++)
            {
                t[(j * rows) + i] = a[(i * cols) + j];
            }
        }
    }

    /// <summary>Fills an n × n matrix with zeros and the value on its diagonal.</summary>
    public static void SetDiagonal(Span<double> a, int n, double value)
    {
        a[..(n * n)].Clear();
        for (int i = 0; i < n; i++)
        {
            a[(i * n) + i] = value;
        }
    }

    /// <summary>Replaces an n × n matrix by its symmetric part: rounding lets covariances drift from symmetry.</summary>
    public static void Symmetrize(Span<double> a, int n)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double mean = 0.5 * (a[(i * n) + j] + a[(j * n) + i]);
                a[(i * n) + j] = mean;
                a[(j * n) + i] = mean;
            }
        }
    }

    /// <summary>
    /// Replaces the lower triangle of a symmetric n × n matrix by its Cholesky factor L, a = L·Lᵀ; the upper
    /// triangle is neither read nor written.
    /// </summary>
    /// <returns>False if the matrix is not positive definite or holds NaN; the contents are then useless.</returns>
    public static bool Cholesky(Span<double> a, int n)
    {
        for (int j = 0; j < n; j++)
        {
            double pivot = a[(j * n) + j];
            for (int k = 0; k < j; k++)
            {
                pivot -= a[(j * n) + k] * a[(j * n) + k];
            }

            if (!(pivot > 0.0 && pivot <= double.MaxValue))
            {
                return false;
            }

            double diagonal = Math.Sqrt(pivot);
            a[(j * n) + j] = diagonal;
            for (int i = j + 1; i < n; i++)
            {
                double sum = a[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= a[(i * n) + k] * a[(j * n) + k];
                }

                a[(i * n) + j] = sum / diagonal;
            }
        }

        return true;
    }

    /// <summary>Solves L·Lᵀ·x = b in place: b holds n × columns right-hand sides, row-major, and gets the solutions.</summary>
    public static void CholeskySolve(ReadOnlySpan<double> l, Span<double> b, int n, int columns = 1)
    {
        for (int c = 0; c < columns; c++)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = b[(i * columns) + c];
                for (int k = 0; k < i; k++)
                {
                    sum -= l[(i * n) + k] * b[(k * columns) + c];
                }

                b[(i * columns) + c] = sum / l[(i * n) + i];
            }

            for (int i = n - 1; i >= 0; i--)
            {
                double sum = b[(i * columns) + c];
                for (int k = i + 1; k < n; k++)
                {
                    sum -= l[(k * n) + i] * b[(k * columns) + c];
                }

                b[(i * columns) + c] = sum / l[(i * n) + i];
            }
        }
    }

    /// <summary>Solves a·x = b for symmetric positive definite a; a is overwritten by its factor, b by x.</summary>
    /// <returns>False if a is not positive definite; b is then unchanged.</returns>
    public static bool SolvePositiveDefinite(Span<double> a, Span<double> b, int n, int columns = 1)
    {
        if (!Cholesky(a, n))
        {
            return false;
        }

        CholeskySolve(a, b, n, columns);
        return true;
    }

    /// <summary>inverse = a⁻¹ for symmetric positive definite a, which is overwritten by its factor.</summary>
    /// <returns>False if a is not positive definite; the inverse is then useless.</returns>
    public static bool InvertPositiveDefinite(Span<double> a, Span<double> inverse, int n)
    {
        SetDiagonal(inverse, n, 1.0);
        return SolvePositiveDefinite(a, inverse, n, n);
    }
}
