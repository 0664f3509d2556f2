using System.Text;
using ROS2;

namespace Ros2.Interfaces.Tests;

/// <summary>
/// Messages with the values that serializers get wrong: extremes of every type, NaN of either sign, infinities, -0.0,
/// subnormal numbers; texts that are empty, long, of two to four bytes a character; sequences that are empty, of one element,
/// full to their bound; lengths that leave what follows unaligned. Each variant is one choice for all fields, the last ones
/// change from field to field.
/// </summary>
internal sealed class HardMessage(int variant) : MessageFiller
{
    public const int Variants = 12;

    // Units of UTF-16 and bytes of UTF-8 differ in all but the first two.
    private static readonly string[] Texts = ["", "a", "ünï", "漢字", "🚀", "a🚀b漢", "tab\t\"quote\"\n\\", new('x', 301), string.Concat(Enumerable.Repeat("é🚀", 400))];

    private static readonly double[] Doubles =
    [
        0.0, -0.0, double.MaxValue, double.MinValue, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity,
        BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000), BitConverter.UInt64BitsToDouble(0xFFF8_0000_0000_0000), 0.1, 1e308, -1e-308,
    ];

    private static readonly float[] Floats =
    [
        0f, -0f, float.MaxValue, float.MinValue, float.Epsilon, float.PositiveInfinity, float.NegativeInfinity,
        BitConverter.UInt32BitsToSingle(0x7FC0_0000), BitConverter.UInt32BitsToSingle(0xFFC0_0000), 0.1f, 1e38f, -1e-38f,
    ];

    private int _count;

    // The same choice throughout, or the next for each value.
    private int Choice(int choices) => (variant < 8 ? variant : variant + _count++) % choices;

    protected override int ChooseLength(RosField field, int depth)
    {
        int full = field.IsMessage ? 3 : 9;
        int[] lengths = depth > 2 ? [0, 1] : [0, 1, 2, 3, full];
        return field.Collection == RosCollectionKind.BoundedSequence
            ? Choice(3) switch { 0 => 0, 1 => 1, _ => field.IsMessage && depth > 2 ? 1 : Math.Min(field.Capacity, 1000) }
            : lengths[Choice(lengths.Length)];
    }

    protected override object ChooseValue(RosField field) => field.Kind switch
    {
        RosValueKind.Boolean => Choice(2) == 1,
        RosValueKind.Int8 => (sbyte)Extreme(sbyte.MinValue, sbyte.MaxValue),
        RosValueKind.UInt8 or RosValueKind.Byte => (byte)Extreme(0, byte.MaxValue),
        RosValueKind.Int16 => (short)Extreme(short.MinValue, short.MaxValue),
        RosValueKind.UInt16 => (ushort)Extreme(0, ushort.MaxValue),
        RosValueKind.Int32 => (int)Extreme(int.MinValue, int.MaxValue),
        RosValueKind.UInt32 => (uint)Extreme(0, uint.MaxValue),
        RosValueKind.Int64 => (long)Extreme(long.MinValue, long.MaxValue),
        RosValueKind.UInt64 => (ulong)Extreme(0, ulong.MaxValue),
        RosValueKind.Float32 => Floats[Choice(Floats.Length)],
        RosValueKind.Float64 => Doubles[Choice(Doubles.Length)],
        _ => Text(field),
    };

    private Int128 Extreme(Int128 low, Int128 high) => Choice(4) switch
    {
        0 => low,
        1 => high,
        2 => high / 3,
        _ => Int128.Max(low, 0) + (low < 0 ? -1 : 1),
    };

    private string Text(RosField field)
    {
        string text = Texts[Choice(Texts.Length)];
        bool isWide = field.Kind == RosValueKind.BoundedWString;
        bool fits = field.StringCapacity == 0 || (isWide ? text.Length : Encoding.UTF8.GetByteCount(text)) <= field.StringCapacity;
        return fits ? text : new string('b', field.StringCapacity);
    }
}
