namespace Aios.Numerics.Tests;

public sealed class MatrixTests
{
    [Fact]
    public void Multiply_SmallMatrices_AsByHand()
    {
        double[] a = [1, 2, 3, 4, 5, 6], b = [7, 8, 9, 10, 11, 12], c = new double[4], d = new double[4];
        Matrix.Multiply(a, b, c, 2, 3, 2);
        Assert.Equal([58.0, 64.0, 139.0, 154.0], c);
        double[] transposed = new double[6];
        Matrix.Transpose(b, transposed, 3, 2);
        Matrix.MultiplyTransposed(a, transposed, d, 2, 3, 2);
        Assert.Equal(c, d);
        double[] y = new double[2];
        Matrix.MultiplyVector(a, [1.0, 0.0, -1.0], y, 2, 3);
        Assert.Equal([-2.0, -2.0], y);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(15)]
    public void SolvePositiveDefinite_RandomSystems_SolvesThem(int n)
    {
        SeededRandom random = new((ulong)n);
        double[] a = PositiveDefinite(random, n), x = new double[n * 2], b = new double[n * 2];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = random.NextGaussian();
        }

        Matrix.Multiply(a, x, b, n, n, 2);
        Assert.True(Matrix.SolvePositiveDefinite((double[])a.Clone(), b, n, 2));
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(x[i], b[i], 1e-8);
        }
    }

    [Fact]
    public void InvertPositiveDefinite_Random_ProductIsIdentity()
    {
        double[] a = PositiveDefinite(new SeededRandom(9), 5), inverse = new double[25], product = new double[25];
        Assert.True(Matrix.InvertPositiveDefinite((double[])a.Clone(), inverse, 5));
        Matrix.Multiply(a, inverse, product, 5, 5, 5);
        for (int i = 0; i < 25; i++)
        {
            Assert.Equal(i % 6 == 0 ? 1.0 : 0.0, product[i], 1e-9);
        }
    }

    [Theory]
    [InlineData(1.0, 2.0, 1.0)]
    [InlineData(-1.0, 0.0, 1.0)]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(double.NaN, 0.0, 1.0)]
    [InlineData(1.0, double.NaN, 1.0)]
    [InlineData(double.PositiveInfinity, 0.0, 1.0)]
    public void Cholesky_NotPositiveDefinite_False(double a00, double a10, double a11) =>
        Assert.False(Matrix.Cholesky([a00, a10, a10, a11], 2));

    [Fact]
    public void Propagate_InPlace_IsFPFTransposed()
    {
        double[] f = [1, 0.5, 0, 1], p = [4, 1, 1, 2], scratch = new double[4];
        Matrix.Propagate(f, p, p, scratch, 2, 2);
        Assert.Equal([5.5, 2.0, 2.0, 2.0], p);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void SymmetricEigen_RandomMatrices_VectorsDiagonalize(int n)
    {
        SeededRandom random = new((ulong)(100 + n));
        for (int repeat = 0; repeat < 50; repeat++)
        {
            double[] a = new double[n * n], values = new double[n], vectors = new double[n * n], image = new double[n];
            for (int i = 0; i < a.Length; i++)
            {
                a[i] = random.NextGaussian();
            }

            Matrix.Symmetrize(a, n);
            Assert.True(SymmetricEigen.Decompose((double[])a.Clone(), values, vectors, n));
            for (int k = 0; k < n; k++)
            {
                ReadOnlySpan<double> v = vectors.AsSpan(k * n, n);
                Matrix.MultiplyVector(a, v, image, n, n);
                double length = 0.0;
                for (int i = 0; i < n; i++)
                {
                    Assert.Equal(values[k] * v[i], image[i], 1e-12);
                    length += v[i] * v[i];
                }

                Assert.Equal(1.0, length, 1e-12);
                Assert.True(k == 0 || values[k - 1] <= values[k]);
            }
        }
    }

    [Fact]
    public void SymmetricEigen_DiagonalAndRepeated_Exact()
    {
        double[] values = new double[3], vectors = new double[9];
        Assert.True(SymmetricEigen.Decompose([3, 0, 0, 0, 1, 0, 0, 0, 3], values, vectors, 3));
        Assert.Equal([1.0, 3.0, 3.0], values);
        Assert.Equal([0.0, 1.0, 0.0], vectors[..3]);
        Assert.True(SymmetricEigen.Decompose(new double[9], values, vectors, 3));
        Assert.Equal([0.0, 0.0, 0.0], values);
    }

    [Fact]
    public void SymmetricEigen_NaN_False() =>
        Assert.False(SymmetricEigen.Decompose([double.NaN, 0, 0, 1], new double[2], new double[4], 2));

    private static double[] PositiveDefinite(SeededRandom random, int n)
    {
        double[] g = new double[n * n], a = new double[n * n];
        for (int i = 0; i < g.Length; i++)
        {
            g[i] = random.NextGaussian();
        }

        Matrix.MultiplyTransposed(g, g, a, n, n, n);
        for (int i = 0; i < n; i++)
        {
            a[(i * n) + i] += 0.1;
        }

        return a;
    }
}
