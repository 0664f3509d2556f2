namespace ROS2;

/// <summary>Types of parameters; values of <c>rcl_interfaces/msg/ParameterType</c>.</summary>
public enum ParameterType
{
    /// <summary>No value.</summary>
    NotSet = 0,

    /// <summary><see cref="bool"/>.</summary>
    Bool = 1,

    /// <summary><see cref="long"/>.</summary>
    Integer = 2,

    /// <summary><see cref="double"/>.</summary>
    Double = 3,

    /// <summary><see cref="string"/>.</summary>
    String = 4,

    /// <summary>Array of <see cref="byte"/>.</summary>
    ByteArray = 5,

    /// <summary>Array of <see cref="bool"/>.</summary>
    BoolArray = 6,

    /// <summary>Array of <see cref="long"/>.</summary>
    IntegerArray = 7,

    /// <summary>Array of <see cref="double"/>.</summary>
    DoubleArray = 8,

    /// <summary>Array of <see cref="string"/>.</summary>
    StringArray = 9,
}

/// <summary>Names of parameter types as ROS prints them.</summary>
public static class ParameterTypes
{
    /// <summary>The name rclcpp uses in messages, <c>integer_array</c>.</summary>
    public static string ToRosString(this ParameterType type) => type switch
    {
        ParameterType.NotSet => "not set",
        ParameterType.Bool => "bool",
        ParameterType.Integer => "integer",
        ParameterType.Double => "double",
        ParameterType.String => "string",
        ParameterType.ByteArray => "byte_array",
        ParameterType.BoolArray => "bool_array",
        ParameterType.IntegerArray => "integer_array",
        ParameterType.DoubleArray => "double_array",
        ParameterType.StringArray => "string_array",
        _ => "unknown type",
    };
}
