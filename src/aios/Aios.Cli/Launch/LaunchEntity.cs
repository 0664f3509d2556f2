using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Aios.Cli.Launch;

/// <summary>One mapping of a launch file, read key by key: an unknown or left over key is a mistake.</summary>
internal sealed class LaunchEntity
{
    private readonly LaunchContext _context;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <param name="context">Where substitutions look.</param>
    /// <param name="name">What the mapping describes, for error messages.</param>
    /// <param name="node">A mapping.</param>
    /// <exception cref="LaunchException">The node is no mapping.</exception>
    public LaunchEntity(LaunchContext context, string name, YamlNode node)
    {
        (_context, Name, Line) = (context, name, (int)node.Start.Line);
        if (node is not YamlMappingNode mapping)
        {
            throw Fail(node, "expected keys and values");
        }

        foreach (var (key, value) in mapping.Children)
        {
            _values[((YamlScalarNode)key).Value ?? ""] = value;
        }
    }

    public string Name { get; }

    public int Line { get; }

    /// <summary>Whether the key is there; marks it as read.</summary>
    public bool Has(string key)
    {
        _read.Add(key);
        return _values.ContainsKey(key);
    }

    /// <summary>Text behind a key, substitutions applied; null when it is left out.</summary>
    public string? OptionalText(string key)
    {
        _read.Add(key);
        return _values.TryGetValue(key, out var node) ? Apply(Scalar(node)) : null;
    }

    /// <exception cref="LaunchException">The key is left out.</exception>
    public string Text(string key) => OptionalText(key) ?? throw Fail(null, $"key '{key}' is missing");

    /// <summary>true, false, 1 or 0 behind a key.</summary>
    public bool? OptionalTruth(string key) => OptionalText(key) is not { } text ? null
        : LaunchExpression.TryParseTruth(text, out var truth) ? truth
        : throw Fail(_values[key], $"{key}: expected true or false, found '{text}'");

    /// <summary>A number of 0 or more behind a key.</summary>
    public double? OptionalNumber(string key) => OptionalText(key) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 && value <= 1e6 ? value
        : throw Fail(_values[key], $"{key}: expected a number from 0 to 1000000, found '{text}'");

    /// <summary>A command line behind a key, split into words as a shell would; each substitution stays one word.</summary>
    public IReadOnlyList<string> Words(string key)
    {
        _read.Add(key);
        return _values.TryGetValue(key, out var node)
            ? [.. CommandLine.Split(Scalar(node)).Select(Apply)]
            : [];
    }

    /// <summary>The mappings of the list behind a key; none when it is left out.</summary>
    public IReadOnlyList<LaunchEntity> Entities(string key)
    {
        _read.Add(key);
        return !_values.TryGetValue(key, out var node) ? []
            : node is YamlSequenceNode sequence ? [.. sequence.Children.Select(child => new LaunchEntity(_context, $"{Name}.{key}", child))]
            : throw Fail(node, $"{key}: expected a list");
    }

    /// <summary>The node behind a key as it is; null when it is left out.</summary>
    public YamlNode? Node(string key)
    {
        _read.Add(key);
        return _values.GetValueOrDefault(key);
    }

    /// <summary>Whether 'if' and 'unless' allow the action.</summary>
    public bool IsEnabled()
    {
        if (Has("if") && Has("unless"))
        {
            throw Fail(null, "'if' and 'unless' at once");
        }

        return (OptionalTruth("if") ?? true) && !(OptionalTruth("unless") ?? false);
    }

    /// <summary>Says which key nobody has read.</summary>
    /// <exception cref="LaunchException">There is one.</exception>
    public void RequireNothingElse()
    {
        foreach (var (key, node) in _values.Where(pair => !_read.Contains(pair.Key)))
        {
            var near = Mission.Spelling.Nearest(key, _read.Order(StringComparer.Ordinal));
            throw Fail(node, $"key '{key}' is not known to this launcher" + (near is null ? "" : $", did you mean '{near}'?"));
        }
    }

    public LaunchException Fail(YamlNode? node, string message) =>
        new(_context.File, (int)(node?.Start.Line ?? Line), $"{Name}: {message}");

    /// <summary>Applies substitutions to text of this entity.</summary>
    public string Apply(string text) => new Substitution(_context, Line).Apply(text);

    public string Scalar(YamlNode node) => node is YamlScalarNode scalar
        ? scalar.Value ?? ""
        : throw Fail(node, "expected text");
}
