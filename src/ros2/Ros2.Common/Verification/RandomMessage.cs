namespace ROS2;

/// <summary>
/// Messages with random values: short sequences and strings, NaN and infinities among the numbers. The same seed gives the same
/// messages.
/// </summary>
/// <param name="seed">Any number.</param>
public sealed class RandomMessage(int seed) : MessageFiller
{
    private static readonly string[] Words = ["", "a", "map", "base_link", "ünï", "漢字", "🚀", "with \"quotes\" and \n"];

    private readonly Random _random = new(seed);

    /// <inheritdoc/>
    protected override int ChooseLength(RosField field, int depth)
    {
        int limit = field.Collection == RosCollectionKind.UnboundedSequence ? 4 : field.Capacity;
        return _random.Next(Math.Min(limit, depth > 2 ? 1 : 4) + 1);
    }

    /// <inheritdoc/>
    protected override object ChooseValue(RosField field) => field.Kind switch
    {
        RosValueKind.Int8 => (sbyte)_random.Next(-128, 128),
        RosValueKind.UInt8 or RosValueKind.Byte => (byte)_random.Next(256),
        RosValueKind.Int16 => (short)_random.Next(short.MinValue, short.MaxValue + 1),
        RosValueKind.UInt16 => (ushort)_random.Next(ushort.MaxValue + 1),
        RosValueKind.Int32 => (int)_random.NextInt64(int.MinValue, 1L + int.MaxValue),
        RosValueKind.UInt32 => (uint)_random.NextInt64(1L + uint.MaxValue),
        RosValueKind.Int64 => _random.NextInt64(long.MinValue, long.MaxValue),
        RosValueKind.UInt64 => (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
        RosValueKind.Float32 => (float)Number(),
        RosValueKind.Float64 => Number(),
        RosValueKind.Boolean => _random.Next(2) == 1,
        _ => Text(field.StringCapacity),
    };

    private double Number() => _random.Next(10) switch
    {
        0 => 0.0,
        1 => -0.0,
        2 => double.NaN,
        3 => double.PositiveInfinity,
        4 => double.Epsilon,
        _ => (_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-20, 20)),
    };

    private string Text(int capacity)
    {
        string text = Words[_random.Next(Words.Length)];
        return capacity > 0 && System.Text.Encoding.UTF8.GetByteCount(text) > capacity ? "" : text;
    }
}
