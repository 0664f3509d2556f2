using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ros2.Generator.Model;

namespace Ros2.Generator.Hashing;

/// <summary>
/// RIHS01 type hashes (REP-2016): SHA-256 of the type's description and those of all types it contains, as JSON in one
/// canonical spelling, without default values.
/// </summary>
internal sealed class TypeHash(TypeTable table)
{
    private readonly Dictionary<string, string> _descriptions = new(StringComparer.Ordinal);

    public string Compute(string fullName)
    {
        byte[] json = Encoding.UTF8.GetBytes(Json(fullName));
        using var sha = SHA256.Create();
        var text = new StringBuilder("RIHS01_", 71);
        foreach (byte b in sha.ComputeHash(json))
        {
            text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>The hashed text. All names are ASCII, so nothing needs escaping.</summary>
    public string Json(string fullName)
    {
        var text = new StringBuilder();
        text.Append("{\"type_description\": ").Append(Describe(fullName)).Append(", \"referenced_type_descriptions\": [");
        bool first = true;
        foreach (string name in table.Closure(fullName))
        {
            text.Append(first ? "" : ", ").Append(Describe(name));
            first = false;
        }

        return text.Append("]}").ToString();
    }

    private string Describe(string fullName)
    {
        if (_descriptions.TryGetValue(fullName, out string? known))
        {
            return known;
        }

        var text = new StringBuilder();
        text.Append("{\"type_name\": \"").Append(fullName).Append("\", \"fields\": [");
        bool first = true;
        foreach (FieldSpec field in table.Fields(fullName))
        {
            FieldType type = field.Type;
            text.Append(first ? "" : ", ")
                .Append("{\"name\": \"").Append(field.Name)
                .Append("\", \"type\": {\"type_id\": ").Append(type.TypeId)
                .Append(", \"capacity\": ").Append(type.Capacity)
                .Append(", \"string_capacity\": ").Append(type.StringCapacity)
                .Append(", \"nested_type_name\": \"").Append(type.MessageName).Append("\"}}");
            first = false;
        }

        string description = text.Append("]}").ToString();
        _descriptions.Add(fullName, description);
        return description;
    }
}
