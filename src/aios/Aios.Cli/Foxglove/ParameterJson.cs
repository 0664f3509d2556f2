using System.Text.Json;
using ROS2;

namespace Aios.Cli.Foxglove;

/// <summary>Parameters as the Foxglove protocol has them: JSON, with a type where JSON's own says too little.</summary>
internal static class ParameterJson
{
    private const string Double = "float64";
    private const string DoubleArray = "float64_array";
    private const string ByteArray = "byte_array";

    /// <summary>The message that tells values.</summary>
    /// <param name="parameters">By their full names, <c>/node.parameter</c>.</param>
    /// <param name="id">Of the request; null: none.</param>
    public static FoxgloveFrame Values(IEnumerable<Parameter> parameters, string? id) => FoxgloveFrames.Text("parameterValues", json =>
    {
        json.WriteStartArray("parameters");
        foreach (var parameter in parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            Write(json, parameter.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (id is not null)
        {
            json.WriteString("id", id);
        }
    });

    /// <summary>A value from JSON.</summary>
    /// <param name="value">What a client sent; undefined: the parameter is to be taken away.</param>
    /// <param name="type">The protocol's type; null: none.</param>
    /// <param name="current">The parameter's type so far; it decides where JSON has only numbers.</param>
    /// <exception cref="FormatException">It is no parameter's value.</exception>
    public static ParameterValue Read(JsonElement value, string? type, ParameterType current)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Undefined or JsonValueKind.Null => ParameterValue.NotSet,
                JsonValueKind.True or JsonValueKind.False => ParameterValue.From(value.GetBoolean()),
                JsonValueKind.String when type == ByteArray => ParameterValue.From(value.GetBytesFromBase64()),
                JsonValueKind.String => ParameterValue.From(value.GetString()!),
                JsonValueKind.Number when type == Double || current == ParameterType.Double || !value.TryGetInt64(out _) => ParameterValue.From(value.GetDouble()),
                JsonValueKind.Number => ParameterValue.From(value.GetInt64()),
                JsonValueKind.Array => ReadArray([.. value.EnumerateArray()], type, current),
                _ => throw new FormatException("an object is no parameter's value"),
            };
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("the values of an array must be of one type", exception);
        }
    }

    private static ParameterValue ReadArray(List<JsonElement> items, string? type, ParameterType current)
    {
        var isDouble = type == DoubleArray || current == ParameterType.DoubleArray;
        return items.Count == 0 ? ReadEmpty(isDouble ? ParameterType.DoubleArray : current) : items[0].ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => ParameterValue.From(items.ConvertAll(item => item.GetBoolean()).ToArray()),
            JsonValueKind.String => ParameterValue.From(items.ConvertAll(item => item.GetString()!).ToArray()),
            _ when isDouble || items.Exists(item => !item.TryGetInt64(out _)) => ParameterValue.From(items.ConvertAll(item => item.GetDouble()).ToArray()),
            _ => ParameterValue.From(items.ConvertAll(item => item.GetInt64()).ToArray()),
        };
    }

    private static ParameterValue ReadEmpty(ParameterType type) => type switch
    {
        ParameterType.BoolArray => ParameterValue.From(Array.Empty<bool>()),
        ParameterType.IntegerArray => ParameterValue.From(Array.Empty<long>()),
        ParameterType.DoubleArray => ParameterValue.From(Array.Empty<double>()),
        _ => ParameterValue.From(Array.Empty<string>()),
    };

    private static void Write(Utf8JsonWriter json, ParameterValue value)
    {
        switch (value.Type)
        {
            case ParameterType.Bool: json.WriteBoolean("value", value.Get<bool>()); break;
            case ParameterType.Integer: json.WriteNumber("value", value.Get<long>()); break;
            case ParameterType.String: json.WriteString("value", value.Get<string>()); break;
            case ParameterType.BoolArray: WriteArray(json, value.Get<List<bool>>(), json.WriteBooleanValue); break;
            case ParameterType.IntegerArray: WriteArray(json, value.Get<List<long>>(), json.WriteNumberValue); break;
            case ParameterType.StringArray: WriteArray(json, value.Get<List<string>>(), json.WriteStringValue); break;
            case ParameterType.Double:
                json.WriteString("type", Double);
                json.WritePropertyName("value");
                WriteDouble(json, value.Get<double>());
                break;
            case ParameterType.DoubleArray:
                json.WriteString("type", DoubleArray);
                WriteArray(json, value.Get<List<double>>(), number => WriteDouble(json, number));
                break;
            case ParameterType.ByteArray:
                json.WriteString("type", ByteArray);
                json.WriteBase64String("value", value.Get<List<byte>>().ToArray());
                break;
            default: break; // not set: without a value
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter json, List<T> items, Action<T> write)
    {
        json.WriteStartArray("value");
        items.ForEach(write);
        json.WriteEndArray();
    }

    // JSON has no infinity.
    private static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
