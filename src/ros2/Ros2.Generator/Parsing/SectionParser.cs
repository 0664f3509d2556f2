using System;
using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Parsing;

/// <summary>Parses the fields and constants of one message.</summary>
internal sealed class SectionParser(MessageSpec message, List<Problem> problems)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _comments = [];

    public void Parse(List<SourceLine> lines)
    {
        bool atTop = true;
        foreach (SourceLine line in lines)
        {
            string text = line.Text.Replace('\t', ' ');
            int hash = text.IndexOf('#');
            string code = (hash >= 0 ? text.Substring(0, hash) : text).TrimEnd();
            string comment = hash >= 0 ? text.Substring(hash).TrimStart('#').Trim() : "";
            if (code.Length == 0)
            {
                atTop = AddComment(comment, hash >= 0, atTop);
                continue;
            }

            atTop = false;
            if (comment.Length > 0)
            {
                _comments.Add(comment);
            }

            ParseDeclaration(line, code);
            _comments.Clear();
        }

        if (message.Fields.Count == 0)
        {
            message.Fields.Add(new FieldSpec(FieldSpec.PlaceholderName, new FieldType(RosValueKind.UInt8), default));
        }
    }

    // The comment block at the top belongs to the message, later ones to the next field or constant.
    private bool AddComment(string comment, bool isComment, bool atTop)
    {
        if (!isComment)
        {
            _comments.Clear();
            return false;
        }

        if (atTop)
        {
            message.Comment = message.Comment.Length == 0 ? comment : message.Comment + "\n" + comment;
        }
        else
        {
            _comments.Add(comment);
        }

        return atTop;
    }

    private void ParseDeclaration(SourceLine line, string code)
    {
        int typeEnd = code.IndexOf(' ');
        if (typeEnd <= 0)
        {
            int shown = code.Length - code.TrimStart().Length;
            string trouble = typeEnd == 0
                ? "a field or constant begins at the start of its line, as rosidl wants it: take away the blanks before it"
                : "expected a type and a name, as in 'float64 x'";
            Report(Rule.Syntax, line, shown, code.Length, trouble);
            return;
        }

        string type = code.Substring(0, typeEnd);
        int nameStart = typeEnd;
        while (code[nameStart] == ' ')
        {
            nameStart++;
        }

        int equals = code.IndexOf('=', nameStart);
        if (equals < 0)
        {
            ParseField(line, code, type, nameStart);
        }
        else if (code.Substring(nameStart, equals - nameStart).Trim().IndexOf(' ') < 0)
        {
            ParseConstant(line, code, type, nameStart, equals);
        }
        else
        {
            Report(Rule.Value, line, equals, equals + 1, "rosidl takes a line with '=' for a constant, so a default cannot hold one");
        }
    }

    private void ParseConstant(SourceLine line, string code, string type, int nameStart, int equals)
    {
        string name = code.Substring(nameStart, equals - nameStart).Trim();
        string value = code.Substring(equals + 1).Trim();
        int valueStart = code.Length - value.Length;
        if (TypeParser.PrimitiveKind(type) is not { } kind)
        {
            Report(Rule.Syntax, line, 0, type.Length,
                $"a constant must have a primitive type or string, not '{type}'");
            return;
        }

        if (!NameRules.IsConstant(name))
        {
            Report(Rule.Name, line, nameStart, equals, $"'{name}' is not a constant name; those are {NameRules.ConstantHint}");
            return;
        }

        string? literal = ValueParser.Parse(kind, value, 0, isElement: false, out string error);
        if (literal is null)
        {
            Report(Rule.Value, line, valueStart, code.Length, error);
        }
        else if (AddName(line, name, nameStart))
        {
            message.Constants.Add(new ConstantSpec(name, kind, literal, line.Span(nameStart, name.Length))
            {
                Comment = string.Join("\n", _comments),
            });
        }
    }

    private void ParseField(SourceLine line, string code, string typeText, int nameStart)
    {
        int nameEnd = code.IndexOf(' ', nameStart);
        nameEnd = nameEnd < 0 ? code.Length : nameEnd;
        string name = code.Substring(nameStart, nameEnd - nameStart);
        FieldType? type = TypeParser.Parse(typeText, message.Package, out string error);
        if (type is null)
        {
            Report(Rule.Syntax, line, 0, typeText.Length, error);
            return;
        }

        if (!NameRules.IsField(name) && name != FieldSpec.PlaceholderName)
        {
            Report(Rule.Name, line, nameStart, nameEnd, $"'{name}' is not a field name; those are {NameRules.FieldHint}");
            return;
        }

        var field = new FieldSpec(name, type, line.Span(0, typeText.Length))
        {
            Comment = string.Join("\n", _comments),
        };
        string value = code.Substring(nameEnd).Trim();
        if (value.Length > 0)
        {
            field.DefaultText = value;
            field.Default = ArrayValueParser.Parse(type, value, out error);
            if (field.Default is null)
            {
                Report(Rule.Value, line, code.Length - value.Length, code.Length, error);
                return;
            }
        }

        if (AddName(line, name, nameStart))
        {
            message.Fields.Add(field);
        }
    }

    private bool AddName(SourceLine line, string name, int start)
    {
        if (_names.Add(name))
        {
            return true;
        }

        Report(Rule.Duplicate, line, start, start + name.Length, $"'{name}' is defined twice");
        return false;
    }

    private void Report(Rule rule, SourceLine line, int start, int end, string text) =>
        problems.Add(new Problem(rule, line.Span(start, Math.Max(1, end - start)), text));
}
