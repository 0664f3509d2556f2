namespace Aios.Numerics;

/// <summary>Eigenvalues and eigenvectors of small symmetric matrices, by cyclic Jacobi rotations (Golub and Van Loan, "Matrix Computations", 8.5).</summary>
public static class SymmetricEigen
{
    private const int MaxSweeps = 32;

    /// <summary>a·v_k = λ_k·v_k with λ₀ ≤ λ₁ ≤ … . Allocates nothing.</summary>
    /// <param name="a">n × n, row-major, symmetric (only the mean of a_ij and a_ji counts); destroyed.</param>
    /// <param name="values">n eigenvalues, ascending.</param>
    /// <param name="vectors">n × n; eigenvector k is ROW k, of unit length, its largest component positive.</param>
    /// <param name="n">Order, 1 … 8 or so; effort grows as n³.</param>
    /// <returns>False if a number is not finite or the rotations do not converge; the results are then useless.</returns>
    public static bool Decompose(Span<double> a, Span<double> values, Span<double> vectors, int n)
    {
        Matrix.Symmetrize(a, n);
        Matrix.SetDiagonal(vectors, n, 1.0);
        double norm = 0.0;
        for (int i = 0; i < n * n; i++)
        {
            norm += a[i] * a[i];
        }

        if (!(norm <= double.MaxValue))
        {
            return false;
        }

        bool converged = false;
        for (int sweep = 0; sweep < MaxSweeps && !converged; sweep++)
        {
            converged = OffDiagonal(a, n) <= norm * 1e-32;
            for (int p = 0; p < n - 1 && !converged; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Rotate(a, vectors, n, p, q);
                }
            }
        }

        SortAscending(a, values, vectors, n);
        return converged;
    }

    private static double OffDiagonal(ReadOnlySpan<double> a, int n)
    {
        double sum = 0.0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                sum += i == j ? 0.0 : a[(i * n) + j] * a[(i * n) + j];
            }
        }

        return sum;
    }

    /// <summary>Turns the p-q plane by the smaller angle that makes a_pq zero.</summary>
    private static void Rotate(Span<double> a, Span<double> vectors, int n, int p, int q)
    {
        double apq = a[(p * n) + q];
        if (apq == 0.0)
        {
            return;
        }

        double theta = (a[(q * n) + q] - a[(p * n) + p]) / (2.0 * apq);
        double t = Math.CopySign(1.0, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1.0));
        double c = 1.0 / Math.Sqrt((t * t) + 1.0), s = t * c;
        for (int k = 0; k < n; k++)
        {
            double akp = a[(k * n) + p], akq = a[(k * n) + q];
            a[(k * n) + p] = (c * akp) - (s * akq);
            a[(k * n) + q] = (s * akp) + (c * akq);
        }

        for (int k = 0; k < n; k++)
        {
            double apk = a[(p * n) + k], aqk = a[(q * n) + k];
            a[(p * n) + k] = (c * apk) - (s * aqk);
            a[(q * n) + k] = (s * apk) + (c * aqk);
            double vpk = vectors[(p * n) + k], vqk = vectors[(q * n) + k];
            vectors[(p * n) + k] = (c * vpk) - (s * vqk);
            vectors[(q * n) + k] = (s * vpk) + (c * vqk);
        }

        a[(p * n) + q] = 0.0;
        a[(q * n) + p] = 0.0;
    }

    private static void SortAscending(ReadOnlySpan<double> a, Span<double> values, Span<double> vectors, int n)
    {
        for (int i = 0; i < n; i++)
        {
            values[i] = a[(i * n) + i];
        }

        for (int i = 0; i < n; i++)
        {
            int least = i;
            for (int j = i + 1; j < n; j++)
            {
                least = values[j] < values[least] ? j : least;
            }

            (values[i], values[least]) = (values[least], values[i]);
            Span<double> first = vectors.Slice(i * n, n), second = vectors.Slice(least * n, n);
            for (int k = 0; k < n && least != i; k++)
            {
                (first[k], second[k]) = (second[k], first[k]);
            }

            MakeLargestPositive(first);
        }
    }

    private static void MakeLargestPositive(Span<double> vector)
    {
        double largest = 0.0;
        foreach (double component in vector)
        {
            largest = Math.Abs(component) > Math.Abs(largest) ? component : largest;
        }

        for (int k = 0; k < vector.Length && largest < 0.0; k++)
        {
            vector[k] = -vector[k];
        }
    }
}
