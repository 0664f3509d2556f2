using System.Collections;
using System.Globalization;

namespace ROS2;

/// <summary>The way from a message to one of its values: <c>header.stamp.sec</c>, <c>ranges[3]</c>, <c>poses[0].position.x</c>.</summary>
internal sealed class FilterField
{
    private readonly (RosField Field, int Index)[] _path;

    private FilterField((RosField Field, int Index)[] path) => _path = path;

    public FilterValueKind Kind => _path[^1].Field.Kind switch
    {
        RosValueKind.Boolean => FilterValueKind.Truth,
        RosValueKind.Float32 or RosValueKind.Float64 => FilterValueKind.Real,
        RosValueKind.String or RosValueKind.WString or RosValueKind.BoundedString or RosValueKind.BoundedWString => FilterValueKind.Text,
        _ => FilterValueKind.Whole,
    };

    /// <summary>Finds a field by name.</summary>
    /// <exception cref="ArgumentException">There is none, or it is no single value.</exception>
    public static FilterField Find(RosMessageType type, FilterToken name)
    {
        var path = new List<(RosField, int)>();
        RosMessageType? owner = type;
        foreach (string part in name.Text.Split('.'))
        {
            (string field, int index) = Split(part, name);
            RosField found = owner?.Fields.FirstOrDefault(f => f.Name == field && !f.IsPlaceholder)
                ?? throw FilterLexer.Wrong(name.Column, $"{owner?.Name ?? "a plain value"} has no field '{field}'");
            bool isArray = found.Collection != RosCollectionKind.None;
            if (isArray != (index >= 0))
            {
                throw FilterLexer.Wrong(name.Column, isArray ? $"'{field}' is an array: '{field}[0]' was expected" : $"'{field}' is no array");
            }

            path.Add((found, index));
            owner = found.Message;
        }

        return owner is null
            ? new FilterField([.. path])
            : throw FilterLexer.Wrong(name.Column, $"'{name.Text}' is a message, a plain value was expected");
    }

    /// <summary>The value in a message; false when a sequence is too short.</summary>
    public bool TryGet(IRosMessage message, out FilterValue value)
    {
        object? current = message;
        value = default;
        foreach ((RosField field, int index) in _path)
        {
            current = field.GetValue((IRosMessage)current!);
            if (index >= 0)
            {
                IList list = MessageValues.ListOf(current);
                if (index >= list.Count)
                {
                    return false;
                }

                current = list[index];
            }
        }

        value = FilterValue.From(current);
        return true;
    }

    private static (string Field, int Index) Split(string part, FilterToken name)
    {
        int bracket = part.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
        {
            return (part, -1);
        }

        bool isIndex = int.TryParse(part.AsSpan()[(bracket + 1)..].TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out int index);
        return isIndex && part.EndsWith(']')
            ? (part[..bracket], index)
            : throw FilterLexer.Wrong(name.Column, $"'{part}': an index in brackets was expected");
    }
}
