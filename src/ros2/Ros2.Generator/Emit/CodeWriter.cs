using System.Text;

namespace Ros2.Generator.Emit;

/// <summary>Text with indentation.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public CodeWriter Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(text);
        }

        _text.Append('\n');
        return this;
    }

    public CodeWriter Open(string head)
    {
        Line(head).Line("{");
        _depth++;
        return this;
    }

    public CodeWriter Close(string tail = "")
    {
        _depth--;
        return Line("}" + tail);
    }

    /// <summary>Appends a doc comment of one summary.</summary>
    public CodeWriter Summary(string text)
    {
        string escaped = text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        return Line("/// <summary>" + escaped.Replace("\n", " ") + "</summary>");
    }

    public override string ToString() => _text.ToString();
}
