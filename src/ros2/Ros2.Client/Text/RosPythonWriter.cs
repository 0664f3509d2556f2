using System.Collections;
using System.Globalization;
using System.Text;

namespace ROS2;

/// <summary>
/// Writes messages on one line: as rclpy's <c>repr</c>, which <c>ros2 topic pub</c> and <c>ros2 service call</c> print, and
/// as comma-separated values, as <c>ros2 topic echo --csv</c> does.
/// </summary>
public static class RosPythonWriter
{
    /// <summary>For example <c>std_msgs.msg.String(data='hello')</c>.</summary>
    public static string ToText(IRosMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Represent(message, RosValueKind.Message);
    }

    /// <summary>The value of one field as Python prints it; messages within as by <see cref="ToText(IRosMessage)"/>.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value, or one element of it.</param>
    /// <param name="options">What to cut.</param>
    public static string ToText(RosField field, object? value, MessageTextOptions options)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(options);
        return value switch
        {
            string text => MessageValues.Cut(text, options),
            IList list when options.NoArrays => MessageValues.Abbreviate(field, list.Count),
            IList list => $"[{string.Join(", ", Items(list, options, item => Represent(item, field.Kind)))}]",
            _ => Represent(value, field.Kind),
        };
    }

    /// <summary>All values, those of nested messages included, separated by commas.</summary>
    public static string ToCsv(IRosMessage message, MessageTextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Csv(message, options ?? MessageTextOptions.Default);
    }

    private static string Csv(IRosMessage message, MessageTextOptions options) => string.Join(
        ',', MessageValues.FieldsOf(message.RosType).Select(field => CsvValue(field, field.GetValue(message), options)));

    private static string CsvValue(RosField field, object? value, MessageTextOptions options) => value switch
    {
        IRosMessage nested => Csv(nested, options),
        string text => MessageValues.Cut(text, options),
        IList list when options.NoArrays => MessageValues.Abbreviate(field, list.Count),
        IList list => string.Join(',', Items(list, options, item => CsvValue(field, item, options))),
        _ => Represent(value, field.Kind),
    };

    private static IEnumerable<string> Items(IList list, MessageTextOptions options, Func<object?, string> write)
    {
        bool isCut = options.Cuts(list.Count);
        IEnumerable<string> items = list.Cast<object?>().Take(isCut ? options.TruncateLength!.Value : list.Count).Select(write);
        return isCut ? items.Append("...") : items;
    }

    private static string Represent(object? value, RosValueKind kind) => value switch
    {
        IRosMessage message => Represent(message),
        IList list => $"[{string.Join(", ", list.Cast<object?>().Select(item => Represent(item, kind)))}]",
        bool flag => flag ? "True" : "False",
        float or double => PythonText.Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        byte octet when kind == RosValueKind.Byte => PythonText.Quote(octet),
        string text => PythonText.Quote(text),
        null => "''",
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };

    private static string Represent(IRosMessage message)
    {
        var text = new StringBuilder(message.RosType.Name.Replace('/', '.')).Append('(');
        text.AppendJoin(", ", MessageValues.FieldsOf(message.RosType)
            .Select(field => $"{field.Name}={Represent(field.GetValue(message), field.Kind)}"));
        return text.Append(')').ToString();
    }
}
