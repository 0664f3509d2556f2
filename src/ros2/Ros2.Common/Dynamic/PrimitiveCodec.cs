using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ROS2;

/// <summary>A field of numbers or booleans.</summary>
internal sealed class PrimitiveCodec<T>(RosField field) : FieldCodec(field)
    where T : unmanaged
{
    public override Type ValueType => TypeOf<T>();

    public override int MinElementSize => Unsafe.SizeOf<T>();

    public override object CreateValue() => Field.Collection switch
    {
        RosCollectionKind.None => default(T),
        RosCollectionKind.Array => new T[Field.Capacity],
        _ => new List<T>(),
    };

    public override int AddSize(int offset, object value)
    {
        int size = Unsafe.SizeOf<T>();
        return Field.Collection switch
        {
            RosCollectionKind.None => checked(CdrSize.Align(offset, size) + size),
            RosCollectionKind.Array => checked(CdrSize.Align(offset, size) + (size * ((T[])value).Length)),
            _ => CdrSize.AddSequence(offset, ((List<T>)value).Count, size),
        };
    }

    public override void Write(ref CdrWriter writer, object value)
    {
        switch (Field.Collection)
        {
            case RosCollectionKind.None:
                writer.Write((T)value);
                break;
            case RosCollectionKind.Array:
                CheckCount<T>(value);
                writer.WriteArray<T>((T[])value);
                break;
            default:
                CheckCount<T>(value);
                writer.WriteSequence<T>(CollectionsMarshal.AsSpan((List<T>)value));
                break;
        }
    }

    public override object Read(ref CdrReader reader, object reuse) => Field.Collection switch
    {
        RosCollectionKind.None => reader.Read<T>(),
        RosCollectionKind.Array => reader.ReadArray((T[])reuse, Field.Capacity),
        _ => reader.ReadSequence((List<T>)reuse, MaxCount),
    };
}
