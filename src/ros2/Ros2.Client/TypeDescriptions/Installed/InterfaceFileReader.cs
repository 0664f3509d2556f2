using Ros2.Generator.Linking;
using Ros2.Generator.Model;
using Ros2.Generator.Parsing;
using type_description_interfaces.msg;

namespace ROS2;

/// <summary>Reads one interface file: what it defines and what that implies, as descriptions with their texts.</summary>
internal static class InterfaceFileReader
{
    /// <summary>Largest file that is read; no interface comes near.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>All types of a file, by full name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="package">Its package.</param>
    /// <param name="kind"><c>msg</c>, <c>srv</c> or <c>action</c>, whatever the file's ending.</param>
    /// <exception cref="FormatException">One line with file and line.</exception>
    public static Dictionary<string, (IndividualTypeDescription Type, string Text)> Read(string path, string package, string kind)
    {
        var source = new InterfaceSource(path, package, KindOf(kind), Path.GetFileNameWithoutExtension(path), TextOf(path));
        InterfaceFile file = path.EndsWith(".idl", StringComparison.Ordinal) ? ReadIdl(source) : InterfaceParser.Parse(source);
        if (file.Problems.Count > 0)
        {
            throw new FormatException($"{path}:{file.Problems[0].Span.Line + 1}: {file.Problems[0].Message}");
        }

        var linked = new LinkedFile(file);
        var types = new Dictionary<string, (IndividualTypeDescription, string)>(StringComparer.Ordinal);
        foreach (MessageSpec message in linked.Messages)
        {
            types[message.FullName] = (RosDefinitions.Describe(message.FullName, message.Fields), message.Text);
        }

        foreach (ServiceSpec service in linked.Services)
        {
            types[service.FullName] = (RosDefinitions.Describe(service.FullName, service.HashFields), service.Text);
        }

        if (linked.Action is { } action)
        {
            types[action.FullName] = (RosDefinitions.Describe(action.FullName, action.HashFields), action.Text);
        }

        return types;
    }

    private static InterfaceKind KindOf(string kind) => kind switch
    {
        "srv" => InterfaceKind.Service,
        "action" => InterfaceKind.Action,
        _ => InterfaceKind.Message,
    };

    private static string TextOf(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MostBytes
                ? File.ReadAllText(path).ReplaceLineEndings("\n")
                : throw new FormatException($"{path}: more than {MostBytes} bytes, as no interface file has");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }

    private static InterfaceFile ReadIdl(InterfaceSource source)
    {
        IReadOnlyDictionary<string, MessageSpec> structs = new IdlParser(source).Parse();
        string[] names = source.Kind switch
        {
            InterfaceKind.Service => ["_Request", "_Response"],
            InterfaceKind.Action => ["_Goal", "_Result", "_Feedback"],
            _ => [""],
        };
        List<MessageSpec> sections = [.. names.Select(suffix => structs.GetValueOrDefault(source.Name + suffix)
            ?? throw new FormatException($"{source.Path}: expected a struct {source.Name + suffix}"))];
        var file = new InterfaceFile(source with { Text = string.Join("---\n", sections.Select(section => section.Text)) });
        file.Sections.AddRange(sections);
        return file;
    }
}
