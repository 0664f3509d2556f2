using System.Globalization;
using System.Text.Json;

namespace Ros2.Bag.Tests;

/// <summary>Compares values as JavaScript gives them: 64-bit integers come as strings, single floats widened.</summary>
internal static class JsonDifference
{
    /// <returns>The first difference, or <see langword="null"/>.</returns>
    public static string? Find(JsonElement expected, JsonElement actual, string path)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                return FindInObject(expected, actual, path);
            case JsonValueKind.Array:
                return FindInArray(expected, actual, path);
            case JsonValueKind.Number:
                return SameNumber(expected, actual) ? null : $"{path}: expected {expected}, found {actual}";
            default:
                return expected.ToString() == actual.ToString() ? null : $"{path}: expected {expected}, found {actual}";
        }
    }

    private static string? FindInObject(JsonElement expected, JsonElement actual, string path)
    {
        foreach (JsonProperty property in expected.EnumerateObject())
        {
            if (actual.ValueKind != JsonValueKind.Object || !actual.TryGetProperty(property.Name, out JsonElement other))
            {
                return $"{path}: no {property.Name} in {actual}";
            }

            if (Find(property.Value, other, $"{path}.{property.Name}") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? FindInArray(JsonElement expected, JsonElement actual, string path)
    {
        if (actual.ValueKind != JsonValueKind.Array || actual.GetArrayLength() != expected.GetArrayLength())
        {
            return $"{path}: expected {expected.GetArrayLength()} elements, found {actual}";
        }

        for (int i = 0; i < expected.GetArrayLength(); i++)
        {
            if (Find(expected[i], actual[i], $"{path}[{i}]") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static bool SameNumber(JsonElement expected, JsonElement actual) =>
        expected.GetRawText() == actual.ToString()
        || (double.TryParse(actual.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && (number == expected.GetDouble() || (float)number == expected.GetSingle()));
}
