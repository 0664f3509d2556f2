namespace Aios.Mission;

/// <summary>One mistake in a mission file.</summary>
/// <param name="File">The file as it was given.</param>
/// <param name="Line">From 1; 0 where the mistake is the file itself.</param>
/// <param name="Key">Where in the document, such as <c>rovers[1].model</c>; empty for the document.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record MissionError(string File, int Line, string Key, string Message)
{
    /// <summary>One line: <c>missions/x.yaml:12: rovers[1].model: unknown model 'rocker', expected one of …</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}" : File;
        return Key.Length > 0 ? $"{place}: {Key}: {Message}" : $"{place}: {Message}";
    }
}

/// <summary>What came of reading a mission file: the mission, or what is wrong with the file.</summary>
/// <param name="Mission">Null when there are errors.</param>
/// <param name="Errors">In the order of their lines; empty when there is a mission.</param>
public sealed record MissionLoadResult(MissionSpec? Mission, IReadOnlyList<MissionError> Errors);
