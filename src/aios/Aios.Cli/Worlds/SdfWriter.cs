using System.Globalization;
using System.Text;
using System.Xml;

namespace Aios.Cli.Worlds;

/// <summary>Writes XML the way SDF and URDF want it: elements of numbers, poses, two spaces of indentation, lines ending in '\n'.</summary>
internal sealed class SdfWriter : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public SdfWriter() => _xml = XmlWriter.Create(
        _text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true });

    /// <summary>The whole text; only after the outermost element was left.</summary>
    public string Text
    {
        get
        {
            _xml.Flush();
            return "<?xml version=\"1.0\"?>\n" + _text + "\n";
        }
    }

    /// <summary>Numbers of a file: the shortest text that gives the value back after rounding to nanometres.</summary>
    public static string Number(double value) => (Math.Round(value, 9) + 0.0).ToString("0.#########", CultureInfo.InvariantCulture);

    public static string Numbers(params ReadOnlySpan<double> values)
    {
        var words = new string[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            words[i] = Number(values[i]);
        }

        return string.Join(' ', words);
    }

    /// <summary>An element with what the action writes inside.</summary>
    public void In(string name, Action inside, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        inside();
        _xml.WriteEndElement();
    }

    /// <summary>An element of text.</summary>
    public void Value(string name, string value) => _xml.WriteElementString(name, value);

    /// <summary>An element of numbers.</summary>
    public void Values(string name, params ReadOnlySpan<double> values) => _xml.WriteElementString(name, Numbers(values));

    /// <summary>An element of text with attributes.</summary>
    public void Content(string name, string value, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        _xml.WriteString(value);
        _xml.WriteEndElement();
    }

    /// <summary>An element with attributes only.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        _xml.WriteEndElement();
    }

    public void Comment(string text) => _xml.WriteComment($" {text} ");

    public void Dispose() => _xml.Dispose();

    private void Start(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            _xml.WriteStartElement(name[..colon], name[(colon + 1)..], WorldFile.Namespaces[name[..colon]]);
        }
        else
        {
            _xml.WriteStartElement(name);
        }

        foreach (var (key, value) in attributes)
        {
            if (key.StartsWith("xmlns:", StringComparison.Ordinal))
            {
                _xml.WriteAttributeString("xmlns", key[6..], null, value);
            }
            else
            {
                _xml.WriteAttributeString(key, value);
            }
        }
    }
}
