using System.Collections;
using System.Text.Json;

namespace ROS2;

/// <summary>Fills messages from JSON objects of the form <see cref="RosJsonWriter"/> writes.</summary>
public static class RosJsonReader
{
    // The bits that Python's float('nan') has; those of double.NaN have the sign set.
    private static readonly double PositiveNaN = BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000);

    /// <summary>Sets the fields that <paramref name="json"/> names; the others keep their values.</summary>
    /// <exception cref="FormatException">
    /// An unknown field, a value of the wrong kind or range, or a wrong array length; the text has the path.
    /// </exception>
    public static void Read(JsonElement json, IRosMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ReadObject(json, message, message.RosType.Name);
    }

    /// <summary>Parses <paramref name="json"/> and sets the fields it names.</summary>
    /// <exception cref="FormatException">Not JSON, or it does not fit the message's type.</exception>
    public static void Read(string json, IRosMessage message)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(LenientJson.QuoteSpecialNumbers(json));
        }
        catch (JsonException error)
        {
            throw new FormatException($"not JSON: {error.Message}", error);
        }

        using (document)
        {
            Read(document.RootElement, message);
        }
    }

    private static void ReadObject(JsonElement json, IRosMessage message, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{path}: expected an object, found {json.ValueKind}");
        }

        foreach (JsonProperty property in json.EnumerateObject())
        {
            RosField field = Find(message.RosType, property.Name)
                ?? throw new FormatException($"{path}: {message.RosType.Name} has no field '{property.Name}'");
            ReadField(property.Value, message, field, $"{path}.{field.Name}");
        }
    }

    private static RosField? Find(RosMessageType type, string name)
    {
        foreach (RosField field in type.Fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }

    private static void ReadField(JsonElement json, IRosMessage message, RosField field, string path)
    {
        if (field.Collection == RosCollectionKind.None)
        {
            field.SetValue(message, ReadValue(json, field, path));
            return;
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{path}: expected an array, found {json.ValueKind}");
        }

        int count = json.GetArrayLength();
        if (field.Collection == RosCollectionKind.Array && count != field.Capacity)
        {
            throw new FormatException($"{path}: expected {field.Capacity} elements, found {count}");
        }

        Type type = field.GetPropertyType(message);
        IList list = type.IsArray
            ? Array.CreateInstance(type.GetElementType()!, count)
            : (IList)Activator.CreateInstance(type)!;
        int index = 0;
        foreach (JsonElement element in json.EnumerateArray())
        {
            object value = ReadValue(element, field, $"{path}[{index}]");
            if (type.IsArray)
            {
                list[index] = value;
            }
            else
            {
                list.Add(value);
            }

            index++;
        }

        field.SetValue(message, list);
    }

    private static object ReadValue(JsonElement json, RosField field, string path)
    {
        if (field.Message is { } type)
        {
            IRosMessage nested = type.Create();
            ReadObject(json, nested, path);
            return nested;
        }

        // rclpy writes a single octet as bytes of length one.
        if (field.Kind == RosValueKind.Byte && json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 1)
        {
            json = json[0];
        }

        return ReadPrimitive(json, field.Kind)
            ?? throw new FormatException($"{path}: {Shorten(json.GetRawText())} is no {field.Kind}");
    }

    private static object? ReadPrimitive(JsonElement json, RosValueKind kind)
    {
        switch (kind)
        {
            case RosValueKind.Boolean:
                return json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null;
            case RosValueKind.String or RosValueKind.WString or RosValueKind.BoundedString or RosValueKind.BoundedWString:
                return json.ValueKind == JsonValueKind.String ? ReadText(json) : null;
            case RosValueKind.Float32:
                return ReadFloat(json) is { } single ? (float)single : null;
            case RosValueKind.Float64:
                return ReadFloat(json);
            default:
                return json.ValueKind == JsonValueKind.Number ? ReadInteger(json, kind) : null;
        }
    }

    private static double? ReadFloat(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.TryGetDouble(out double number) ? number : null,
        JsonValueKind.String => json.GetString() switch
        {
            "NaN" => PositiveNaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => null,
        },
        _ => null,
    };

    // Null for an escaped half of a surrogate pair.
    private static string? ReadText(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static object? ReadInteger(JsonElement json, RosValueKind kind) => kind switch
    {
        RosValueKind.Int8 => json.TryGetSByte(out sbyte value) ? value : null,
        RosValueKind.UInt8 or RosValueKind.Byte => json.TryGetByte(out byte value) ? value : null,
        RosValueKind.Int16 => json.TryGetInt16(out short value) ? value : null,
        RosValueKind.UInt16 => json.TryGetUInt16(out ushort value) ? value : null,
        RosValueKind.Int32 => json.TryGetInt32(out int value) ? value : null,
        RosValueKind.UInt32 => json.TryGetUInt32(out uint value) ? value : null,
        RosValueKind.Int64 => json.TryGetInt64(out long value) ? value : null,
        RosValueKind.UInt64 => json.TryGetUInt64(out ulong value) ? value : null,
        _ => null,
    };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
