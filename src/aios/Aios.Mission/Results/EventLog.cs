using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aios.Mission;

/// <summary>
/// Writes <c>events.jsonl</c>, one JSON object per line in the order of the calls, and hashes what it writes: two
/// runs that log the same events have the same <see cref="Sha256"/>, byte for byte. For one thread.
/// </summary>
public sealed class EventLog : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream? _output;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _line = new(512);
    private readonly Utf8JsonWriter _json;

    /// <param name="output">Where the lines go; null only counts and hashes. Stays open on <see cref="Dispose"/>.</param>
    public EventLog(Stream? output = null)
    {
        _output = output;
        _json = new Utf8JsonWriter(_line, Options);
    }

    /// <summary>Events written so far.</summary>
    public long Count { get; private set; }

    /// <summary>SHA-256 of all bytes written so far, lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Writes one event. Numbers that are not finite become <c>null</c>.</summary>
    /// <remarks>Allocates nothing once the longest line has been seen, beyond what the stream does.</remarks>
    public void Write(MissionEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _line.ResetWrittenCount();
        _json.Reset(_line);
        _json.WriteStartObject();
        WriteTime(entry.TimeNs);
        _json.WriteString("severity", MissionEvent.SeverityName(entry.Severity));
        _json.WriteString("source", entry.Source);
        _json.WriteString("kind", entry.Kind);
        WriteUnlessEmpty("subject", entry.Subject);
        WriteUnlessEmpty("detail", entry.Detail);
        WriteValues(entry.Values);
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
        _hash.AppendData(_line.WrittenSpan);
        _output?.Write(_line.WrittenSpan);
        Count++;
    }

    /// <summary>Makes everything written reach the stream's end.</summary>
    public void Flush() => _output?.Flush();

    public void Dispose()
    {
        _json.Dispose();
        _hash.Dispose();
    }

    // Seconds with all nine decimals: exact, where a double would round.
    private void WriteTime(long timeNs)
    {
        Span<byte> text = stackalloc byte[32];
        var (seconds, fraction) = Math.DivRem(Math.Abs(timeNs), 1_000_000_000L);
        var written = 0;
        if (timeNs < 0)
        {
            text[written++] = (byte)'-';
        }

        _ = seconds.TryFormat(text[written..], out var digits);
        written += digits;
        text[written++] = (byte)'.';
        for (var unit = 100_000_000L; unit > 0; unit /= 10)
        {
            text[written++] = (byte)('0' + (fraction / unit % 10));
        }

        _json.WritePropertyName("t");
        _json.WriteRawValue(text[..written], skipInputValidation: true);
    }

    private void WriteUnlessEmpty(string name, string value)
    {
        if (value.Length > 0)
        {
            _json.WriteString(name, value);
        }
    }

    private void WriteValues(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("values");
        for (var i = 0; i < values.Count; i++)
        {
            if (double.IsFinite(values[i]))
            {
                _json.WriteNumberValue(values[i]);
            }
            else
            {
                _json.WriteNullValue();
            }
        }

        _json.WriteEndArray();
    }
}
