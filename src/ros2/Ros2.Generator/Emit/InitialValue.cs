using System.Collections.Generic;
using System.Linq;
using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>Initializers of properties, so that a new message is what rosidl's other languages make it.</summary>
internal static class InitialValue
{
    public static string Of(FieldSpec field)
    {
        FieldType type = field.Type;
        string value = CSharpName.Value(type);
        switch (type.Collection)
        {
            case RosCollectionKind.Array:
                return $" = {ArrayValue(field, value)};";
            case RosCollectionKind.BoundedSequence or RosCollectionKind.UnboundedSequence:
                return $" = new {CSharpName.Property(type)}(){Elements(field.Default)};";
            default:
                return SingleValue(field, value);
        }
    }

    private static string SingleValue(FieldSpec field, string value)
    {
        if (field.Default is { Count: 1 } literals)
        {
            return $" = {literals[0]};";
        }

        if (field.Type.IsMessage)
        {
            return $" = new {value}();";
        }

        return field.Type.IsPrimitive ? "" : " = \"\";";
    }

    private static string ArrayValue(FieldSpec field, string value)
    {
        int length = field.Type.Capacity;
        if (field.Default is { } literals)
        {
            return $"new {value}[]{Elements(literals)}";
        }

        if (field.Type.IsPrimitive)
        {
            return $"new {value}[{length}]";
        }

        return field.Type.IsMessage
            ? $"global::ROS2.RosArray.Create<{value}>({length})"
            : $"global::ROS2.RosArray.CreateStrings({length})";
    }

    private static string Elements(IReadOnlyList<string>? literals) =>
        literals is null || literals.Count == 0 ? "" : " { " + string.Join(", ", literals.AsEnumerable()) + " }";
}
