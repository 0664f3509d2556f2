namespace ROS2.Simulation;

/// <summary>Flips bits of samples, and knows which flips a receiver's checksum shows.</summary>
internal sealed class SampleDamage(LinkRandom random, BusSamplePool pool)
{
    private const int EncapsulationBytes = 4;

    /// <summary>A copy with one to eight bits flipped behind the encapsulation.</summary>
    public BusSample Corrupt(BusSample sample)
    {
        BusSample copy = pool.Rent(sample.Length);
        sample.Bytes.CopyTo(copy.Data);
        copy.CopyMetadata(sample);
        int body = Math.Max(1, sample.Length - EncapsulationBytes);
        for (long flips = 1 + random.NextLong(8); flips > 0; flips--)
        {
            long bit = random.NextLong(8L * body);
            copy.Data[Math.Min(sample.Length - 1, EncapsulationBytes + (bit >> 3))] ^= (byte)(1 << (int)(bit & 7));
        }

        return copy;
    }

    /// <summary>Whether two payloads of one length have the same ones' complement sum of 16-bit words (RFC 1071).</summary>
    public static bool HaveOneChecksum(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received) => Checksum(sent) == Checksum(received);

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)(bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0u);
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (uint)sum;
    }
}
