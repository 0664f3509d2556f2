namespace Ros2.Generator.Model;

/// <summary>Type of a single value; the numbers are those of type_description_interfaces/msg/FieldType.</summary>
internal enum ValueKind
{
    Message = 1,
    Int8 = 2,
    UInt8 = 3,
    Int16 = 4,
    UInt16 = 5,
    Int32 = 6,
    UInt32 = 7,
    Int64 = 8,
    UInt64 = 9,
    Float32 = 10,
    Float64 = 11,
    Boolean = 15,
    Byte = 16,
    String = 17,
    WString = 18,
    BoundedString = 21,
    BoundedWString = 22,
}

/// <summary>One value or several; the numbers are the offsets between FieldType's groups of ids.</summary>
internal enum CollectionKind
{
    None = 0,
    Array = 48,
    BoundedSequence = 96,
    UnboundedSequence = 144,
}

/// <summary>What a file defines.</summary>
internal enum InterfaceKind
{
    Message,
    Service,
    Action,
}
