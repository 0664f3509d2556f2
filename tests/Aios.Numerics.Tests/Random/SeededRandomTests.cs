namespace Aios.Numerics.Tests;

public sealed class SeededRandomTests
{
    /// <summary>From a second implementation of splitmix64 and xoshiro256** in another language.</summary>
    [Theory]
    [InlineData(0UL, 0x99ec5f36cb75f2b4UL, 0xbf6e1f784956452aUL, 0x1a5f849d4933e6e0UL, 0x6aa594f1262d2d2cUL)]
    [InlineData(1UL, 0xb3f2af6d0fc710c5UL, 0x853b559647364ceaUL, 0x92f89756082a4514UL, 0x642e1c7bc266a3a7UL)]
    [InlineData(42UL, 0x15780b2e0c2ec716UL, 0x6104d9866d113a7eUL, 0xae17533239e499a1UL, 0xecb8ad4703b360a1UL)]
    public void NextUInt64_KnownSeeds_PublishedSequence(ulong seed, ulong first, ulong second, ulong third, ulong fourth)
    {
        var random = new SeededRandom(seed);
        Assert.Equal([first, second, third, fourth], new[] { random.NextUInt64(), random.NextUInt64(), random.NextUInt64(), random.NextUInt64() });
    }

    [Fact]
    public void Streams_KnownNames_GoldenValues()
    {
        Assert.Equal(0xd11e01f52b4c09dcUL, SeededRandom.ForStream(1, "rover_1/lidar").NextUInt64());
        Assert.Equal(0x25b1a3968d3876baUL, SeededRandom.ForStream(1, "").NextUInt64());
        Assert.Equal(0x4046f5c5a771faf8UL, new SeededRandom(7).Fork("craters").NextUInt64());
    }

    [Fact]
    public void NextGaussian_KnownSeed_GoldenBits()
    {
        SeededRandom random = new(3);
        long sum = 0;
        for (int i = 0; i < 100000; i++)
        {
            sum = unchecked((sum * 31) + BitConverter.DoubleToInt64Bits(random.NextGaussian()));
        }

        Assert.Equal(3123717751269997600L, sum);
    }

