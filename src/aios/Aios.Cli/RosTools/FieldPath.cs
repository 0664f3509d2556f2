using System.Collections;
using System.Globalization;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>A part of a message, for <c>--field</c>: <c>pose.pose.position</c> or <c>ranges[0]</c>.</summary>
internal sealed class FieldPath
{
    private readonly string _text;
    private readonly List<string> _steps;

    /// <summary>Takes a path apart.</summary>
    /// <exception cref="AiosException">It is empty.</exception>
    public FieldPath(string text)
    {
        _text = text;
        _steps = [.. text.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries)];
        if (_steps.Count == 0)
        {
            throw new AiosException(ExitCode.WrongInput, $"--field '{text}': expected names of fields separated by dots");
        }
    }

    /// <summary>The part: its field and value. A message is its own value, of the last field on the way.</summary>
    /// <exception cref="AiosException">The message has no such part.</exception>
    public (RosField Field, object? Value) Select(IRosMessage message)
    {
        RosField? field = null;
        object? value = message;
        foreach (var step in _steps)
        {
            if (step.StartsWith('['))
            {
                value = Element(value, step);
            }
            else
            {
                field = (value as IRosMessage)?.RosType.Fields.FirstOrDefault(candidate => candidate.Name == step) ?? throw Missing(step, value);
                value = field.GetValue((IRosMessage)value!);
            }
        }

        return (field ?? throw Missing(_steps[0], message), value);
    }

    private object? Element(object? value, string step)
    {
        if (value is not IList list || !step.EndsWith(']') || !int.TryParse(step[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            throw Missing(step, value);
        }

        return index < list.Count
            ? list[index]
            : throw new AiosException(ExitCode.Failure, $"--field '{_text}': {step} is beyond the {list.Count} elements of a message that came");
    }

    private AiosException Missing(string step, object? value) => new(
        ExitCode.WrongInput,
        value is IRosMessage message
            ? $"--field '{_text}': {message.RosType.Name} has no field '{step}', expected {string.Join(", ", message.RosType.Fields.Select(field => field.Name))}"
            : $"--field '{_text}': '{step}' stands after a value that has no parts of this kind");
}
