namespace Ros2.Generator.Model;

/// <summary>The type of a field. Immutable.</summary>
internal sealed class FieldType
{
    public FieldType(
        RosValueKind kind,
        RosCollectionKind collection = RosCollectionKind.None,
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

    public RosValueKind Kind { get; }

    public RosCollectionKind Collection { get; }

    /// <summary>Length of an array or bound of a sequence, else 0.</summary>
    public int Capacity { get; }

    /// <summary>Bound of a bounded string, else 0.</summary>
    public int StringCapacity { get; }

    /// <summary>Full name (pkg/msg/Name) of a nested message, else empty.</summary>
    public string MessageName { get; }

    public int TypeId => (int)Kind + (int)Collection;

    public bool IsMessage => Kind == RosValueKind.Message;

    public bool IsString => Kind is RosValueKind.String or RosValueKind.BoundedString;

    public bool IsWString => Kind is RosValueKind.WString or RosValueKind.BoundedWString;

    public bool IsPrimitive => !IsMessage && !IsString && !IsWString;

    public bool IsSequence => Collection is RosCollectionKind.BoundedSequence or RosCollectionKind.UnboundedSequence;

    /// <summary>Size and alignment of a primitive in bytes.</summary>
    public int PrimitiveSize => Kind switch
    {
        RosValueKind.Int16 or RosValueKind.UInt16 => 2,
        RosValueKind.Int32 or RosValueKind.UInt32 or RosValueKind.Float32 => 4,
        RosValueKind.Int64 or RosValueKind.UInt64 or RosValueKind.Float64 => 8,
        _ => 1,
    };

    public static FieldType Nested(string messageName) => new(RosValueKind.Message, messageName: messageName);
}
