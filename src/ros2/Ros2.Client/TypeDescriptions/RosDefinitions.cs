using Ros2.Generator.Model;
using Ros2.Generator.Parsing;
using type_description_interfaces.msg;
using FieldTypeMessage = type_description_interfaces.msg.FieldType;

namespace ROS2;

/// <summary>
/// Descriptions of types from definitions in the encoding <c>ros2msg</c>, which bags hold: the type's own .msg text, then those
/// of all types it contains, each after a line of equal signs and one of the form <c>MSG: package/Name</c>. Read by the parser
/// of the generator.
/// </summary>
public static class RosDefinitions
{
    private const string NestedHeader = "MSG: ";

    private static readonly string Separator = new('=', 80);

    /// <summary>The message type that a definition defines; its hash is computed.</summary>
    /// <param name="typeName">For example <c>std_msgs/msg/String</c>.</param>
    /// <param name="definition">From a bag; checked.</param>
    /// <param name="known">Types that are taken from here where they are defined alike; null for none.</param>
    /// <exception cref="FormatException">One line with the type and line of the definition.</exception>
    public static RosMessageType CreateMessageType(string typeName, string definition, RosTypeRegistry? known = null)
    {
        (TypeDescription description, IReadOnlyList<TypeSource> sources) = Describe(typeName, definition);
        return DescribedTypes.CreateMessageType(description, sources, known);
    }

    /// <summary>The description of the type that a definition defines, and the text of each type in it.</summary>
    /// <inheritdoc cref="CreateMessageType"/>
    public static (TypeDescription Description, IReadOnlyList<TypeSource> Sources) Describe(string typeName, string definition)
    {
        ArgumentNullException.ThrowIfNull(typeName);
        ArgumentNullException.ThrowIfNull(definition);
        string[] parts = definition.ReplaceLineEndings("\n").Split(Separator + "\n");
        List<TypeSource> sources = [SourceOf(typeName, parts[0])];
        foreach (string part in parts[1..])
        {
            int end = part.IndexOf('\n', StringComparison.Ordinal);
            string head = end < 0 ? part : part[..end];
            if (!head.StartsWith(NestedHeader, StringComparison.Ordinal) || head.Count(c => c == '/') != 1)
            {
                throw new FormatException($"{typeName}: after a line of equal signs 'MSG: package/Name' was expected, not '{head}'");
            }

            string nested = head[NestedHeader.Length..].Trim().Replace("/", "/msg/", StringComparison.Ordinal);
            sources.Add(SourceOf(nested, end < 0 ? "" : part[(end + 1)..]));
        }

        var description = new TypeDescription { TypeDescription_ = Parse(sources[0]) };
        description.ReferencedTypeDescriptions.AddRange(sources.Skip(1).Select(Parse).OrderBy(type => type.TypeName, StringComparer.Ordinal));
        return (description, sources);
    }

    private static TypeSource SourceOf(string typeName, string text) => new() { TypeName = typeName, Encoding = "msg", RawFileContents = text };

    private static IndividualTypeDescription Parse(TypeSource source)
    {
        if (source.TypeName.Split('/') is not [{ Length: > 0 } package, { Length: > 0 } scope, { Length: > 0 } name])
        {
            throw new FormatException($"'{source.TypeName}' is no type name of the form package/msg/Name");
        }

        var problems = new List<Problem>();
        var message = new MessageSpec(package, scope, name, source.RawFileContents);
        new SectionParser(message, problems).Parse(SourceLine.Split(source.RawFileContents));
        if (problems.Count > 0)
        {
            throw new FormatException($"{source.TypeName}, line {problems[0].Span.Line + 1}: {problems[0].Message}");
        }

        return Describe(message.FullName, message.Fields);
    }

    /// <summary>The description of one parsed type.</summary>
    internal static IndividualTypeDescription Describe(string typeName, IEnumerable<FieldSpec> fields) => new()
    {
        TypeName = typeName,
        Fields = [.. fields.Select(field => new Field
        {
            Name = field.Name,
            DefaultValue = field.DefaultText,
            Type = new FieldTypeMessage
            {
                TypeId = (byte)field.Type.TypeId,
                Capacity = (ulong)field.Type.Capacity,
                StringCapacity = (ulong)field.Type.StringCapacity,
                NestedTypeName = field.Type.MessageName,
            },
        })],
    };
}
