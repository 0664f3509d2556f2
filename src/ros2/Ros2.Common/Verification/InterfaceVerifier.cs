using System.Text.Json;

namespace ROS2;

/// <summary>
/// Compares interfaces with what another ROS 2 implementation made of them. Input is one JSON object per line:
/// <c>type</c>, <c>hash</c> (of the whole interface), <c>parts</c> (hash by message name), <c>samples</c> (<c>type</c>,
/// <c>value</c>, <c>cdr</c> as hex with encapsulation header; the first of each type is the default-constructed message).
/// </summary>
/// <param name="registry">Where the interfaces are looked up.</param>
public sealed class InterfaceVerifier(RosTypeRegistry registry)
{
    private static readonly JsonDocumentOptions OneOfEachName = new() { AllowDuplicateProperties = false };

    private readonly List<string> _mismatches = [];
    private readonly List<string> _unreadable = [];
    private readonly HashSet<string> _defaultsSeen = new(StringComparer.Ordinal);
    private int _interfaces;
    private int _hashes;
    private int _samples;

    /// <summary>Checks every line of a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static InterfaceVerificationReport VerifyFile(string path, RosTypeRegistry registry)
    {
        using var reader = new StreamReader(path);
        return Verify(reader, registry);
    }

    /// <summary>Checks every line that a reader gives.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static InterfaceVerificationReport Verify(TextReader lines, RosTypeRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var verifier = new InterfaceVerifier(registry);
        for (int number = 1; lines.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                verifier.VerifyLine(line, number);
            }
        }

        return verifier.Report();
    }

    /// <summary>The findings so far.</summary>
    public InterfaceVerificationReport Report() => new(_interfaces, _hashes, _samples, [.. _mismatches], [.. _unreadable]);

    /// <summary>Checks one interface.</summary>
    /// <param name="line">A JSON object as described at the class.</param>
    /// <param name="number">The line's number, for messages.</param>
    public void VerifyLine(string line, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(LenientJson.QuoteSpecialNumbers(line), OneOfEachName);
            VerifyInterface(document.RootElement, $"line {number}");
        }
        catch (JsonException error)
        {
            _unreadable.Add($"line {number}: not JSON: {error.Message.Split('.')[0]}");
        }
    }

    private void VerifyInterface(JsonElement json, string place)
    {
        if (!TryText(json, "type", place, out string name))
        {
            return;
        }

        _interfaces++;
        place = $"{place}: {name}";
        if (TryText(json, "hash", place, out string hash))
        {
            CheckHash(name, hash, HashOf(name));
        }

        if (TryGet(json, "parts", JsonValueKind.Object, place, out JsonElement parts))
        {
            foreach (JsonProperty part in parts.EnumerateObject())
            {
                if (TryText(parts, part.Name, place + " parts", out string partHash))
                {
                    CheckHash(part.Name, partHash, HashOf(part.Name));
                }
            }
        }

        if (TryGet(json, "samples", JsonValueKind.Array, place, out JsonElement samples))
        {
            int index = 0;
            foreach (JsonElement sample in samples.EnumerateArray())
            {
                VerifySample(sample, $"{name} sample {index}", $"{place} sample {index++}");
            }
        }
    }

    private string? HashOf(string name) =>
        registry.FindMessage(name)?.TypeHash ?? registry.FindService(name)?.TypeHash ?? registry.FindAction(name)?.TypeHash;

    private void CheckHash(string name, string expected, string? actual)
    {
        _hashes++;
        if (actual is null)
        {
            _mismatches.Add($"{name}: not among the interfaces here");
        }
        else if (actual != expected)
        {
            _mismatches.Add($"{name}: hash {actual}, expected {expected}");
        }
    }

    private void VerifySample(JsonElement sample, string label, string place)
    {
        if (!TryText(sample, "type", place, out string typeName)
            || !TryText(sample, "cdr", place, out string hex)
            || !TryGet(sample, "value", JsonValueKind.Object, place, out JsonElement value))
        {
            return;
        }

        byte[] expected;
        try
        {
            expected = Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            _unreadable.Add($"{place}: 'cdr' is not a hex string");
            return;
        }

        _samples++;
        if (registry.FindMessage(typeName) is not { } type)
        {
            _mismatches.Add($"{label}: {typeName} is not among the interfaces here");
            return;
        }

        if (_defaultsSeen.Add(typeName))
        {
            Compare(type.Create(), expected, $"{label} ({typeName}), default-constructed");
        }

        VerifyValueToBytes(type, value, expected, $"{label} ({typeName}), value → bytes");
        VerifyBytesToBytes(type, expected, $"{label} ({typeName}), bytes → value → bytes");
    }

    private void VerifyValueToBytes(RosMessageType type, JsonElement value, byte[] expected, string label)
    {
        IRosMessage message = type.Create();
        int before = _mismatches.Count;
        if (TryFill(() => RosJsonReader.Read(value, message), label))
        {
            Compare(message, expected, label);
        }

        if (_mismatches.Count == before && FindMissing(type, value, type.Name) is { } missing)
        {
            _mismatches.Add($"{label}: {missing} is missing");
        }
    }

    // The bytes may agree all the same, for a field that is not there has its default.
    private static string? FindMissing(RosMessageType type, JsonElement value, string path)
    {
        foreach (RosField field in type.Fields.Where(field => !field.IsPlaceholder))
        {
            string fieldPath = $"{path}.{field.Name}";
            if (!value.TryGetProperty(field.Name, out JsonElement found))
            {
                return fieldPath;
            }

            IEnumerable<JsonElement> messages = field.Message is null ? [] : field.Collection == RosCollectionKind.None ? [found] : found.EnumerateArray();
            if (messages.Select((message, index) => FindMissing(field.Message!, message, field.Collection == RosCollectionKind.None ? fieldPath : $"{fieldPath}[{index}]"))
                .FirstOrDefault(missing => missing is not null) is { } inside)
            {
                return inside;
            }
        }

        return null;
    }

    private void VerifyBytesToBytes(RosMessageType type, byte[] bytes, string label)
    {
        IRosMessage received = type.Create();
        if (!CdrMessage.TryDeserialize(bytes, received, out CdrError error))
        {
            _mismatches.Add($"{label}: the bytes are refused: {error}");
            return;
        }

        Compare(received, bytes, label);
        IRosMessage copy = type.Create();
        string json = RosJsonWriter.ToJson(received);
        if (!TryFill(() => RosJsonReader.Read(json, copy), label))
        {
            return;
        }

        // JSON has one NaN, and no ill-formed text.
        if (json.Contains("NaN", StringComparison.Ordinal) || json.Contains("\\uFFFD", StringComparison.Ordinal))
        {
            if (RosJsonWriter.ToJson(copy) != json)
            {
                _mismatches.Add($"{label}, by way of JSON: the values differ");
            }
        }
        else
        {
            Compare(copy, bytes, label + ", by way of JSON");
        }
    }

    private bool TryFill(Action fill, string label)
    {
        try
        {
            fill();
            return true;
        }
        catch (FormatException error)
        {
            _mismatches.Add($"{label}: {error.Message}");
            return false;
        }
    }

    private void Compare(IRosMessage message, byte[] expected, string label)
    {
        byte[] actual;
        try
        {
            actual = CdrMessage.ToArray(message);
        }
        catch (Exception error) when (error.GetType() == typeof(Exception))
        {
            _mismatches.Add($"{label}: {error.Message}"); // a bound of the type is broken, see CdrBounds
            return;
        }

        if (!actual.AsSpan().SequenceEqual(expected))
        {
            int at = actual.AsSpan().CommonPrefixLength(expected);
            _mismatches.Add($"{label}: {actual.Length} bytes, expected {expected.Length}; first difference at byte {at}");
        }
    }

    private bool TryText(JsonElement json, string key, string place, out string text)
    {
        text = "";
        if (!TryGet(json, key, JsonValueKind.String, place, out JsonElement value))
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException) // half of a surrogate pair
        {
            _unreadable.Add($"{place}: '{key}' is no text");
            return false;
        }
    }

    private bool TryGet(JsonElement json, string key, JsonValueKind kind, string place, out JsonElement value)
    {
        value = default;
        if (json.ValueKind != JsonValueKind.Object)
        {
            _unreadable.Add($"{place}: expected an object, found {json.ValueKind}");
            return false;
        }

        if (!json.TryGetProperty(key, out value))
        {
            _unreadable.Add($"{place}: '{key}' is missing");
            return false;
        }

        if (value.ValueKind != kind)
        {
            _unreadable.Add($"{place}: '{key}' must be of kind {kind}, found {value.ValueKind}");
            return false;
        }

        return true;
    }
}
