using System.Collections;

namespace ROS2;

/// <summary>Random values for messages of any type, by description: for tests and fuzzing. The same seed gives the same messages.</summary>
/// <param name="seed">Any number.</param>
public sealed class RandomMessage(int seed)
{
    private static readonly string[] Words = ["", "a", "map", "base_link", "ünï", "漢字", "🚀", "with \"quotes\" and \n"];

    private readonly Random _random = new(seed);

    /// <summary>A message of a type with random values: short sequences and strings, NaN and infinities among the numbers.</summary>
    /// <param name="type">The type.</param>
    public IRosMessage Create(RosMessageType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Create(type, 0);
    }

    private IRosMessage Create(RosMessageType type, int depth)
    {
        IRosMessage message = type.Create();
        foreach (RosField field in type.Fields)
        {
            if (!field.IsPlaceholder)
            {
                field.SetValue(message, Value(field, field.GetPropertyType(message), depth));
            }
        }

        return message;
    }

    private object Value(RosField field, Type type, int depth)
    {
        if (field.Collection == RosCollectionKind.None)
        {
            return Single(field, depth);
        }

        int limit = field.Collection == RosCollectionKind.UnboundedSequence ? 4 : field.Capacity;
        int count = field.Collection == RosCollectionKind.Array ? field.Capacity : _random.Next(Math.Min(limit, depth > 2 ? 1 : 4) + 1);
        IList list = type.IsArray
            ? Array.CreateInstance(type.GetElementType()!, count)
            : (IList)Activator.CreateInstance(type)!;
        for (int i = 0; i < count; i++)
        {
            object element = Single(field, depth);
            if (type.IsArray)
            {
                list[i] = element;
            }
            else
            {
                list.Add(element);
            }
        }

        return list;
    }

    private object Single(RosField field, int depth) => field.Kind switch
    {
        RosValueKind.Message => Create(field.Message!, depth + 1),
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
