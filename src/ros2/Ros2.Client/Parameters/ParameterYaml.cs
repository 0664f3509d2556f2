using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ROS2;

/// <summary>
/// Values of parameters in YAML, resolved as rcl_yaml_param_parser does: plain scalars become bool, integer, double (by the
/// rules of C's strtoll and strtod) or string, quoted ones stay strings, sequences have one type.
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
    /// <exception cref="ArgumentException">It is no YAML, empty, a mapping or a sequence of mixed or nested values; one line.</exception>
    public static ParameterValue ParseText(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) ? Read(parser, "value") : throw new ArgumentException("a value was expected");
        }
        catch (YamlException e)
        {
            throw new ArgumentException($"parameter value '{text}': {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"parameter value '{text}': {e.Message}", e);
        }
    }

    /// <summary>A scalar or sequence as a value; the parser stands behind it afterwards.</summary>
    /// <param name="parser">Where the value begins.</param>
    /// <param name="where">What to call the source in messages.</param>
    /// <exception cref="ArgumentException">It is empty, a mapping, an alias, or a sequence of mixed or nested values.</exception>
    /// <exception cref="YamlException">It is no YAML.</exception>
    public static ParameterValue Read(IParser parser, string where) =>
        parser.TryConsume<Scalar>(out var scalar) ? ReadScalar(scalar, where)
        : parser.TryConsume<SequenceStart>(out _) ? ReadSequence(parser, where)
        : throw Unexpected(where, parser.Current!, "a scalar or a sequence of scalars was expected");

    /// <summary>Appends a value in block style after its key's colon: on the line, or elements on lines of their own.</summary>
    public static void Append(StringBuilder text, ParameterValue value, string indent)
    {
        object[] elements = value.Get<object>() is Array array ? [.. array.Cast<object>()] : [];
        if (value.Type < ParameterType.ByteArray)
        {
            text.Append(' ').Append(Format(value.Get<object>(), indent.Length + 2));
        }
        else if (elements.Length == 0)
        {
            text.Append(" []");
        }

        foreach (object element in elements)
        {
            text.Append('\n').Append(indent).Append("- ").Append(Format(element, indent.Length + 2));
        }
    }

    /// <summary>An error with file and line.</summary>
    public static ArgumentException Wrong(string where, ParsingEvent at, string message) => new($"{where}:{at.Start.Line}: {message}");

    /// <summary>An error where something else stands than was expected.</summary>
    public static ArgumentException Unexpected(string where, ParsingEvent found, string expectation) =>
        Wrong(where, found, found is AnchorAlias ? "aliases of YAML are not supported in parameters" : expectation);

    /// <summary>A bool as YAML 1.1 spells it.</summary>
    public static bool TryBool(string text, out bool value)
    {
        value = True.Contains(text);
        return value || False.Contains(text);
    }

    private static string Format(object value, int indent) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number => YamlScalars.Number(number),
        string text => YamlScalars.Text(text, indent, isFlow: false),
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };

    private static ParameterValue ReadScalar(Scalar scalar, string where)
    {
        string text = scalar.Value;
        bool isQuoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
        if (isQuoted || (!scalar.Tag.IsEmpty && scalar.Tag.Value == "tag:yaml.org,2002:str"))
        {
            return ParameterValue.From(text);
        }

        if (text.Length == 0)
        {
            throw Wrong(where, scalar, "a value was expected");
        }

        return TryBool(text, out bool flag) ? ParameterValue.From(flag)
            : CNumbers.TryInteger(text, out long integer) ? ParameterValue.From(integer)
            : CNumbers.TryDouble(text, out double number) ? ParameterValue.From(number)
            : ParameterValue.From(text);
    }

    private static ParameterValue ReadSequence(IParser parser, string where)
    {
        var values = new List<ParameterValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            ParsingEvent at = parser.Current!;
            values.Add(parser.TryConsume<Scalar>(out var scalar)
                ? ReadScalar(scalar, where)
                : throw Unexpected(where, at, "sequences of parameters hold scalars only"));
            if (values[^1].Type != values[0].Type)
            {
                throw Wrong(where, at, $"values of one type were expected, the first is {values[0].Type.ToRosString()}, this is {values[^1].Type.ToRosString()}");
            }
        }

        return (values.Count == 0 ? ParameterType.String : values[0].Type) switch
        {
            ParameterType.Double => ParameterValue.From(values.ConvertAll(v => v.Get<double>())),
            ParameterType.Bool => ParameterValue.From(values.ConvertAll(v => v.Get<bool>())),
            ParameterType.Integer => ParameterValue.From(values.ConvertAll(v => v.Get<long>())),
            _ => ParameterValue.From(values.ConvertAll(v => v.Get<string>())),
        };
    }
}
