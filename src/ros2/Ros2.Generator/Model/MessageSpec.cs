using System.Collections.Generic;

namespace Ros2.Generator.Model;

/// <summary>Where something stands in an interface file: zero-based line and columns, and the offset of its start.</summary>
internal readonly record struct SourceSpan(int Line, int Column, int Length, int Offset);

/// <summary>A field. The default is kept as C# literals, one per element.</summary>
internal sealed class FieldSpec(string name, FieldType type, SourceSpan span)
{
    /// <summary>Stands in for the fields of a message that has none, so that its CDR form is not empty.</summary>
    public const string PlaceholderName = "structure_needs_at_least_one_member";

    public string Name { get; } = name;

    public FieldType Type { get; } = type;

    public SourceSpan Span { get; } = span;

    /// <summary>C# literals: one for a single value, one per element for arrays; null without default.</summary>
    public IReadOnlyList<string>? Default { get; set; }

    /// <summary>The default as written, empty without.</summary>
    public string DefaultText { get; set; } = "";

    public string Comment { get; set; } = "";
}

/// <summary>A constant with its value as a C# literal.</summary>
internal sealed class ConstantSpec(string name, RosValueKind kind, string literal, SourceSpan span)
{
    public string Name { get; } = name;

    public RosValueKind Kind { get; } = kind;

    public string Literal { get; } = literal;

    public SourceSpan Span { get; } = span;

    public string Comment { get; set; } = "";
}

/// <summary>A message, or one part of a service or action.</summary>
internal sealed class MessageSpec(string package, string scope, string shortName, string text)
{
    public string Package { get; } = package;

    /// <summary>msg, srv or action.</summary>
    public string Scope { get; } = scope;

    public string ShortName { get; } = shortName;

    /// <summary>Its own definition in .msg form.</summary>
    public string Text { get; } = text;

    public string FullName => Package + "/" + Scope + "/" + ShortName;

    public List<FieldSpec> Fields { get; } = [];

    public List<ConstantSpec> Constants { get; } = [];

    public string Comment { get; set; } = "";

    /// <summary>Interface of the client library that the class implements besides IRosMessage, without its argument; else empty.</summary>
    public string ActionInterface { get; set; } = "";

    /// <summary>Full name of the message that is that interface's argument; empty where it has none.</summary>
    public string ActionPart { get; set; } = "";
}
