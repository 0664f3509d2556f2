using System.Text;
using YamlDotNet.Core;

namespace ROS2;

/// <summary>
/// Parameter files: node names, <c>/*</c> for one level and <c>/**</c> for any, below them <c>ros__parameters</c>, below it
/// values or groups whose names are joined by dots. Namespaces may be written as levels of their own. The whole file must be right,
/// also what is for other nodes; as in rcl, aliases of YAML are not.
/// </summary>
public static class ParameterFile
{
    internal const string Key = "ros__parameters";

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
        var reader = new ParameterFileReader(source, new Parser(new StringReader(text)), (node, parameter) =>
        {
            if (IsMeant(node))
            {
                result.Add(parameter);
            }
        });
        try
        {
            reader.Read();
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
}
