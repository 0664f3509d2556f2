using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Aios.Mission;

/// <summary>Reads YAML from untrusted text: every failure is a message with a line, never an exception.</summary>
public static class YamlDocuments
{
    private const int MaximumLength = 1 << 20;
    private const int MaximumDepth = 32;

    /// <summary>The root node of the only document in the text, or null after reporting why there is none.</summary>
    /// <param name="text">At most 1 Mi characters, nested at most 32 levels, without aliases.</param>
    /// <param name="fail">Takes line (from 1, 0 for the whole text) and message.</param>
    public static YamlNode? Load(string text, Action<int, string> fail)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fail);
        if (text.Length > MaximumLength)
        {
            fail(0, $"{text.Length} characters, expected at most {MaximumLength}");
            return null;
        }

        var line = 0;
        try
        {
            return IsShallow(text, fail, ref line) ? LoadUnchecked(text, fail) : null;
        }
        catch (YamlException exception)
        {
            var cause = exception.InnerException?.Message ?? exception.Message;
            fail((int)exception.Start.Line, $"not YAML: {cause.ReplaceLineEndings(" ")}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            // The scanner lets some of its own bugs out on broken text.
            fail(line, "not YAML from here on");
        }

        return null;
    }

    // The representation model reads nested nodes by recursion; the event parser does not.
    private static bool IsShallow(string text, Action<int, string> fail, ref int line)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            line = (int)parser.Current.Start.Line;
            if (depth > MaximumDepth)
            {
                fail((int)parser.Current.Start.Line, $"nested deeper than {MaximumDepth} levels");
                return false;
            }

            if (parser.Current is AnchorAlias alias)
            {
                fail((int)alias.Start.Line, $"alias '*{alias.Value}': aliases are not supported");
                return false;
            }
        }

        return true;
    }

    private static YamlNode? LoadUnchecked(string text, Action<int, string> fail)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents.Count == 1)
        {
            return stream.Documents[0].RootNode;
        }

        var line = stream.Documents.Count > 1 ? (int)stream.Documents[1].RootNode.Start.Line : 0;
        fail(line, $"{stream.Documents.Count} YAML documents, expected one");
        return null;
    }
}

/// <summary>Collects the mistakes of one file.</summary>
internal sealed class ErrorSink(string file)
{
    private readonly List<MissionError> _errors = [];

    public bool Any => _errors.Count > 0;

    /// <summary>Adds a mistake; one that is known already, from a section read twice, stays one.</summary>
    public void Add(int line, string key, string message)
    {
        var error = new MissionError(file, line, key, message);
        if (!_errors.Contains(error))
        {
            _errors.Add(error);
        }
    }

    /// <summary>All mistakes so far, in the order of their lines.</summary>
    public IReadOnlyList<MissionError> InOrder() => [.. _errors.OrderBy(error => error.Line)];
}
