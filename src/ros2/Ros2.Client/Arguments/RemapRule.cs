using System.Text.RegularExpressions;

namespace ROS2;

/// <summary>What a remapping rule is about.</summary>
internal enum RemapKind
{
    TopicOrService,
    Topic,
    Service,
    NodeName,
    Namespace,
}

/// <summary>One rule <c>[node:]from:=to</c>.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Node">Only for the node of this name; null for all.</param>
/// <param name="From">Name to match, as written; empty for node name and namespace.</param>
/// <param name="To">Replacement, as written.</param>
internal sealed partial record RemapRule(RemapKind Kind, string? Node, string From, string To)
{
    private const string TopicScheme = "rostopic://";
    private const string ServiceScheme = "rosservice://";

    /// <summary>Reads a rule.</summary>
    /// <exception cref="ArgumentException">It is none; the message says why.</exception>
    public static RemapRule Parse(string text)
    {
        int split = text.IndexOf(":=", StringComparison.Ordinal);
        if (split <= 0 || split + 2 == text.Length)
        {
            throw new ArgumentException($"remapping rule '{text}': expected FROM:=TO");
        }

        string from = text[..split];
        string to = text[(split + 2)..];
        RemapKind kind = RemapKind.TopicOrService;
        string? node = null;
        int scheme = from.IndexOf("://", StringComparison.Ordinal);
        int colon = from.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && colon != scheme)
        {
            node = from[..colon];
            from = from[(colon + 1)..];
        }

        kind = TakeScheme(ref from) ?? from switch
        {
            "__node" or "__name" => RemapKind.NodeName,
            "__ns" => RemapKind.Namespace,
            _ => kind,
        };
        Check(text, kind, node, ref from, to);
        return new RemapRule(kind, node, from, to);
    }

    /// <summary>Whether the rule is for a node and a kind of name.</summary>
    public bool AppliesTo(string nodeName, RemapKind kind) =>
        (Node is null || string.Equals(Node, nodeName, StringComparison.Ordinal))
        && (Kind == kind || (Kind == RemapKind.TopicOrService && kind is RemapKind.Topic or RemapKind.Service));

    private static RemapKind? TakeScheme(ref string from)
    {
        if (from.StartsWith(TopicScheme, StringComparison.Ordinal))
        {
            from = from[TopicScheme.Length..];
            return RemapKind.Topic;
        }

        if (from.StartsWith(ServiceScheme, StringComparison.Ordinal))
        {
            from = from[ServiceScheme.Length..];
            return RemapKind.Service;
        }

        return null;
    }

    private static void Check(string text, RemapKind kind, string? node, ref string from, string to)
    {
        if (node is not null && RosNames.FindNodeNameError(node) is { } nodeError)
        {
            throw new ArgumentException($"remapping rule '{text}': {nodeError}");
        }

        if (kind == RemapKind.NodeName && RosNames.FindNodeNameError(to) is { } nameError)
        {
            throw new ArgumentException($"remapping rule '{text}': {nameError}");
        }

        if (kind == RemapKind.Namespace && RosNames.FindFullNameError(to) is { } error && to != "/")
        {
            throw new ArgumentException($"remapping rule '{text}': {error}");
        }

        if (kind is RemapKind.NodeName or RemapKind.Namespace)
        {
            from = string.Empty;
        }
        else if (new[] { from, to }.FirstOrDefault(name => !NameForm().IsMatch(name)) is { } wrong)
        {
            throw new ArgumentException($"remapping rule '{text}': '{wrong}' is no name, expected NAME, /NAME or ~/NAME with slashes between its parts");
        }
    }

    [GeneratedRegex(@"\A(?:~?/)?[A-Za-z_][A-Za-z0-9_]*(?:/[A-Za-z_][A-Za-z0-9_]*)*\z")]
    private static partial Regex NameForm();
}
