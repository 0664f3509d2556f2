using ROS2;

namespace Ros2.Interfaces.Tests;

/// <summary>Mutated input over all types: nothing throws, and memory stays in proportion to the input.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 200_000;

    // Worst case: a sequence of one-byte messages, each an object of 24 bytes and a reference, in a list that doubles.
    private const int MaxBytesPerInputByte = 96;

    private static readonly uint[] Lengths = [0, 1, 0x7F, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x40000000, 0x20000001];

    [Fact]
    public void TryDeserialize_MutatedInput_NeverThrowsNorAllocatesOutOfProportion()
    {
        var random = new Random(20240607);
        int rounds = Inputs / AllTypes.Messages.Count;
        int accepted = 0;
        foreach (RosMessageType type in AllTypes.Messages)
        {
            byte[] seed = CdrMessage.ToArray(new RandomMessage(random.Next()).Create(type));
            for (int round = 0; round < rounds; round++)
            {
                byte[] input = Mutate(seed, random);
                accepted += Feed(type, input) ? 1 : 0;
            }
        }

        // If nothing were accepted the mutations would only ever test the first check.
        Assert.InRange(accepted, Inputs / 20, Inputs - (Inputs / 20));
    }

    private static bool Feed(RosMessageType type, byte[] input)
    {
        IRosMessage target = type.Create();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted = CdrMessage.TryDeserialize(input, target);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            allocated <= 1024 + ((long)MaxBytesPerInputByte * input.Length),
            $"{type}: {allocated} bytes allocated for {input.Length}: {Convert.ToHexString(input)}");
        if (accepted)
        {
            // What was accepted is a valid message: it can be written again and read back.
            byte[] again = CdrMessage.ToArray(target);
            Assert.True(CdrMessage.TryDeserialize(again, target), $"{type}: {Convert.ToHexString(input)}");
        }

        return accepted;
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        byte[] input = (byte[])seed.Clone();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(input.Length);
            switch (random.Next(5))
            {
                case 0:
                    input[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    input[at] = (byte)random.Next(256);
                    break;
                case 2 when input.Length >= 8:
                    int aligned = 4 + (random.Next((input.Length - 4) / 4) * 4);
                    BitConverter.TryWriteBytes(input.AsSpan(aligned), Lengths[random.Next(Lengths.Length)]);
                    break;
                case 3:
                    input = input[..Math.Max(1, at)];
                    break;
                default:
                    input = [.. input, .. new byte[random.Next(1, 40)]];
                    break;
            }
        }

        return input;
    }
}
