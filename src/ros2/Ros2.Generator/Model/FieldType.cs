namespace Ros2.Generator.Model;

/// <summary>The type of a field. Immutable.</summary>
internal sealed class FieldType
{
    public FieldType(
        ValueKind kind,
        CollectionKind collection = CollectionKind.None,
        int capacity = 0,
        int stringCapacity = 0,
        string messageName = "")
    {
        Kind = kind;
        Collection = collection;
        Capacity = capacity;
        StringCapacity = stringCapacity;
        MessageName = messageName;
    }

    public ValueKind Kind { get; }

    public CollectionKind Collection { get; }

    /// <summary>Length of an array or bound of a sequence, else 0.</summary>
    public int Capacity { get; }

    /// <summary>Bound of a bounded string, else 0.</summary>
    public int StringCapacity { get; }

    /// <summary>Full name (pkg/msg/Name) of a nested message, else empty.</summary>
    public string MessageName { get; }

    public int TypeId => (int)Kind + (int)Collection;

    public bool IsMessage => Kind == ValueKind.Message;

    public bool IsString => Kind is ValueKind.String or ValueKind.BoundedString;

    public bool IsWString => Kind is ValueKind.WString or ValueKind.BoundedWString;

    public bool IsPrimitive => !IsMessage && !IsString && !IsWString;

    public bool IsSequence => Collection is CollectionKind.BoundedSequence or CollectionKind.UnboundedSequence;

    /// <summary>Size and alignment of a primitive in bytes.</summary>
    public int PrimitiveSize => Kind switch
    {
        ValueKind.Int16 or ValueKind.UInt16 => 2,
        ValueKind.Int32 or ValueKind.UInt32 or ValueKind.Float32 => 4,
        ValueKind.Int64 or ValueKind.UInt64 or ValueKind.Float64 => 8,
        _ => 1,
    };

    public static FieldType Nested(string messageName) => new(ValueKind.Message, messageName: messageName);
}
