#if ROS2_GENERATOR
namespace Ros2.Generator.Model;
#else
namespace ROS2;
#endif

/// <summary>Whether a field is one value or several. The numbers are the offsets in <c>FieldType</c>'s type ids.</summary>
public enum RosCollectionKind
{
    /// <summary>One value.</summary>
    None = 0,

    /// <summary>A fixed number of values; a C# array.</summary>
    Array = 48,

    /// <summary>Up to a fixed number of values; a <see cref="List{T}"/>.</summary>
    BoundedSequence = 96,

    /// <summary>Any number of values; a <see cref="List{T}"/>.</summary>
    UnboundedSequence = 144,
}
