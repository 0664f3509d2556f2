using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
#if ROS2_GENERATOR
namespace Ros2.Generator.Model;
#else
namespace ROS2;
#endif

/// <summary>
/// The text that RIHS01 type hashes are taken of (REP-2016): the description of a type and those of all types it contains,
/// as JSON in one canonical spelling without default values. All names are ASCII, so nothing needs escaping.
/// </summary>
public static class Rihs01
{
    /// <summary>One field.</summary>
    public static string Field(string name, int typeId, long capacity, long stringCapacity, string nestedTypeName) =>
        $"{{\"name\": \"{name}\", \"type\": {{\"type_id\": {Text(typeId)}, \"capacity\": {Text(capacity)}, "
        + $"\"string_capacity\": {Text(stringCapacity)}, \"nested_type_name\": \"{nestedTypeName}\"}}}}";

    /// <summary>One type.</summary>
    /// <param name="typeName">Full name.</param>
    /// <param name="fields">Its fields, each from <see cref="Field"/>.</param>
    public static string Type(string typeName, IEnumerable<string> fields) =>
        $"{{\"type_name\": \"{typeName}\", \"fields\": [{string.Join(", ", fields)}]}}";

    /// <summary>The hashed text.</summary>
    /// <param name="type">From <see cref="Type"/>.</param>
    /// <param name="referenced">Likewise, of all types it contains, by name.</param>
    public static string Description(string type, IEnumerable<string> referenced) =>
        $"{{\"type_description\": {type}, \"referenced_type_descriptions\": [{string.Join(", ", referenced)}]}}";

    /// <summary>The hash with its prefix.</summary>
    public static string Hash(string description)
    {
        using var sha = SHA256.Create();
        var text = new StringBuilder("RIHS01_", 71);
        foreach (byte b in sha.ComputeHash(Encoding.UTF8.GetBytes(description)))
        {
            text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