    [Fact]
    public void ForStream_OtherNameOrSeed_OtherNumbers()
    {
        ulong[] firsts =
        [
            SeededRandom.ForStream(1, "a").NextUInt64(), SeededRandom.ForStream(1, "b").NextUInt64(),
            SeededRandom.ForStream(2, "a").NextUInt64(), SeededRandom.ForStream(1, "ab").NextUInt64(),
            SeededRandom.ForStream(1, "ba").NextUInt64(), new SeededRandom(1).NextUInt64(),
        ];
        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void Fork_AfterDraws_SameAsBefore()
    {
        SeededRandom fresh = SeededRandom.ForStream(5, "rover"), used = SeededRandom.ForStream(5, "rover");
        used.NextGaussian();
        used.NextUInt64();
        Assert.Equal(fresh.Fork("imu").NextUInt64(), used.Fork("imu").NextUInt64());
        Assert.NotEqual(fresh.Fork("imu").NextUInt64(), fresh.Fork("lidar").NextUInt64());
    }

    [Fact]
    public void NextDouble_ManyDraws_UniformInUnitInterval()
    {
        SeededRandom random = new(11);
        var bins = new int[20];
        for (int i = 0; i < 200000; i++)
        {
            double value = random.NextDouble();
            Assert.InRange(value, 0.0, Math.BitDecrement(1.0));
            bins[(int)(value * 20.0)]++;
        }

        double chiSquared = bins.Sum(n => (n - 10000.0) * (n - 10000.0) / 10000.0);
        Assert.InRange(chiSquared, 4.0, 45.0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void NextInt_AnyBound_InsideAndBalanced(int bound)
    {
        SeededRandom random = new((ulong)bound);
        double sum = 0.0;
        for (int i = 0; i < 50000; i++)
        {
            int value = random.NextInt(bound);
            Assert.InRange(value, 0, bound - 1);
            sum += value;
        }

        double mean = (bound - 1.0) / 2.0;
        Assert.Equal(mean, sum / 50000.0, Math.Max(1e-9, bound * 0.006));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void NextInt_NoPositiveBound_Throws(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededRandom(1).NextInt(bound));

    [Fact]
    public void NextGaussian_ManyDraws_MomentsAndTailsOfTheNormal()
    {
        SeededRandom random = new(12);
        const int Count = 1000000;
        double sum = 0, squares = 0, cubes = 0, fourths = 0;
        int beyond2 = 0, beyond35 = 0, beyond4 = 0;
        for (int i = 0; i < Count; i++)
        {
            double x = random.NextGaussian(), a = Math.Abs(x);
            sum += x;
            squares += x * x;
            cubes += x * x * x;
            fourths += x * x * x * x;
            beyond2 += a > 2.0 ? 1 : 0;
            beyond35 += a > 3.5 ? 1 : 0;
            beyond4 += a > 4.0 ? 1 : 0;
        }

        Assert.Equal(0.0, sum / Count, 0.004);
        Assert.Equal(1.0, squares / Count, 0.006);
        Assert.Equal(0.0, cubes / Count, 0.015);
        Assert.Equal(3.0, fourths / Count, 0.04);
        Assert.Equal(0.0455, beyond2 / (double)Count, 0.001);
        Assert.InRange(beyond35, 380, 550); // 465 expected: past 3.44 the tail has a method of its own
        Assert.InRange(beyond4, 35, 95); // 63 expected
    }

    [Fact]
    public void NextGaussian_ManyDraws_FollowsTheDistributionFunction()
    {
        SeededRandom random = new(13);
        double[] sample = [.. Enumerable.Range(0, 100000).Select(_ => random.NextGaussian())];
        Array.Sort(sample);

        // Kolmogorov–Smirnov at a few quantiles of the normal.
        foreach ((double x, double p) in new[] { (-2.326, 0.01), (-1.282, 0.1), (-0.6745, 0.25), (0.0, 0.5), (0.6745, 0.75), (1.282, 0.9), (2.326, 0.99) })
        {
            int below = ~Array.BinarySearch(sample, x);
            Assert.Equal(p, below / 100000.0, 0.005);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(8.0)]
    [InlineData(200.0)]
    public void NextPoisson_ManyDraws_MeanAndVarianceEqual(double mean)
    {
        SeededRandom random = new(14);
        double sum = 0.0, squares = 0.0;
        for (int i = 0; i < 50000; i++)
        {
            int value = random.NextPoisson(mean);
            sum += value;
            squares += (double)value * value;
        }

        double average = sum / 50000.0;
        Assert.Equal(mean, average, 0.03 * Math.Sqrt(mean) + 0.01);
        Assert.Equal(mean, (squares / 50000.0) - (average * average), 0.04 * mean);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-3.0)]
    [InlineData(double.NaN)]
    public void NextPoisson_NoPositiveMean_Zero(double mean) => Assert.Equal(0, new SeededRandom(1).NextPoisson(mean));

    [Fact]
    public void NextExponential_ManyDraws_HasItsMean()
    {
        SeededRandom random = new(15);
        Assert.Equal(2.5, Enumerable.Range(0, 100000).Average(_ => random.NextExponential(2.5)), 0.03);
    }

    [Fact]
    public void Shuffle_ManyTimes_EveryPlaceEquallyLikely()
    {
        SeededRandom random = new(16);
        var firstPlace = new int[5];
        for (int i = 0; i < 20000; i++)
        {
            int[] items = [0, 1, 2, 3, 4];
            random.Shuffle<int>(items);
            Assert.Equal([0, 1, 2, 3, 4], items.Order());
            firstPlace[items[0]]++;
        }

        Assert.All(firstPlace, n => Assert.InRange(n, 3750, 4250));
    }
}
