using System.Buffers.Binary;

namespace Aios.Safety.Quorum;

/// <summary>
/// An order of the human operator, signed with the operator's own key. It takes effect on every rover that receives it,
/// without a quorum, and stays in the audit trail for good.
/// </summary>
/// <param name="Sequence">1, 2, 3, … as the operator's console issued them.</param>
/// <param name="AfterEpoch">Height of the decision log that the operator saw: the order counts as given right after it.</param>
/// <param name="Decision">What is ordered; any kind except a change of voters.</param>
/// <param name="Signature"><see cref="ISignatureScheme.SignatureBytes"/> bytes; not to be changed.</param>
public sealed record HumanOverride(uint Sequence, uint AfterEpoch, Decision Decision, byte[] Signature)
{
    private const int EncodedBytes = 4 + 4 + Decision.EncodedBytes + ISignatureScheme.SignatureBytes;
    private const int SignedBytes = 8 + 8 + 4 + 4 + Decision.EncodedBytes;

    /// <summary>Signs an order; the scheme must hold the operator's key.</summary>
    public static HumanOverride Create(
        uint sequence, uint afterEpoch, in Decision decision, ulong fleetId, ISignatureScheme operatorKey)
    {
        ArgumentNullException.ThrowIfNull(operatorKey);
        Span<byte> signed = stackalloc byte[SignedBytes];
        WriteSigned(signed, sequence, afterEpoch, decision, fleetId);
        byte[] signature = new byte[ISignatureScheme.SignatureBytes];
        operatorKey.Sign(signed, signature);
        return new HumanOverride(sequence, afterEpoch, decision, signature);
    }

    /// <summary>Whether the operator signed exactly this for this fleet, and may order it.</summary>
    public bool IsValid(ulong fleetId, ISignatureScheme keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Span<byte> signed = stackalloc byte[SignedBytes];
        WriteSigned(signed, Sequence, AfterEpoch, Decision, fleetId);

        // Voters stay the quorum's own affair: changing them from outside would let two halves of a split fleet both decide.
        return Decision.Kind is > DecisionKind.None and < DecisionKind.ChangeVoters
            && keys.Verify(ISignatureScheme.Operator, signed, Signature);
    }

    /// <summary>The order as bytes for the radio.</summary>
    public byte[] Encode()
    {
        byte[] bytes = new byte[EncodedBytes];
        var writer = new WireWriter(bytes);
        Write(ref writer);
        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; null for anything else. The signature is not checked.</summary>
    public static HumanOverride? Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        HumanOverride order = Read(ref reader);
        return reader.Failed || !reader.AtEnd ? null : order;
    }

    internal void Write(ref WireWriter writer)
    {
        writer.UInt32(Sequence);
        writer.UInt32(AfterEpoch);
        writer.Decision(Decision);
        writer.Bytes(Signature);
    }

    internal static HumanOverride Read(ref WireReader reader)
    {
        uint sequence = reader.UInt32();
        uint afterEpoch = reader.UInt32();
        Decision decision = reader.Decision();
        return new HumanOverride(sequence, afterEpoch, decision, reader.Take(ISignatureScheme.SignatureBytes).ToArray());
    }

    private static void WriteSigned(Span<byte> to, uint sequence, uint afterEpoch, in Decision decision, ulong fleetId)
    {
        "AIOSovr1"u8.CopyTo(to);
        BinaryPrimitives.WriteUInt64LittleEndian(to[8..], fleetId);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(to[20..], afterEpoch);
        decision.Write(to[24..]);
    }
}
