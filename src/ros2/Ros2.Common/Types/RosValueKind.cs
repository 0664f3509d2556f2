#if ROS2_GENERATOR
namespace Ros2.Generator.Model;
#else
namespace ROS2;
#endif

/// <summary>
/// Type of a field's single value. The numbers are those of <c>type_description_interfaces/msg/FieldType</c> for the value
/// itself; <see cref="RosField.TypeId"/> adds the offset of arrays and sequences.
/// </summary>
public enum RosValueKind
{
    /// <summary>Another message.</summary>
    Message = 1,

    /// <summary>Signed, 8 bits.</summary>
    Int8 = 2,

    /// <summary>Unsigned, 8 bits; the .msg type <c>char</c> is this as well.</summary>
    UInt8 = 3,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 4,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 5,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 6,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 7,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 8,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 9,

    /// <summary>IEEE 754 binary32.</summary>
    Float32 = 10,

    /// <summary>IEEE 754 binary64.</summary>
    Float64 = 11,

    /// <summary>True or false.</summary>
    Boolean = 15,

    /// <summary>An octet without meaning; the .msg type <c>byte</c>.</summary>
    Byte = 16,

    /// <summary>UTF-8 text.</summary>
    String = 17,

    /// <summary>UTF-16 text.</summary>
    WString = 18,

    /// <summary>UTF-8 text of limited length.</summary>
    BoundedString = 21,

    /// <summary>UTF-16 text of limited length.</summary>
    BoundedWString = 22,
}
