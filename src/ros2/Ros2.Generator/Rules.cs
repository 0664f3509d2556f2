using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Ros2.Generator.Model;

namespace Ros2.Generator;

/// <summary>The diagnostics of the generator. All are errors.</summary>
internal static class Rules
{
    private const string Category = "Ros2.Interfaces";

    public static readonly DiagnosticDescriptor Syntax = new(
        "ROS0001", "Interface syntax", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Name = new(
        "ROS0002", "Invalid name", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Value = new(
        "ROS0003", "Invalid value", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Duplicate = new(
        "ROS0004", "Duplicate definition", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor UnknownType = new(
        "ROS0005", "Unknown type", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Package = new(
        "ROS0006", "Unknown package", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Cycle = new(
        "ROS0007", "Message contains itself", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static Diagnostic ToDiagnostic(InterfaceFile file, Problem problem)
    {
        SourceSpan span = problem.Span;
        var location = Location.Create(
            file.Source.Path,
            new TextSpan(span.Offset, span.Length),
            new LinePositionSpan(
                new LinePosition(span.Line, span.Column),
                new LinePosition(span.Line, span.Column + span.Length)));
        return Diagnostic.Create(Descriptor(problem.Rule), location, problem.Message);
    }

    private static DiagnosticDescriptor Descriptor(Rule rule) => rule switch
    {
        Rule.Name => Name,
        Rule.Value => Value,
        Rule.Duplicate => Duplicate,
        Rule.UnknownType => UnknownType,
        Rule.Package => Package,
        Rule.Cycle => Cycle,
        _ => Syntax,
    };
}
