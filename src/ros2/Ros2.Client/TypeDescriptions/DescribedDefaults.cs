using System.Text.RegularExpressions;

namespace ROS2;

/// <summary>
/// Default values of described types. A description has them as the interface file writes them, which is not fully laid
/// down: what cannot be read leaves its field zero or empty.
/// </summary>
internal static partial class DescribedDefaults
{
    /// <summary>What sets them in a new message; null where there are none.</summary>
    public static Action<IRosMessage>? Of(IReadOnlyList<RosField> fields)
    {
        RosField[] withDefault = [.. fields.Where(field => field.DefaultValue.Length > 0)];
        return withDefault.Length == 0 ? null : message =>
        {
            foreach (RosField field in withDefault)
            {
                Set(message, field);
            }
        };
    }

    private static void Set(IRosMessage message, RosField field)
    {
        if (field.Collection == RosCollectionKind.None && field.GetPropertyType(message) == typeof(string))
        {
            field.SetValue(message, Unquote(field.DefaultValue));
            return;
        }

        try
        {
            RosYamlReader.Read($"{field.Name}: {field.DefaultValue}", message);
        }
        catch (FormatException)
        {
            // As said above.
        }
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] ? Escape().Replace(text[1..^1], "$1") : text;

    [GeneratedRegex(@"\\([\\'""])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Escape();
}
