using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aios.Mission;

/// <summary>
/// Reads the values of one mapping as its schema says. A wrong value is reported and read as the kind's zero, so a
/// reader goes on and finds all mistakes of a file at once; nothing may be made of the values when there are any.
/// </summary>
internal sealed partial class SectionReader
{
    private readonly SchemaSection _schema;
    private readonly ErrorSink _errors;
    private readonly string _path;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    private SectionReader(SchemaSection schema, YamlNode? node, string path, int line, ErrorSink errors)
    {
        (_schema, _path, _errors, Line) = (schema, path, errors, line);
        if (node is YamlMappingNode mapping)
        {
            Take(mapping);
        }
    }

    /// <summary>Line of the mapping, from 1.</summary>
    public int Line { get; }

    /// <summary>Opens a document.</summary>
    public static SectionReader Open(SchemaSection schema, YamlNode root, ErrorSink errors)
    {
        if (root is not YamlMappingNode)
        {
            errors.Add((int)root.Start.Line, "", "expected keys such as " + string.Join(", ", schema.Keys.Take(3).Select(key => key.Name)));
        }

        return new SectionReader(schema, root, "", (int)root.Start.Line, errors);
    }

    /// <summary>True when the mapping has no key at all, known or not.</summary>
    public bool IsEmpty { get; private set; } = true;

    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>Reports a mistake at a key, or at the mapping when the key is left out.</summary>
    public void Fail(string key, string message) =>
        _errors.Add(_values.TryGetValue(key, out var node) ? (int)node.Start.Line : Line, PathOf(key), message);

    public double Number(string key) => OptionalNumber(key) ?? 0;

    public double? OptionalNumber(string key) => ReadNumber(_schema[key], ScalarOrDefault(_schema[key]));

    public int Integer(string key) => (int)(OptionalInteger(key) ?? 0);

    public ulong? OptionalInteger(string key)
    {
        var schema = _schema[key];
        var number = ReadNumber(schema, ScalarOrDefault(schema));
        if (number is { } value && value != Math.Floor(value))
        {
            Fail(key, Expected(schema, value.ToString("R", CultureInfo.InvariantCulture)));
            return null;
        }

        return (ulong?)number;
    }

    public bool Flag(string key)
    {
        var schema = _schema[key];
        var text = ScalarOrDefault(schema);
        if (text is not (null or "true" or "false"))
        {
            Fail(key, Expected(schema, text));
        }

        return text == "true";
    }

    public string Text(string key)
    {
        var schema = _schema[key];
        var text = ScalarOrDefault(schema) ?? "";
        if (_values.ContainsKey(key) && schema.Kind != ValueKind.Text && !IsAccepted(schema, text))
        {
            var nearest = schema.Kind == ValueKind.Choice ? Spelling.Nearest(text, schema.Choices) : null;
            Fail(key, nearest is null
                ? Expected(schema, text)
                : $"unknown {schema.Name} '{text}', did you mean '{nearest}'? Expected {schema.Expectation}");
        }

        return text;
    }

    /// <summary>The section behind a key; an empty one when the key is left out.</summary>
    public SectionReader Section(string key)
    {
        var schema = _schema[key];
        _values.TryGetValue(key, out var node);
        if (node is not (null or YamlMappingNode) && !IsNull(node))
        {
            Fail(key, Expected(schema, Describe(node)));
        }

        return new SectionReader(schema.Section!, node, PathOf(key), LineOf(node), _errors);
    }

    /// <summary>The entries of the list behind a key, each a section.</summary>
    public IReadOnlyList<SectionReader> List(string key)
    {
        var schema = _schema[key];
        if (!_values.TryGetValue(key, out var node) || (IsNull(node) && !schema.Required))
        {
            return [];
        }

        if (node is not YamlSequenceNode sequence || sequence.Children.Count > schema.MaximumCount)
        {
            Fail(key, Expected(schema, Describe(node)));
            return [];
        }

        var entries = new List<SectionReader>();
        foreach (var child in sequence.Children)
        {
            var path = $"{PathOf(key)}[{entries.Count}]";
            if (child is not YamlMappingNode)
            {
                _errors.Add((int)child.Start.Line, path, "expected " + string.Join(", ", schema.Section!.Keys.Select(item => item.Name)));
            }

            entries.Add(new SectionReader(schema.Section!, child, path, (int)child.Start.Line, _errors));
        }

        return entries;
    }

    private void Take(YamlMappingNode mapping)
    {
        IsEmpty = mapping.Children.Count == 0;
        var unknown = new List<string>();
        foreach (var (keyNode, value) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (_schema.Has(key))
            {
                _values.Add(key, value);
                continue;
            }

            var nearest = Spelling.Nearest(key, _schema.Keys.Select(candidate => candidate.Name));
            unknown.Add(nearest ?? "");
            _errors.Add((int)keyNode.Start.Line, _path, nearest is null
                ? $"unknown key '{key}', expected {string.Join(", ", _schema.Keys.Select(candidate => candidate.Name))}"
                : $"unknown key '{key}', did you mean '{nearest}'?");
        }

        foreach (var missing in _schema.Keys.Where(key => key.Required && !Has(key.Name) && !unknown.Contains(key.Name)))
        {
            _errors.Add(Line, _path, $"key '{missing.Name}' is missing, expected {missing.Expectation}");
        }
    }

    private double? ReadNumber(SchemaKey schema, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        if (!isNumber || !(value >= schema.Minimum && value <= schema.Maximum) || !double.IsFinite(value))
        {
            Fail(schema.Name, Expected(schema, text));
            return null;
        }

        return value;
    }

    private string? ScalarOrDefault(SchemaKey schema)
    {
        if (!_values.TryGetValue(schema.Name, out var node))
        {
            return schema.Default;
        }

        if (node is YamlScalarNode scalar && !IsNull(node))
        {
            return scalar.Value;
        }

        Fail(schema.Name, Expected(schema, Describe(node)));
        return null;
    }

    private string PathOf(string key) => _path.Length > 0 && key.Length > 0 ? $"{_path}.{key}" : _path + key;

    private int LineOf(YamlNode? node) => node is null ? Line : (int)node.Start.Line;

    private static string Expected(SchemaKey schema, string found) => schema.Kind == ValueKind.Choice
        ? $"unknown {schema.Name} '{found}', expected {schema.Expectation}"
        : $"expected {schema.Expectation}, found {found}";

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain } scalar && scalar.Value is "" or "~" or "null";

    private static string Describe(YamlNode node) => node switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode sequence => $"a list of {sequence.Children.Count}",
        _ when IsNull(node) => "nothing",
        _ => $"'{((YamlScalarNode)node).Value}'",
    };
}
