using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>A field of a nested message and the property it has there.</summary>
internal readonly record struct NestedField(FieldType Type, string Property)
{
    public static List<NestedField> Of(Layouts layouts, string fullName)
    {
        IReadOnlyList<FieldSpec> fields = layouts.Fields(fullName);
        Dictionary<string, string> names = layouts.Names(fullName);
        var nested = new List<NestedField>(fields.Count);
        foreach (FieldSpec field in fields)
        {
            nested.Add(new NestedField(field.Type, names[field.Name]));
        }

        return nested;
    }
}
