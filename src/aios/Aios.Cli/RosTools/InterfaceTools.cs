using System.Text.RegularExpressions;
using ROS2;
using ROS2.Bag;

namespace Aios.Cli.RosTools;

/// <summary><c>ros interface</c>: the types of installed packages and those that were generated into this program.</summary>
internal static partial class InterfaceTools
{
    private static readonly RosTypeRegistry Registry = RosTypes.Registry;

    /// <summary>Kinds of interfaces to list; none of them set means all.</summary>
    internal readonly record struct Kinds(bool Messages, bool Services, bool Actions)
    {
        public bool HasMessages => Messages || IsEmpty;

        public bool HasServices => Services || IsEmpty;

        public bool HasActions => Actions || IsEmpty;

        private bool IsEmpty => !Messages && !Services && !Actions;
    }

    /// <summary>All interfaces, by kind.</summary>
    public static int List(TextWriter output, Kinds kinds)
    {
        foreach (var (title, names) in Select(kinds, "Messages:", "Services:", "Actions:"))
        {
            output.WriteLine(title);
            foreach (var name in names)
            {
                output.WriteLine($"    {name}");
            }
        }

        return ExitCode.Success;
    }

    /// <summary>Interfaces of one package.</summary>
    public static int Package(TextWriter output, string package, Kinds kinds)
    {
        List<string> names = [.. Select(kinds, "", "", "").SelectMany(part => part.Names).Where(name => name.StartsWith(package + "/", StringComparison.Ordinal))];
        return names.Count > 0
            ? Names.WriteLines(output, names)
            : throw new AiosException(ExitCode.Failure, $"Unknown package '{package}': 'aios ros interface packages' shows those that are there");
    }

    /// <summary>Packages with interfaces.</summary>
    public static int Packages(TextWriter output, Kinds kinds) => Names.WriteLines(
        output,
        [.. Select(kinds, "", "", "").SelectMany(part => part.Names).Select(name => name[..name.IndexOf('/', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>The definition of an interface, those of nested types indented below their field.</summary>
    public static int Show(TextWriter output, string name, bool allComments, bool noComments)
    {
        Show(output, TextOf(name), name.Split('/')[0], Of(allComments, noComments), 0, Registry.FindMessage);
        return ExitCode.Success;
    }

    /// <summary>A message with its default values; the request of a service, the goal of an action.</summary>
    public static int Proto(TextWriter output, string name, bool noQuotes)
    {
        var parts = name.Split('/');
        var type = parts is [_, "srv", _] ? RosTypes.Service(name).Request : parts is [_, "action", _] ? RosTypes.Action(name).Goal : RosTypes.Message(name);
        var yaml = RosYamlWriter.ToYaml(type.Create());
        output.WriteLine(noQuotes ? yaml : $"\"{yaml}\"");
        return ExitCode.Success;
    }

    /// <summary>The definition of a type as a bag has it.</summary>
    public static int ShowOfBag(TextWriter output, string bag, string name, bool allComments, bool noComments)
    {
        using var reader = BagReader.Open(bag);
        var topic = reader.Topics.FirstOrDefault(candidate => candidate.TypeName == name || candidate.TypeName.Replace("/msg/", "/", StringComparison.Ordinal) == name)
            ?? throw new AiosException(ExitCode.Failure, $"{bag} has no topic of type '{name}', expected one of {string.Join(", ", reader.Topics.Select(candidate => candidate.TypeName).Distinct(StringComparer.Ordinal))}");
        var type = BagTypes.Find(topic, Console.Error.WriteLine)
            ?? throw new AiosException(ExitCode.Failure, $"{bag} does not define {topic.TypeName}");
        var nested = type.CollectNestedTypes().ToDictionary(part => part.Name, StringComparer.Ordinal);
        Show(output, type.Text, type.Package, Of(allComments, noComments), 0, part => nested.GetValueOrDefault(part) ?? nested.GetValueOrDefault(part.Replace("/", "/msg/", StringComparison.Ordinal)));
        return ExitCode.Success;
    }

    /// <summary>Compares interfaces with a file of another implementation; <c>-</c> is standard input.</summary>
    /// <returns>Failure on a mismatch; wrong input where there is none and a part of the file is not of the form, or the file is empty.</returns>
    public static int Verify(TextWriter output, string path)
    {
        InterfaceVerificationReport report;
        try
        {
            report = path == "-" ? InterfaceVerifier.Verify(Console.In, RosTypes.BuiltIn) : InterfaceVerifier.VerifyFile(path, RosTypes.BuiltIn);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiosException(ExitCode.WrongInput, $"{path}: {(File.Exists(path) ? error.Message : Directory.Exists(path) ? "a folder, expected a file" : "no such file")}", error);
        }

        foreach (var line in report.Lines)
        {
            output.WriteLine(line);
        }

        return report.Mismatches.Count > 0 ? ExitCode.Failure : report.IsSuccess ? ExitCode.Success : ExitCode.WrongInput;
    }

    private enum Comments
    {
        None,
        TopLevel,
        All,
    }

    private static IEnumerable<(string Title, IReadOnlyList<string> Names)> Select(Kinds kinds, string messages, string services, string actions)
    {
        if (kinds.HasMessages)
        {
            yield return (messages, Registry.MessageNames);
        }

        if (kinds.HasServices)
        {
            yield return (services, Registry.ServiceNames);
        }

        if (kinds.HasActions)
        {
            yield return (actions, Registry.ActionNames);
        }
    }

    private static Comments Of(bool all, bool none) => none ? Comments.None : all ? Comments.All : Comments.TopLevel;

    private static string TextOf(string name) => name.Split('/') switch
    {
        [_, "srv", _] => RosTypes.Service(name).Text,
        [_, "action", _] => RosTypes.Action(name).Text,
        [_, _] when Registry.FindMessage(name) is null && Registry.FindService(name) is { } service => service.Text,
        [_, _] when Registry.FindMessage(name) is null && Registry.FindAction(name) is { } action => action.Text,
        [_, "msg", _] or [_, _] => RosTypes.Message(name).Text,
        _ => throw new AiosException(ExitCode.WrongInput, $"Invalid name '{name}'. Expected three parts separated by '/'"),
    };

    private static void Show(TextWriter output, string text, string package, Comments comments, int level, Func<string, RosMessageType?> find)
    {
        var hasComments = comments == Comments.All || (comments == Comments.TopLevel && level == 0);
        foreach (var raw in text.TrimEnd('\n').Split('\n'))
        {
            var line = raw.TrimEnd();
            var shown = hasComments ? line : Comment().Replace(line, "").TrimEnd();
            if (shown.Length > 0)
            {
                output.WriteLine(new string('\t', level) + shown);
            }
            else if (hasComments)
            {
                output.WriteLine();
            }

            if (NestedType(line, package, find) is { } nested)
            {
                Show(output, nested.Text, nested.Package, comments, level + 1, find);
            }
        }
    }

    private static RosMessageType? NestedType(string line, string package, Func<string, RosMessageType?> find)
    {
        if (Field().Match(line) is not { Success: true } field)
        {
            return null;
        }

        var type = field.Groups["type"].Value;
        return find(type.Contains('/', StringComparison.Ordinal) ? type : type == "Header" ? "std_msgs/msg/Header" : $"{package}/msg/{type}");
    }

    [GeneratedRegex("""\s*#(?=(?:[^"]*"[^"]*")*[^"]*$).*$""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*(?<type>[a-z]\w*/(?:msg/)?[A-Z]\w*|[A-Z]\w*)(?:\[[^\]]*\])?\s+[a-z]\w*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();
}
