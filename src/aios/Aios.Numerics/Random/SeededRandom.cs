using System.Numerics;

namespace Aios.Numerics;

/// <summary>
/// Random numbers that depend on a seed and a stream's name alone: xoshiro256** (Blackman and Vigna,
/// "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021), its state filled by
/// splitmix64 (Steele, Lea and Flood, OOPSLA 2014).
/// </summary>
/// <remarks>
/// Same bits on every machine. Period 2^256 − 1. Not for keys or secrets. Not thread-safe: one instance
/// belongs to one component. No method allocates except <see cref="Fork"/> and <see cref="ForStream"/>.
/// </remarks>
public sealed class SeededRandom
{
    private const double TwoToMinus53 = 1.1102230246251565e-16;
    private readonly ulong _key;
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public SeededRandom(ulong seed)
    {
        _key = seed;
        ulong state = seed;
        _s0 = SplitMix64(ref state);
        _s1 = SplitMix64(ref state);
        _s2 = SplitMix64(ref state);
        _s3 = SplitMix64(ref state);
    }

    /// <summary>An independent generator for each (seed, name): "rover_1/lidar", "terrain/craters", …</summary>
    public static SeededRandom ForStream(ulong seed, string stream) => new(StreamKey(seed, stream));

    /// <summary>
    /// A generator of its own for a part of this one's task. It depends on this one's seed and the name,
    /// not on how many numbers were drawn, so a draw more here changes nothing there.
    /// </summary>
    public SeededRandom Fork(string stream) => new(StreamKey(_key, stream));

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * TwoToMinus53;

    /// <summary>Uniform in [min, max) for finite min ≤ max (rounding may return max where the range is wide).</summary>
    public double NextDouble(double min, double max) => min + ((max - min) * NextDouble());

    /// <summary>Uniform in 0 … exclusiveMax − 1, without bias (Lemire, ACM TOMACS 29(1), 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is not positive.</exception>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        ulong bound = (ulong)exclusiveMax;
        ulong high = Math.BigMul(NextUInt64(), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = (0UL - bound) % bound;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), bound, out low);
            }
        }

        return (int)high;
    }

    /// <summary>True with the given probability; never at 0, always at 1.</summary>
    public bool NextBool(double probability = 0.5) => NextDouble() < probability;

    /// <summary>Standard normal: mean 0, standard deviation 1.</summary>
    public double NextGaussian() => Ziggurat.Normal(this);

    /// <summary>Normal with the given mean and standard deviation.</summary>
    public double NextGaussian(double mean, double sigma) => mean + (sigma * Ziggurat.Normal(this));

    /// <summary>Exponential with the given mean.</summary>
    public double NextExponential(double mean) => -mean * DetMath.Log(1.0 - NextDouble());

    /// <summary>
    /// Poisson with the given mean ≥ 0: product of uniforms below 30 (Knuth); above, the rounded normal
    /// of the same mean and variance, not below 0.
    /// </summary>
    public int NextPoisson(double mean)
    {
        if (!(mean > 0.0))
        {
            return 0;
        }

        if (mean > 30.0)
        {
            return (int)Math.Max(0.0, Math.Floor(NextGaussian(mean, Math.Sqrt(mean)) + 0.5));
        }

        double limit = DetMath.Exp(-mean), product = NextDouble();
        int count = 0;
        while (product > limit)
        {
            product *= NextDouble();
            count++;
        }

        return count;
    }

    /// <summary>Fisher–Yates.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>FNV-1a over the UTF-16 code units, low byte first, then mixed with the seed.</summary>
    private static ulong StreamKey(ulong seed, string stream)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (char c in stream)
        {
            hash = (hash ^ (byte)c) * 0x100000001b3;
            hash = (hash ^ (byte)(c >> 8)) * 0x100000001b3;
        }

        ulong state = seed;
        state = SplitMix64(ref state) ^ hash;
        return SplitMix64(ref state);
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9e3779b97f4a7c15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
