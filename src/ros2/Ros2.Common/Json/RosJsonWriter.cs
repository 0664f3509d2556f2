using System.Collections;
using System.Text;
using System.Text.Json;

namespace ROS2;

/// <summary>Writes messages as JSON: an object with the field names of the interface file.</summary>
/// <remarks>NaN and the infinities, which JSON lacks, become the strings <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>.</remarks>
public static class RosJsonWriter
{
    /// <summary>The message as JSON text on one line.</summary>
    public static string ToJson(IRosMessage message)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, message);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes the message as one JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, IRosMessage message)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        writer.WriteStartObject();
        foreach (RosField field in message.RosType.Fields)
        {
            if (field.IsPlaceholder)
            {
                continue;
            }

            writer.WritePropertyName(field.Name);
            object? value = field.GetValue(message);
            if (field.Collection == RosCollectionKind.None)
            {
                WriteValue(writer, value);
            }
            else
            {
                WriteAll(writer, (IEnumerable?)value);
            }
        }

        writer.WriteEndObject();
    }

    // Halves of surrogate pairs, which wide strings may hold and JSON may not, become U+FFFD.
    private static string WellFormed(string text) =>
        text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0
            ? text
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static void WriteAll(Utf8JsonWriter writer, IEnumerable? values)
    {
        writer.WriteStartArray();
        foreach (object? value in values ?? Array.Empty<object>())
        {
            WriteValue(writer, value);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case IRosMessage message:
                Write(writer, message);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case float or double:
                writer.WriteStringValue(((IFormattable)value).ToString(null, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case string text:
                writer.WriteStringValue(WellFormed(text));
                break;
            case null:
                writer.WriteStringValue("");
                break;
            default:
                writer.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }
}
