using System.Globalization;
using Aios.Numerics;
using YamlDotNet.RepresentationModel;

namespace Aios.Mission;

internal sealed partial class SectionReader
{
    private const string Any = "any";

    /// <summary>A rover's name; null for 'any'.</summary>
    public string? RoverOrAny(string key) => Text(key) is var text && text == Any ? null : text;

    /// <summary>A time, or earliest and latest of a window.</summary>
    public TimeWindow Window(string key)
    {
        var schema = _schema[key];
        if (!_values.TryGetValue(key, out var node) || node is YamlScalarNode)
        {
            var at = Number(key);
            return new TimeWindow(at, at);
        }

        if (node is not YamlSequenceNode { Children: [YamlScalarNode first, YamlScalarNode second] })
        {
            Fail(key, Expected(schema, Describe(node)));
            return default;
        }

        if (ReadNumber(schema, first.Value) is not { } begin || ReadNumber(schema, second.Value) is not { } end)
        {
            return default;
        }

        if (begin > end)
        {
            Fail(key, string.Create(CultureInfo.InvariantCulture, $"the window ends before it begins: [{begin}, {end}]"));
        }

        return new TimeWindow(begin, end);
    }

    /// <summary>Two rovers' names, each null for 'any'.</summary>
    public (string? First, string? Second) Pair(string key)
    {
        if (!_values.TryGetValue(key, out var node))
        {
            return (null, null);
        }

        if (node is not YamlSequenceNode { Children: [YamlScalarNode first, YamlScalarNode second] })
        {
            Fail(key, Expected(_schema[key], Describe(node)));
            return (null, null);
        }

        return (NullIfAny(first.Value), NullIfAny(second.Value));
    }

    /// <summary>A list of names, one or more.</summary>
    public IReadOnlyList<string> Names(string key)
    {
        if (!_values.TryGetValue(key, out var node))
        {
            return [];
        }

        if (node is YamlSequenceNode { Children.Count: > 0 } list && list.Children.All(child => child is YamlScalarNode))
        {
            return [.. list.Children.Select(child => ((YamlScalarNode)child).Value ?? "")];
        }

        Fail(key, Expected(_schema[key], Describe(node)));
        return [];
    }

    /// <summary>A list of points; empty when the key is left out or wrong.</summary>
    public IReadOnlyList<Vector2d> Points(string key)
    {
        if (!_values.TryGetValue(key, out var node))
        {
            return [];
        }

        var schema = _schema[key];
        if (node is not YamlSequenceNode list || list.Children.Count < schema.MinimumCount || list.Children.Count > schema.MaximumCount)
        {
            Fail(key, Expected(schema, Describe(node)));
            return [];
        }

        var points = new List<Vector2d>();
        foreach (var child in list.Children)
        {
            if (child is not YamlSequenceNode { Children: [YamlScalarNode x, YamlScalarNode y] })
            {
                Fail(key, Expected(schema, Describe(child)));
                return [];
            }

            if (ReadNumber(schema, x.Value) is not { } east || ReadNumber(schema, y.Value) is not { } north)
            {
                return [];
            }

            points.Add(new Vector2d(east, north));
        }

        return points;
    }

    private static string? NullIfAny(string? name) => name == Any ? null : name ?? "";

    private static bool IsAccepted(SchemaKey schema, string text) => schema.Kind switch
    {
        ValueKind.Choice => schema.Choices.Contains(text),
        ValueKind.Name => IsName(text, allowDash: true),
        ValueKind.RosName => IsName(text, allowDash: false),
        ValueKind.File => text.Length > 0,
        _ => true,
    };

    private static bool IsName(string text, bool allowDash) =>
        text.Length is > 0 and <= 64
        && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_' || (allowDash && c == '-'));
}
