namespace Aios.Cli.RosTools.Filters;

/// <summary>
/// Selects messages by an expression, as <c>ros2 topic echo --filter</c> does. The part of Python that filters use, with
/// <c>m</c> for the message: fields and indices (<c>m.pose.pose.position.x</c>, <c>m.ranges[-1]</c>), numbers, strings, True,
/// False, None and lists; <c>+ - * / // % **</c>, comparisons (chained too), <c>in</c>, <c>and or not</c>, parentheses; the
/// functions len, abs, min, max, sum, any, all, round, int, float, str and bool; and of strings startswith, endswith,
/// lower and upper.
/// </summary>
internal sealed class MessageFilter
{
    private readonly string _text;
    private readonly Func<object?, object?> _evaluate;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="AiosException">It is none; one line with the place.</exception>
    public MessageFilter(string text)
    {
        _text = text;
        try
        {
            _evaluate = new FilterParser(text).Parse();
        }
        catch (FormatException error)
        {
            throw Wrong(error);
        }
    }

    /// <summary>Whether the message is one of those.</summary>
    /// <param name="message">A message, or a part of one.</param>
    /// <exception cref="AiosException">The message has no such field, or the operation does not go with its type.</exception>
    public bool Matches(object? message)
    {
        try
        {
            return FilterValues.Truth(_evaluate(message));
        }
        catch (FormatException error)
        {
            throw Wrong(error);
        }
    }

    private AiosException Wrong(FormatException error) => new(ExitCode.WrongInput, $"--filter '{_text}': {error.Message}", error);
}
