using System.Text;
using ROS2;

namespace Ros2.Client.Tests;

/// <summary>A message type in the form into which rosidl turns .msg files: arrays as typedefs, defaults as annotations.</summary>
internal static class IdlText
{
    public static string Of(RosMessageType type)
    {
        var text = new StringBuilder("// generated\n");
        foreach (RosMessageType nested in type.Fields.Select(field => field.Message).OfType<RosMessageType>())
        {
            text.Append($"#include \"{nested.Package}/msg/{nested.ShortName}.idl\"\n");
        }

        text.Append($"\nmodule {type.Package} {{\n  module msg {{\n");
        foreach (RosField field in type.Fields.Where(field => field.Collection == RosCollectionKind.Array).DistinctBy(ArrayName))
        {
            text.Append($"    typedef {Value(field)} {ArrayName(field)}[{field.Capacity}];\n");
        }

        text.Append($"    @verbatim (language=\"comment\", text=\n      \"One, {{two}}; // three\" \"\\n\"\n      \"four\")\n    struct {type.ShortName} {{\n");
        foreach (RosField field in type.Fields)
        {
            text.Append(field.DefaultValue.Length > 0 ? $"      @default (value={Default(field)})\n" : "").Append($"      {Whole(field)} {field.Name};\n\n");
        }

        return text.Append("    };\n  };\n};\n").ToString();
    }

    private static string Whole(RosField field) => field.Collection switch
    {
        RosCollectionKind.Array => ArrayName(field),
        RosCollectionKind.BoundedSequence => $"sequence<{Value(field)}, {field.Capacity}>",
        RosCollectionKind.UnboundedSequence => $"sequence<{Value(field)}>",
        _ => Value(field),
    };

    private static string ArrayName(RosField field) =>
        Value(field).Replace("::", "__", StringComparison.Ordinal).Replace("<", "__", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal) + $"__{field.Capacity}";

    private static string Value(RosField field) => field.Kind switch
    {
        RosValueKind.Message => $"{field.Message!.Package}::msg::{field.Message.ShortName}",
        RosValueKind.Boolean => "boolean",
        RosValueKind.Byte => "octet",
        RosValueKind.Float32 => "float",
        RosValueKind.Float64 => "double",
        RosValueKind.BoundedString => $"string<{field.StringCapacity}>",
        RosValueKind.BoundedWString => $"wstring<{field.StringCapacity}>",
        _ => field.Kind.ToString().ToLowerInvariant(),
    };

    // Arrays as a Python tuple within a string, strings within double quotes.
    private static string Default(RosField field)
    {
        string value = field.DefaultValue;
        if (field.Collection != RosCollectionKind.None)
        {
            string items = value.Trim('[', ']').Replace("true", "True", StringComparison.Ordinal).Replace("false", "False", StringComparison.Ordinal);
            return $"\"({items.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)},)\"";
        }

        return field.Kind switch
        {
            RosValueKind.Boolean => value is "true" or "True" or "1" ? "TRUE" : "FALSE",
            RosValueKind.String or RosValueKind.WString or RosValueKind.BoundedString or RosValueKind.BoundedWString =>
                $"\"{(value[0] is '"' or '\'' ? value[1..^1].Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal) : value).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            _ => value,
        };
    }
}
