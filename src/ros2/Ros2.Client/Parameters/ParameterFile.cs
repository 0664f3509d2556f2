using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ROS2;

/// <summary>
/// Parameter files: node names, <c>/*</c> for one level and <c>/**</c> for any, below them <c>ros__parameters</c>, below it
/// values or groups whose names are joined by dots. Namespaces may be written as levels of their own.
/// </summary>
public static class ParameterFile
{
    private const string Key = "ros__parameters";

    /// <summary>The parameters a file gives to one node; later entries win.</summary>
    /// <param name="path">The file.</param>
    /// <param name="nodeName">Fully qualified name of the node.</param>
    /// <param name="useWildcards">Whether what is written below names with <c>*</c> counts.</param>
    /// <exception cref="ArgumentException">The file cannot be read or is wrong; the message has file, line and expectation.</exception>
    public static IReadOnlyList<Parameter> Load(string path, string nodeName, bool useWildcards = true)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"parameter file '{path}' cannot be read: {e.Message}", e);
        }

        return Parse(text, path, nodeName, useWildcards);
    }

    /// <summary>As <see cref="Load"/>, from a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <param name="nodeName">Fully qualified name of the node.</param>
    /// <param name="useWildcards">Whether what is written below names with <c>*</c> counts.</param>
    /// <exception cref="ArgumentException">The text is wrong; the message has source, line and expectation.</exception>
    public static IReadOnlyList<Parameter> Parse(string text, string source, string nodeName, bool useWildcards = true)
    {
        var result = new List<Parameter>();
        bool IsMeant(string pattern) => (useWildcards || !pattern.Contains('*', StringComparison.Ordinal)) && Matches(pattern, nodeName);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            foreach (YamlDocument document in stream.Documents)
            {
                Visit(document.RootNode, string.Empty, source, IsMeant, result);
            }
        }
        catch (YamlException e)
        {
            throw new ArgumentException($"{source}:{e.Start.Line}: {e.InnerException?.Message ?? e.Message}", e);
        }

        return result;
    }

    /// <summary>A file that gives one node its parameters, as <c>ros2 param dump</c> writes it: groups as levels, names sorted.</summary>
    /// <param name="nodeName">Fully qualified name of the node.</param>
    /// <param name="parameters">Those without a value are left out.</param>
    public static string Format(string nodeName, IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        List<Parameter> values = [.. parameters.Where(parameter => parameter.Type != ParameterType.NotSet)];
        var text = new StringBuilder($"{nodeName}:\n  {Key}:{(values.Count == 0 ? " {}" : "")}\n");
        AppendGroup(text, values.ConvertAll(parameter => (parameter.Name.Split('.'), parameter.Value)), 0);
        return text.ToString();
    }

    /// <summary>Whether a name in a file means a node: <c>*</c> is one level, <c>**</c> any number.</summary>
    internal static bool Matches(string pattern, string nodeName)
    {
        string[] patternParts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string[] nameParts = nodeName.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Matches(patternParts, nameParts);
    }

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> name)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        if (pattern[0] == "**")
        {
            return Matches(pattern[1..], name) || (!name.IsEmpty && Matches(pattern, name[1..]));
        }

        return !name.IsEmpty
            && (pattern[0] == "*" || string.Equals(pattern[0], name[0], StringComparison.Ordinal))
            && Matches(pattern[1..], name[1..]);
    }

    private static void Visit(YamlNode node, string path, string source, Func<string, bool> isMeant, List<Parameter> result)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw ParameterYaml.Wrong(source, node, $"a node name with '{Key}' below it was expected");
        }

        foreach ((YamlNode keyNode, YamlNode value) in mapping.Children)
        {
            string key = (keyNode as YamlScalarNode)?.Value
                ?? throw ParameterYaml.Wrong(source, keyNode, "a name was expected");
            if (key != Key)
            {
                Visit(value, $"{path}/{key.Trim('/')}", source, isMeant, result);
            }
            else if (path.Length == 0)
            {
                throw ParameterYaml.Wrong(source, keyNode, $"'{Key}' must stand below a node name");
            }
            else if (isMeant(path))
            {
                AddGroup(value, string.Empty, source, result);
            }
        }
    }

    private static void AppendGroup(StringBuilder text, List<(string[] Path, ParameterValue Value)> parameters, int level)
    {
        string indent = new(' ', 4 + (2 * level));
        foreach (var group in parameters.GroupBy(parameter => parameter.Path[level], StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(indent).Append(YamlScalars.Text(group.Key, 0, isFlow: false)).Append(':');
            foreach ((string[] path, ParameterValue value) in group.Where(parameter => parameter.Path.Length == level + 1))
            {
                ParameterYaml.Append(text, value, indent);
            }

            List<(string[] Path, ParameterValue Value)> deeper = [.. group.Where(parameter => parameter.Path.Length > level + 1)];
            text.Append('\n');
            AppendGroup(text, deeper, level + 1);
        }
    }

    private static void AddGroup(YamlNode node, string prefix, string source, List<Parameter> result)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw ParameterYaml.Wrong(source, node, "parameters were expected as 'name: value'");
        }

        foreach ((YamlNode keyNode, YamlNode value) in mapping.Children)
        {
            string name = prefix + ((keyNode as YamlScalarNode)?.Value
                ?? throw ParameterYaml.Wrong(source, keyNode, "a parameter name was expected"));
            if (value is YamlMappingNode)
            {
                AddGroup(value, name + ".", source, result);
            }
            else
            {
                result.Add(new Parameter(name, ParameterYaml.Convert(value, source)));
            }
        }
    }
}
