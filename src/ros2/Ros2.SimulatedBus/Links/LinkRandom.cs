using System.Numerics;

namespace ROS2.Simulation;

/// <summary>
/// The bus' own seeded generator: xoshiro256** (Blackman and Vigna, 2018) filled by SplitMix64. Integer arithmetic only,
/// so a stream is the same on every machine. Not for cryptography; not thread-safe.
/// </summary>
internal sealed class LinkRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>A stream of its own for each seed.</summary>
    public LinkRandom(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>The stream of one name under a seed; FNV-1a over the name's UTF-16 units.</summary>
    public static LinkRandom ForStream(ulong seed, string name)
    {
        ulong hash = 0xcbf29ce484222325UL;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 0x100000001b3UL;
        }

        return new LinkRandom(seed ^ BitOperations.RotateLeft(hash, 17));
    }

    /// <summary>64 random bits.</summary>
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

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="exclusiveMax"/>); 0 when the bound is not positive.</summary>
    public long NextLong(long exclusiveMax)
    {
        if (exclusiveMax <= 0)
        {
            return 0;
        }

        return (long)Math.BigMul(NextUInt64(), (ulong)exclusiveMax, out _);
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9e3779b97f4a7c15UL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }
}
