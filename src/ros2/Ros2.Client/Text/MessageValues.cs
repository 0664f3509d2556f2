using System.Collections;

namespace ROS2;

/// <summary>What the writers of messages as text share.</summary>
internal static class MessageValues
{
    /// <summary>The fields that interface files have; not the byte that stands in for none.</summary>
    public static IEnumerable<RosField> FieldsOf(RosMessageType type) => type.Fields.Where(field => !field.IsPlaceholder);

    /// <summary>Values of an array or sequence.</summary>
    public static IList ListOf(object? value) => value as IList ?? Array.Empty<object>();

    /// <summary>A string, cut or replaced by its length as the options say.</summary>
    public static string Cut(string text, MessageTextOptions options) =>
        options.NoStrings ? $"<string length: <{text.Length}>>"
        : options.Cuts(text.Length) ? text[..options.TruncateLength!.Value] + "..."
        : text;

    /// <summary>An array or sequence without its values: <c>&lt;sequence type: double, length: 3&gt;</c>.</summary>
    public static string Abbreviate(RosField field, int count)
    {
        string type = field.Kind switch
        {
            RosValueKind.Message => field.Message!.Name,
            RosValueKind.Boolean => "boolean",
            RosValueKind.Byte => "octet",
            RosValueKind.Float32 => "float",
            RosValueKind.Float64 => "double",
            RosValueKind.BoundedString => "string",
            RosValueKind.BoundedWString => "wstring",
            _ => field.Kind.ToString().ToLowerInvariant(),
        };
        return field.Collection switch
        {
            RosCollectionKind.Array => $"<array type: {type}[{field.Capacity}]>",
            RosCollectionKind.BoundedSequence => $"<sequence type: {type}[{field.Capacity}], length: {count}>",
            _ => $"<sequence type: {type}, length: {count}>",
        };
    }
}
