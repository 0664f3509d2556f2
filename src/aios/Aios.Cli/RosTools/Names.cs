using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>Lists of names as all tools of the ROS command line print them.</summary>
internal static class Names
{
    /// <summary>One name a line, perhaps with its types in brackets.</summary>
    public static void Write(TextWriter output, IReadOnlyList<GraphName> names, bool showTypes)
    {
        foreach (var name in names)
        {
            output.WriteLine(showTypes ? $"{name.Name} [{string.Join(", ", name.Types)}]" : name.Name);
        }
    }

    /// <summary>Names or their number.</summary>
    public static int WriteOrCount(TextWriter output, IReadOnlyList<GraphName> names, bool showTypes, bool countOnly)
    {
        if (countOnly)
        {
            output.WriteLine(names.Count);
        }
        else
        {
            Write(output, names, showTypes);
        }

        return ExitCode.Success;
    }

    /// <summary>Names of one type, or their number.</summary>
    public static int Find(TextWriter output, IReadOnlyList<GraphName> names, string type, bool countOnly) =>
        WriteOrCount(output, [.. names.Where(name => name.Types.Contains(type, StringComparer.Ordinal))], showTypes: false, countOnly);

    /// <summary>One text a line.</summary>
    /// <returns>Failure when there is none.</returns>
    public static int WriteLines(TextWriter output, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }

        return lines.Count > 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
