using System.Text;

namespace ROS2;

/// <summary>
/// Rules for names of nodes, namespaces, topics and services
/// (https://design.ros2.org/articles/topic_and_service_names.html; limits of rmw's validate functions).
/// </summary>
public static class RosNames
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>Why <paramref name="name"/> is not a node name; null when it is one.</summary>
    public static string? FindNodeNameError(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
        {
            return "a node name must not be empty";
        }

        if (name.Length > MaxLength)
        {
            return $"node name is {name.Length} characters long, at most {MaxLength} are allowed";
        }

        return FindTokenError(name) is { } error ? $"node name '{name}' {error}" : null;
    }

    /// <summary>Why <paramref name="name"/> is not a fully qualified name (topic, service or namespace); null when it is one.</summary>
    public static string? FindFullNameError(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name[0] != '/')
        {
            return $"'{name}' must begin with a slash";
        }

        if (name.Length > MaxLength)
        {
            return $"name is {name.Length} characters long, at most {MaxLength} are allowed";
        }

        foreach (string token in name[1..].Split('/'))
        {
            if (FindTokenError(token) is { } error)
            {
                return $"'{name}' {error}";
            }
        }

        return null;
    }

    /// <summary>Namespace in its full form: <c>""</c> becomes <c>/</c>, a missing leading slash is added.</summary>
    /// <exception cref="ArgumentException">It is not a namespace.</exception>
    public static string NormalizeNamespace(string? nodeNamespace)
    {
        if (string.IsNullOrEmpty(nodeNamespace) || nodeNamespace == "/")
        {
            return "/";
        }

        string full = nodeNamespace[0] == '/' ? nodeNamespace : "/" + nodeNamespace;
        return FindFullNameError(full) is { } error
            ? throw new ArgumentException($"invalid namespace: {error}", nameof(nodeNamespace))
            : full;
    }

    /// <summary>Joins a namespace and a relative name.</summary>
    public static string Join(string nodeNamespace, string name) =>
        nodeNamespace == "/" ? "/" + name : $"{nodeNamespace}/{name}";

    /// <summary>
    /// Expands a topic or service name as rcl does: <c>~</c> is the node, <c>{node}</c>, <c>{ns}</c> and <c>{namespace}</c>
    /// are replaced, a relative name is put below the namespace.
    /// </summary>
    /// <exception cref="ArgumentException">The name breaks a rule; the message says which.</exception>
    public static string Expand(string name, string nodeName, string nodeNamespace)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
        {
            throw new ArgumentException("a topic or service name must not be empty", nameof(name));
        }

        string expanded = Substitute(name, nodeName, nodeNamespace);
        if (expanded[0] == '~')
        {
            if (expanded.Length > 1 && expanded[1] != '/')
            {
                throw new ArgumentException($"invalid name '{name}': '~' must be followed by a slash", nameof(name));
            }

            expanded = Join(nodeNamespace, nodeName) + expanded[1..];
        }
        else if (expanded[0] != '/')
        {
            expanded = Join(nodeNamespace, expanded);
        }

        return FindFullNameError(expanded) is { } error
            ? throw new ArgumentException($"invalid name '{name}': {error}", nameof(name))
            : expanded;
    }

    private static string Substitute(string name, string nodeName, string nodeNamespace)
    {
        if (!name.Contains('{', StringComparison.Ordinal))
        {
            return name;
        }

        var text = new StringBuilder();
        int position = 0;
        while (position < name.Length)
        {
            int open = name.IndexOf('{', position);
            if (open < 0)
            {
                break;
            }

            int close = name.IndexOf('}', open);
            string key = close < 0 ? string.Empty : name[(open + 1)..close];
            text.Append(name, position, open - position).Append(key switch
            {
                "node" => nodeName,
                "ns" or "namespace" => nodeNamespace,
                _ => throw new ArgumentException(
                    $"invalid name '{name}': only {{node}}, {{ns}} and {{namespace}} can be substituted", nameof(name)),
            });
            position = close + 1;
        }

        text.Append(name, position, name.Length - position);
        return text.ToString().Replace("//", "/", StringComparison.Ordinal);
    }

    private static string? FindTokenError(string token)
    {
        if (token.Length == 0)
        {
            return "has an empty part (repeated or trailing slash)";
        }

        if (char.IsAsciiDigit(token[0]))
        {
            return $"has a part that begins with a digit: '{token}'";
        }

        foreach (char c in token)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return $"contains '{c}', only letters, digits and '_' are allowed";
            }
        }

        return null;
    }
}
