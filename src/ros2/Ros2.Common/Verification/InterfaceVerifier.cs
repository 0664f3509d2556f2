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
    private readonly List<string> _mismatches = [];
    private readonly HashSet<string> _defaultsSeen = new(StringComparer.Ordinal);
    private int _interfaces;
    private int _hashes;
    private int _samples;

    /// <summary>Checks every line of a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static InterfaceVerificationReport VerifyFile(string path, RosTypeRegistry registry)
    {
        var verifier = new InterfaceVerifier(registry);
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                verifier.VerifyLine(line, number);
            }
        }

        return verifier.Report();
    }

    /// <summary>The findings so far.</summary>
    public InterfaceVerificationReport Report() => new(_interfaces, _hashes, _samples, [.. _mismatches]);

    /// <summary>Checks one interface.</summary>
    /// <param name="line">A JSON object as described at the class.</param>
    /// <param name="number">The line's number, for messages.</param>
    public void VerifyLine(string line, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(LenientJson.QuoteSpecialNumbers(line));
            VerifyInterface(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            _mismatches.Add($"line {number}: not an interface description: {error.Message}");
        }
    }

    private void VerifyInterface(JsonElement json)
    {
        _interfaces++;
        string name = json.GetProperty("type").GetString() ?? "";
        CheckHash(name, json.GetProperty("hash").GetString(), HashOf(name));
        foreach (JsonProperty part in json.GetProperty("parts").EnumerateObject())
        {
            CheckHash(part.Name, part.Value.GetString(), registry.FindMessage(part.Name)?.TypeHash);
        }

        int index = 0;
        foreach (JsonElement sample in json.GetProperty("samples").EnumerateArray())
        {
            VerifySample(sample, $"{name} sample {index++}");
        }
    }

    private string? HashOf(string name) =>
        registry.FindMessage(name)?.TypeHash ?? registry.FindService(name)?.TypeHash ?? registry.FindAction(name)?.TypeHash;

    private void CheckHash(string name, string? expected, string? actual)
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

    private void VerifySample(JsonElement sample, string label)
    {
        _samples++;
        string typeName = sample.GetProperty("type").GetString() ?? "";
        if (registry.FindMessage(typeName) is not { } type)
        {
            _mismatches.Add($"{label}: {typeName} is not among the interfaces here");
            return;
        }

        byte[] expected;
        try
        {
            expected = Convert.FromHexString(sample.GetProperty("cdr").GetString() ?? "");
        }
        catch (FormatException)
        {
            _mismatches.Add($"{label}: 'cdr' is not a hex string");
            return;
        }

        if (_defaultsSeen.Add(typeName))
        {
            Compare(type.Create(), expected, $"{label} ({typeName}), default-constructed");
        }

        VerifyValueToBytes(type, sample.GetProperty("value"), expected, $"{label} ({typeName}), value → bytes");
        VerifyBytesToBytes(type, expected, $"{label} ({typeName}), bytes → value → bytes");
    }

    private void VerifyValueToBytes(RosMessageType type, JsonElement value, byte[] expected, string label)
    {
        IRosMessage message = type.Create();
        if (TryFill(message, () => RosJsonReader.Read(value, message), label))
        {
            Compare(message, expected, label);
        }
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
        if (TryFill(copy, () => RosJsonReader.Read(RosJsonWriter.ToJson(received), copy), label))
        {
            Compare(copy, bytes, label + ", by way of JSON");
        }
    }

    private bool TryFill(IRosMessage message, Action fill, string label)
    {
        try
        {
            fill();
            return true;
        }
        catch (FormatException error)
        {
            _mismatches.Add($"{label}: {message.RosType.Name}: {error.Message}");
            return false;
        }
    }

    private void Compare(IRosMessage message, byte[] expected, string label)
    {
        byte[] actual = CdrMessage.ToArray(message);
        if (actual.AsSpan().SequenceEqual(expected))
        {
            return;
        }

        int at = actual.AsSpan().CommonPrefixLength(expected);
        _mismatches.Add($"{label}: {actual.Length} bytes, expected {expected.Length}; first difference at byte {at}");
    }
}
