namespace ROS2;

/// <summary>An input that a message class did not bear.</summary>
/// <param name="Type">The message type.</param>
/// <param name="Input">The bytes, encapsulation included.</param>
/// <param name="Reason">What happened; one line.</param>
public sealed record CdrFuzzFinding(RosMessageType Type, byte[] Input, string Reason);

/// <summary>
/// Feeds mutated input to message classes and finds what throws, allocates out of proportion to the input, or accepts what
/// cannot be written again. The same seed gives the same inputs. For one thread.
/// </summary>
public sealed class CdrFuzzer
{
    // Worst case: a sequence of one-byte messages, each an object of 24 bytes and a reference, in a list that doubles.
    private const int MaxBytesPerInputByte = 96;

    // What the objects of a message take however short the input is, and what the runtime allocates beside.
    private const int FreeBytes = 1024;

    private static readonly uint[] Lengths = [0, 1, 0x7F, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x40000000, 0x20000001];

    private readonly Random _random;

    /// <summary>Begins a series of inputs.</summary>
    /// <param name="seed">Any number.</param>
    public CdrFuzzer(int seed) => _random = new Random(seed);

    /// <summary>Inputs fed so far.</summary>
    public long InputCount { get; private set; }

    /// <summary>Inputs that were read as a message.</summary>
    public long AcceptedCount { get; private set; }

    /// <summary>Feeds mutations of one random message of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="inputs">Number of mutations.</param>
    /// <returns>The first finding; null when all went well.</returns>
    public CdrFuzzFinding? Run(RosMessageType type, int inputs)
    {
        ArgumentNullException.ThrowIfNull(type);
        byte[] seed = CdrMessage.ToArray(new RandomMessage(_random.Next()).Create(type));
        for (int i = 0; i < inputs; i++)
        {
            if (Feed(type, Mutate(seed)) is { } finding)
            {
                return finding;
            }
        }

        return null;
    }

    /// <summary>Feeds one input.</summary>
    /// <returns>What was wrong; null when all went well.</returns>
    public CdrFuzzFinding? Feed(RosMessageType type, byte[] input)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(input);
        InputCount++;
        try
        {
            return Check(type, input) is { } reason ? new CdrFuzzFinding(type, input, reason) : null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return new CdrFuzzFinding(type, input, $"{error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private string? Check(RosMessageType type, byte[] input)
    {
        IRosMessage target = type.Create();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted = CdrMessage.TryDeserialize(input, target);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > FreeBytes + ((long)MaxBytesPerInputByte * input.Length))
        {
            return $"{allocated} bytes allocated for {input.Length}";
        }

        if (!accepted)
        {
            return null;
        }

        AcceptedCount++;
        return CdrMessage.TryDeserialize(CdrMessage.ToArray(target), target) ? null : "accepted, but cannot be written and read again";
    }

    private byte[] Mutate(byte[] seed)
    {
        byte[] input = (byte[])seed.Clone();
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            int at = _random.Next(input.Length);
            switch (_random.Next(5))
            {
                case 0:
                    input[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    input[at] = (byte)_random.Next(256);
                    break;
                case 2 when input.Length >= 8:
                    int aligned = 4 + (_random.Next((input.Length - 4) / 4) * 4);
                    BitConverter.TryWriteBytes(input.AsSpan(aligned), Lengths[_random.Next(Lengths.Length)]);
                    break;
                case 3:
                    input = input[..Math.Max(1, at)];
                    break;
                default:
                    input = [.. input, .. new byte[_random.Next(1, 40)]];
                    break;
            }
        }

        return input;
    }
}
