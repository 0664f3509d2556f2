using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>
/// The messages that <c>ros topic pub</c> sends: those of the command line, or of a file or standard input with documents
/// between lines of <c>---</c>, as <c>ros topic echo</c> prints them.
/// </summary>
internal sealed class PubValues
{
    private readonly List<(IRosMessage Message, IReadOnlyList<builtin_interfaces.msg.Time> Stamps)> _messages = [];
    private int _next;

    private PubValues()
    {
    }

    /// <summary>How many there are; at least one.</summary>
    public int Count => _messages.Count;

    /// <summary>One message.</summary>
    /// <exception cref="AiosException">The values do not fit the type.</exception>
    public static PubValues Single(RosMessageType type, string yaml)
    {
        var values = new PubValues();
        values.Add(type, yaml);
        return values;
    }

    /// <summary>The documents of a text.</summary>
    /// <exception cref="AiosException">There is none, or one does not fit the type.</exception>
    public static PubValues Documents(RosMessageType type, TextReader text, string origin)
    {
        var values = new PubValues();
        var document = new List<string>();
        while (text.ReadLine() is { } line)
        {
            if (line.TrimEnd() == "---")
            {
                values.AddDocument(type, document);
            }
            else
            {
                document.Add(line);
            }
        }

        values.AddDocument(type, document);
        return values.Count > 0 ? values : throw new AiosException(ExitCode.WrongInput, $"{origin}: no message, expected fields of {type.Name} as 'name: value'");
    }

    /// <summary>The next message, stamped; after the last comes the first.</summary>
    public IRosMessage Next(long nowNs)
    {
        var (message, stamps) = _messages[_next];
        _next = (_next + 1) % _messages.Count;
        foreach (var stamp in stamps)
        {
            RosTime.Write(stamp, nowNs);
        }

        return message;
    }

    private void AddDocument(RosMessageType type, List<string> lines)
    {
        if (lines.Exists(line => line.Trim().Length > 0))
        {
            Add(type, string.Join('\n', lines));
        }

        lines.Clear();
    }

    private void Add(RosMessageType type, string yaml)
    {
        var message = type.Create();
        _messages.Add((message, RosTypes.Fill(message, yaml)));
    }
}
