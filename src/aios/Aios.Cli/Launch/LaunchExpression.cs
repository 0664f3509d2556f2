using System.Globalization;

namespace Aios.Cli.Launch;

/// <summary>
/// The expressions of <c>$(eval …)</c>: the part of Python that launch files use. Numbers, strings in quotes, True and
/// False; <c>+ - * / // %</c>, comparisons, <c>in</c>, <c>and or not</c>, <c>a if c else b</c>, parentheses, and the
/// functions int, float, str, abs, min, max and len. Bare words are strings, as <c>$(eval $(var x) == y)</c> needs.
/// </summary>
internal static class LaunchExpression
{
    /// <summary>The value as Python prints it.</summary>
    /// <exception cref="FormatException">The text is no such expression.</exception>
    public static string Evaluate(string text)
    {
        var parser = new LaunchExpressionParser(text);
        return Print(parser.ParseAll());
    }

    /// <summary>Reads a condition of a launch file: true, false, 1 or 0, in any case.</summary>
    public static bool TryParseTruth(string text, out bool truth)
    {
        var word = text.Trim().ToLowerInvariant();
        truth = word is "true" or "1";
        return truth || word is "false" or "0";
    }

    /// <summary>A value as Python prints it.</summary>
    internal static string Print(object value) => value switch
    {
        bool truth => truth ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => Print(number),
        _ => (string)value,
    };

    private static string Print(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(number) && !text.Contains('.', StringComparison.Ordinal) && !text.Contains('E', StringComparison.Ordinal)
            ? text + ".0"
            : text;
    }
}
