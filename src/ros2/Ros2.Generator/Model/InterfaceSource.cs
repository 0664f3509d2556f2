namespace Ros2.Generator.Model;

/// <summary>An interface file as the build hands it over. Equality by content lets the compiler skip unchanged files.</summary>
/// <param name="Path">The file's path, for diagnostics.</param>
/// <param name="Package">The package, from item metadata or the path; empty when neither tells.</param>
/// <param name="Kind">What the extension says.</param>
/// <param name="Name">File name without extension.</param>
/// <param name="Text">The content, lines ending in \n.</param>
internal sealed record InterfaceSource(string Path, string Package, InterfaceKind Kind, string Name, string Text);

/// <summary>A message known from a referenced assembly.</summary>
internal sealed record ExternalMessage(string FullName, string Definition);

/// <summary>Something wrong in an interface file.</summary>
/// <param name="Rule">Which rule, see <c>Rules</c>.</param>
/// <param name="Span">Where.</param>
/// <param name="Message">What is wrong and what was expected.</param>
internal sealed record Problem(Rule Rule, SourceSpan Span, string Message);

/// <summary>The kinds of problems; the numbers are part of the diagnostics' ids.</summary>
internal enum Rule
{
    Syntax = 1,
    Name = 2,
    Value = 3,
    Duplicate = 4,
    UnknownType = 5,
    Package = 6,
    Cycle = 7,
}
