using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ROS2;

/// <summary>
/// Values of parameters in YAML, resolved as rcl_yaml_param_parser does: plain scalars become bool, integer, double or
/// string, quoted ones stay strings, sequences have one type (integers among doubles count as doubles).
/// </summary>
internal static class ParameterYaml
{
    private static readonly HashSet<string> True = new(StringComparer.Ordinal)
    {
        "Y", "y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON",
    };

    private static readonly HashSet<string> False = new(StringComparer.Ordinal)
    {
        "N", "n", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF",
    };

    /// <summary>The one value in a text such as <c>[1, 2]</c> or <c>true</c>.</summary>
    /// <exception cref="ArgumentException">It is no YAML, or a mapping.</exception>
    public static ParameterValue ParseText(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0
                ? ParameterValue.From(string.Empty)
                : Convert(stream.Documents[0].RootNode, "value");
        }
        catch (YamlException e)
        {
            throw new ArgumentException($"parameter value '{text}': {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <summary>A scalar or sequence as a value.</summary>
    /// <param name="node">The YAML node.</param>
    /// <param name="where">What to call the source in messages.</param>
    /// <exception cref="ArgumentException">It is a mapping, or a sequence of mixed or nested values.</exception>
    public static ParameterValue Convert(YamlNode node, string where) => node switch
    {
        YamlScalarNode scalar => Scalar(scalar),
        YamlSequenceNode sequence => Sequence(sequence, where),
        _ => throw Wrong(where, node, "a scalar or a sequence of scalars was expected"),
    };

    /// <summary>Appends a value in block style after its key's colon: on the line, or elements on lines of their own.</summary>
    public static void Append(StringBuilder text, ParameterValue value, string indent)
    {
        object[] elements = value.Get<object>() is Array array ? [.. array.Cast<object>()] : [];
        if (value.Type < ParameterType.ByteArray)
        {
            text.Append(' ').Append(Scalar(value.Get<object>(), indent.Length + 2));
        }
        else if (elements.Length == 0)
        {
            text.Append(" []");
        }

        foreach (object element in elements)
        {
            text.Append('\n').Append(indent).Append("- ").Append(Scalar(element, indent.Length + 2));
        }
    }

    /// <summary>An error with file and line.</summary>
    public static ArgumentException Wrong(string where, YamlNode node, string message) =>
        new($"{where}:{node.Start.Line}: {message}");

    /// <summary>A bool as YAML 1.1 spells it.</summary>
    public static bool TryBool(string text, out bool value)
    {
        value = True.Contains(text);
        return value || False.Contains(text);
    }

    /// <summary>An integer or a double.</summary>
    public static bool TryNumber(string text, out double value)
    {
        if (TryInteger(text, out long integer))
        {
            value = integer;
            return true;
        }

        return TryDouble(text, out value);
    }

    /// <summary>An integer, decimal or hexadecimal, perhaps with underscores.</summary>
    public static bool TryInteger(string text, out long value)
    {
        string digits = text.Replace("_", string.Empty, StringComparison.Ordinal);
        bool negative = digits.StartsWith('-');
        string magnitude = negative || digits.StartsWith('+') ? digits[1..] : digits;
        if (magnitude.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(magnitude[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
        {
            value = negative ? -value : value;
            return true;
        }

        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static string Scalar(object value, int indent) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number => YamlScalars.Number(number),
        string text => YamlScalars.Text(text, indent, isFlow: false),
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };

    private static ParameterValue Scalar(YamlScalarNode node)
    {
        string text = node.Value ?? string.Empty;
        string tag = node.Tag.IsEmpty ? string.Empty : node.Tag.Value;
        bool isQuoted = node.Style is not (ScalarStyle.Plain or ScalarStyle.Any);
        if (isQuoted || tag.EndsWith(":str", StringComparison.Ordinal))
        {
            return ParameterValue.From(text);
        }

        if (TryBool(text, out bool flag))
        {
            return ParameterValue.From(flag);
        }

        if (TryInteger(text, out long integer))
        {
            return tag.EndsWith(":float", StringComparison.Ordinal)
                ? ParameterValue.From((double)integer)
                : ParameterValue.From(integer);
        }

        return TryDouble(text, out double number) ? ParameterValue.From(number) : ParameterValue.From(text);
    }

    private static ParameterValue Sequence(YamlSequenceNode node, string where)
    {
        var values = new List<ParameterValue>();
        foreach (YamlNode child in node.Children)
        {
            values.Add(child is YamlScalarNode scalar
                ? Scalar(scalar)
                : throw Wrong(where, child, "sequences of parameters hold scalars only"));
        }

        if (values.Count == 0)
        {
            return ParameterValue.From(Array.Empty<string>());
        }

        ParameterType type = values.Exists(v => v.Type == ParameterType.Double)
            && values.TrueForAll(v => v.Type is ParameterType.Double or ParameterType.Integer)
                ? ParameterType.Double
                : values[0].Type;
        return type switch
        {
            ParameterType.Double => ParameterValue.From(values.ConvertAll(
                v => v.Type == ParameterType.Integer ? v.Get<long>() : v.Get<double>())),
            _ when values.Exists(v => v.Type != type) => throw Wrong(
                where, node, $"values of one type were expected, the first is {type.ToRosString()}"),
            ParameterType.Bool => ParameterValue.From(values.ConvertAll(v => v.Get<bool>())),
            ParameterType.Integer => ParameterValue.From(values.ConvertAll(v => v.Get<long>())),
            _ => ParameterValue.From(values.ConvertAll(v => v.Get<string>())),
        };
    }

    private static bool TryDouble(string text, out double value)
    {
        string lower = text.ToLowerInvariant();
        switch (lower)
        {
            case ".nan":
                value = double.NaN;
                return true;
            case ".inf" or "+.inf":
                value = double.PositiveInfinity;
                return true;
            case "-.inf":
                value = double.NegativeInfinity;
                return true;
            default:
                bool looksNumeric = lower.Length > 0 && lower.IndexOfAny([.. "0123456789"]) >= 0
                    && lower.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or '+' or 'e');
                value = 0;
                return looksNumeric
                    && double.TryParse(lower, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }
    }
}
