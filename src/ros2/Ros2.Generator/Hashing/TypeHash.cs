using System;
using System.Collections.Generic;
using System.Linq;
using Ros2.Generator.Model;

namespace Ros2.Generator.Hashing;

/// <summary>RIHS01 type hashes (REP-2016) of the types of a table.</summary>
internal sealed class TypeHash(TypeTable table)
{
    private readonly Dictionary<string, string> _descriptions = new(StringComparer.Ordinal);

    public string Compute(string fullName) => Rihs01.Hash(Json(fullName));

    /// <summary>The hashed text.</summary>
    public string Json(string fullName) => Rihs01.Description(Describe(fullName), table.Closure(fullName).Select(Describe));

    private string Describe(string fullName)
    {
        if (!_descriptions.TryGetValue(fullName, out string? description))
        {
            description = Rihs01.Type(fullName, table.Fields(fullName).Select(field => Rihs01.Field(
                field.Name, field.Type.TypeId, field.Type.Capacity, field.Type.StringCapacity, field.Type.MessageName)));
            _descriptions.Add(fullName, description);
        }

        return description;
    }
}
