using System;
using System.Collections.Generic;

namespace Ros2.Generator.Model;

/// <summary>
/// All types one compilation knows, with their fields: messages, parts of services and actions, and, as type hashes need
/// them, services and actions themselves.
/// </summary>
internal sealed class TypeTable
{
    private readonly Dictionary<string, IReadOnlyList<FieldSpec>> _fields = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Dictionary<string, string>> _names = new(StringComparer.Ordinal);

    public void Add(string fullName, IReadOnlyList<FieldSpec> fields) => _fields[fullName] = fields;

    public void Add(MessageSpec message)
    {
        Add(message.FullName, message.Fields);
        _names[message.FullName] = Emit.CSharpName.Properties(message);
    }

    /// <summary>C# property names of a message's fields.</summary>
    public Dictionary<string, string> Names(string fullName) => _names[fullName];

    public bool Contains(string fullName) => _fields.ContainsKey(fullName);

    /// <exception cref="KeyNotFoundException">The type is not in the table.</exception>
    public IReadOnlyList<FieldSpec> Fields(string fullName) => _fields[fullName];

    /// <summary>All types reachable from <paramref name="fullName"/>, itself excluded, sorted by name.</summary>
    public SortedSet<string> Closure(string fullName)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Collect(fullName, found);
        return found;
    }

    private void Collect(string fullName, SortedSet<string> found)
    {
        foreach (FieldSpec field in _fields[fullName])
        {
            if (field.Type.IsMessage && found.Add(field.Type.MessageName))
            {
                Collect(field.Type.MessageName, found);
            }
        }
    }
}
