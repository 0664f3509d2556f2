using System;
using Ros2.Generator.Model;

namespace Ros2.Generator.Parsing;

/// <summary>Parses the type of a field: <c>float64</c>, <c>string&lt;=10[&lt;=5]</c>, <c>geometry_msgs/Point[3]</c>.</summary>
internal static class TypeParser
{
    /// <param name="text">The type as written.</param>
    /// <param name="package">The package whose file this is; unqualified names belong to it.</param>
    /// <param name="error">What is wrong, when the result is null.</param>
    public static FieldType? Parse(string text, string package, out string error)
    {
        if (!TryParseCollection(text, out string value, out RosCollectionKind collection, out int capacity, out error))
        {
            return null;
        }

        if (PrimitiveKind(value) is { } kind)
        {
            return new FieldType(kind, collection, capacity);
        }

        int bound = value.IndexOf("<=", StringComparison.Ordinal);
        if (bound >= 0)
        {
            return ParseBoundedString(value, bound, collection, capacity, out error);
        }

        string? name = ParseMessageName(value, package, out error);
        return name is null ? null : new FieldType(RosValueKind.Message, collection, capacity, messageName: name);
    }

    public static RosValueKind? PrimitiveKind(string name) => name switch
    {
        "bool" => RosValueKind.Boolean,
        "byte" => RosValueKind.Byte,
        "char" => RosValueKind.UInt8,
        "int8" => RosValueKind.Int8,
        "uint8" => RosValueKind.UInt8,
        "int16" => RosValueKind.Int16,
        "uint16" => RosValueKind.UInt16,
        "int32" => RosValueKind.Int32,
        "uint32" => RosValueKind.UInt32,
        "int64" => RosValueKind.Int64,
        "uint64" => RosValueKind.UInt64,
        "float32" => RosValueKind.Float32,
        "float64" => RosValueKind.Float64,
        "string" => RosValueKind.String,
        "wstring" => RosValueKind.WString,
        _ => null,
    };

    private static bool TryParseCollection(
        string text, out string value, out RosCollectionKind kind, out int capacity, out string error)
    {
        value = text;
        kind = RosCollectionKind.None;
        capacity = 0;
        error = "";
        if (!text.EndsWith("]", StringComparison.Ordinal))
        {
            return true;
        }

        int open = text.LastIndexOf('[');
        if (open < 0)
        {
            error = $"type '{text}' ends in ']' but has no '['";
            return false;
        }

        value = text.Substring(0, open);
        string size = text.Substring(open + 1, text.Length - open - 2);
        if (size.Length == 0)
        {
            kind = RosCollectionKind.UnboundedSequence;
            return true;
        }

        bool bounded = size.StartsWith("<=", StringComparison.Ordinal);
        kind = bounded ? RosCollectionKind.BoundedSequence : RosCollectionKind.Array;
        if (IntegerText.TryParseSize(bounded ? size.Substring(2) : size, out capacity))
        {
            return true;
        }

        error = $"the size in '{text}' must be a whole number greater than 0, after '<=' if it is an upper bound";
        return false;
    }

    private static FieldType? ParseBoundedString(
        string value, int bound, RosCollectionKind collection, int capacity, out string error)
    {
        error = "";
        string name = value.Substring(0, bound);
        if (name is not ("string" or "wstring"))
        {
            error = $"only string and wstring take an upper bound, not '{name}'";
            return null;
        }

        if (!IntegerText.TryParseSize(value.Substring(bound + 2), out int length))
        {
            error = $"the upper bound in '{value}' must be a whole number greater than 0";
            return null;
        }

        RosValueKind kind = name == "string" ? RosValueKind.BoundedString : RosValueKind.BoundedWString;
        return new FieldType(kind, collection, capacity, length);
    }

    private static string? ParseMessageName(string value, string package, out string error)
    {
        string[] parts = value.Split('/');
        error = "";
        if (parts.Length > 2)
        {
            error = $"'{value}' is not a type; write package/Name";
            return null;
        }

        string name = parts[parts.Length - 1];
        if (!NameRules.IsMessage(name))
        {
            error = value is "time" or "duration"
                ? $"'{value}' is a ROS 1 type; use builtin_interfaces/{(value == "time" ? "Time" : "Duration")}"
                : $"'{value}' is not a type; names of messages are {NameRules.MessageHint}";
            return null;
        }

        if (parts.Length == 2 && !NameRules.IsField(parts[0]))
        {
            error = $"'{parts[0]}' is not a package name; those are {NameRules.FieldHint}";
            return null;
        }

        return (parts.Length == 2 ? parts[0] : package) + "/msg/" + name;
    }
}
