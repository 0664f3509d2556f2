using System.Buffers.Binary;

namespace Aios.Safety.Quorum;

/// <summary>Little-endian writer into a fixed buffer; writes beyond its end set <see cref="Overflowed"/> and nothing else.</summary>
internal ref struct WireWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public bool Overflowed { get; private set; }

    public Span<byte> Take(int count)
    {
        if (Overflowed || _buffer.Length - Length < count)
        {
            Overflowed = true;
            return new byte[count];
        }

        Span<byte> taken = _buffer.Slice(Length, count);
        Length += count;
        return taken;
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void Decision(in Decision value) => value.Write(Take(Quorum.Decision.EncodedBytes));

    public void Signatures(IReadOnlyList<VoterSignature> signatures)
    {
        Byte((byte)signatures.Count);
        foreach (VoterSignature s in signatures)
        {
            Byte(s.Voter);
            Bytes(s.Signature);
        }
    }

    /// <summary>Drops everything after a former <see cref="Length"/>, including an overflow.</summary>
    public void Rewind(int length)
    {
        Length = length;
        Overflowed = false;
    }
}

/// <summary>Little-endian reader of hostile input: past the end it gives zeros and sets <see cref="Failed"/>.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> buffer)
{
    private ReadOnlySpan<byte> _left = buffer;

    public bool Failed { get; private set; }

    public readonly bool AtEnd => _left.IsEmpty;

    public ReadOnlySpan<byte> Take(int count)
    {
        if (Failed || _left.Length < count)
        {
            Failed = true;
            _left = default;
            return new byte[count];
        }

        ReadOnlySpan<byte> taken = _left[..count];
        _left = _left[count..];
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public Decision Decision() => Quorum.Decision.Read(Take(Quorum.Decision.EncodedBytes));

    public List<VoterSignature> Signatures()
    {
        int count = Byte();
        var signatures = new List<VoterSignature>();
        for (int i = 0; i < count && !Failed; i++)
        {
            byte voter = Byte();
            ReadOnlySpan<byte> signature = Take(ISignatureScheme.SignatureBytes);
            if (!Failed)
            {
                signatures.Add(new VoterSignature(voter, signature.ToArray()));
            }
        }

        return signatures;
    }
}
