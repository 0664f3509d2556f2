using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ROS2.Simulation;

/// <summary>
/// SHA-256 over everything that happens on a bus, payloads included: equal digests mean equal runs. Attach with
/// <c>bus.OnEvent += digest.Add</c>.
/// </summary>
public sealed class BusDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _scratch = new byte[256];

    /// <summary>Steps added so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds one step.</summary>
    public void Add(in BusTraceEvent e, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[32];
        BinaryPrimitives.WriteInt64LittleEndian(head, e.TimeNs);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], e.Number);
        BinaryPrimitives.WriteUInt64LittleEndian(head[16..], e.Publisher);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], (int)e.Kind);
        BinaryPrimitives.WriteInt32LittleEndian(head[28..], payload.Length);
        _hash.AppendData(head);
        AddText(e.FromHost);
        AddText(e.ToHost);
        AddText(e.Name);
        _hash.AppendData(payload);
        Count++;
    }

    /// <summary>The digest of everything so far, in lower-case hexadecimal; adding may go on.</summary>
    public string ToHex() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void AddText(string text)
    {
        int size = Encoding.UTF8.GetMaxByteCount(text.Length) + 1;
        if (_scratch.Length < size)
        {
            _scratch = new byte[size];
        }

        int length = Encoding.UTF8.GetBytes(text, _scratch);
        _scratch[length] = 0;
        _hash.AppendData(_scratch.AsSpan(0, length + 1));
    }
}
