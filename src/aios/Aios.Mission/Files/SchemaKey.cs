using System.Globalization;

namespace Aios.Mission;

/// <summary>What may stand behind a key.</summary>
internal enum ValueKind
{
    Text,
    Name,
    RosName,
    Choice,
    Number,
    Integer,
    Flag,
    Window,
    File,
    Pair,
    Names,
    Points,
    Section,
    List,
}

/// <summary>One key of a mission file: the single source of its check, its default and its line in the reference.</summary>
internal sealed record SchemaKey(string Name, ValueKind Kind, string Description)
{
    public string Unit { get; init; } = "";

    public double Minimum { get; init; } = double.NegativeInfinity;

    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>The value of a key that is left out, as a file would spell it; null for none.</summary>
    public string? Default { get; init; }

    public bool Required { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Keys of a section, or of each entry of a list.</summary>
    public SchemaSection? Section { get; init; }

    /// <summary>Most entries of a list.</summary>
    public int MaximumCount { get; init; } = 100;

    /// <summary>Fewest points of a list of points.</summary>
    public int MinimumCount { get; init; } = 1;

    /// <summary>What is expected, for error messages and for the reference.</summary>
    public string Expectation => Kind switch
    {
        ValueKind.Text => "text",
        ValueKind.Name => "a name of lower-case letters, digits, '_' and '-' that begins with a letter",
        ValueKind.RosName => "a name of lower-case letters, digits and '_' that begins with a letter",
        ValueKind.Choice => "one of " + string.Join(", ", Choices),
        ValueKind.Number => "a number" + Range,
        ValueKind.Integer => "a whole number" + Range,
        ValueKind.Flag => "true or false",
        ValueKind.Window => "a time or [earliest, latest]" + Range,
        ValueKind.File => "a file, relative to the mission file",
        ValueKind.Pair => "two different rovers as [name, name]",
        ValueKind.Names => "names of rovers as [name, ...]",
        ValueKind.Points => $"{MinimumCount} to {MaximumCount} points as [[x, y], ...], each a number" + Range,
        ValueKind.Section => "a section with " + string.Join(", ", Section!.Keys.Select(key => key.Name)),
        _ => $"a list of at most {MaximumCount} entries",
    };

    private string Range
    {
        get
        {
            var unit = Unit.Length > 0 ? " " + Unit : "";
            return (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
            {
                (true, true) => $" from {Text(Minimum)} to {Text(Maximum)}{unit}",
                (true, false) => $" of at least {Text(Minimum)}{unit}",
                (false, true) => $" of at most {Text(Maximum)}{unit}",
                _ => "",
            };
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>The keys that may stand side by side in one mapping.</summary>
internal sealed record SchemaSection(IReadOnlyList<SchemaKey> Keys)
{
    public SchemaKey this[string name] => Keys.First(key => string.Equals(key.Name, name, StringComparison.Ordinal));

    public bool Has(string name) => Keys.Any(key => string.Equals(key.Name, name, StringComparison.Ordinal));
}
