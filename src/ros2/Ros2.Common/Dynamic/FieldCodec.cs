namespace ROS2;

/// <summary>Reads and writes one field of a message that is known by description. Immutable.</summary>
internal abstract class FieldCodec(RosField field)
{
    /// <summary>C# type of the field's values.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Fewest bytes that one element takes; at least 1.</summary>
    public abstract int MinElementSize { get; }

    protected RosField Field { get; } = field;

    /// <summary>Most elements: the length of an array or the bound of a sequence.</summary>
    protected int MaxCount => Field.Collection == RosCollectionKind.UnboundedSequence ? int.MaxValue : Field.Capacity;

    /// <summary>Most units of a string.</summary>
    protected int MaxLength => Field.StringCapacity > 0 ? Field.StringCapacity : int.MaxValue;

    public static FieldCodec For(RosField field) => field.Kind switch
    {
        RosValueKind.Message => new MessageCodec(field),
        RosValueKind.String or RosValueKind.BoundedString or RosValueKind.WString or RosValueKind.BoundedWString => new StringCodec(field),
        RosValueKind.Boolean => new PrimitiveCodec<bool>(field),
        RosValueKind.Int8 => new PrimitiveCodec<sbyte>(field),
        RosValueKind.Int16 => new PrimitiveCodec<short>(field),
        RosValueKind.UInt16 => new PrimitiveCodec<ushort>(field),
        RosValueKind.Int32 => new PrimitiveCodec<int>(field),
        RosValueKind.UInt32 => new PrimitiveCodec<uint>(field),
        RosValueKind.Int64 => new PrimitiveCodec<long>(field),
        RosValueKind.UInt64 => new PrimitiveCodec<ulong>(field),
        RosValueKind.Float32 => new PrimitiveCodec<float>(field),
        RosValueKind.Float64 => new PrimitiveCodec<double>(field),
        _ => new PrimitiveCodec<byte>(field),
    };

    public abstract object CreateValue();

    /// <summary>Offset after the field that may start at <paramref name="offset"/>.</summary>
    public abstract int AddSize(int offset, object value);

    public abstract void Write(ref CdrWriter writer, object value);

    /// <summary>Reads the field, into <paramref name="reuse"/> where that can be.</summary>
    public abstract object Read(ref CdrReader reader, object reuse);

    protected Type TypeOf<T>() => Field.Collection switch
    {
        RosCollectionKind.None => typeof(T),
        RosCollectionKind.Array => typeof(T[]),
        _ => typeof(List<T>),
    };

    /// <summary>Checks how many elements there are, and writes the number where the wire has it.</summary>
    protected void BeginWrite<T>(ref CdrWriter writer, object value)
    {
        if (Field.Collection != RosCollectionKind.None)
        {
            CheckCount<T>(value);
        }

        if (value is List<T> list)
        {
            writer.Write((uint)list.Count);
        }
    }

    protected void CheckCount<T>(object value)
    {
        if (Field.Collection == RosCollectionKind.Array)
        {
            CdrBounds.CheckArray((Array)value, Field.Capacity, Field.PropertyName);
        }
        else
        {
            CdrBounds.CheckSequence(((List<T>)value).Count, MaxCount, Field.PropertyName);
        }
    }
}
