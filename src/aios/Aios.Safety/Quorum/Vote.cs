using System.Buffers.Binary;

namespace Aios.Safety.Quorum;

/// <summary>What a signed statement of a member means.</summary>
public enum VotePhase : byte
{
    /// <summary>"I want this decided." Binds to nothing.</summary>
    Request = 0,

    /// <summary>"In this view I support this decision and no other."</summary>
    Prepare = 1,

    /// <summary>"In this view a quorum prepared this decision; I am locked on it."</summary>
    Commit = 2,

    /// <summary>
    /// "I have waited long enough: I want to be in this view or a later one." Its decision is the default; the newest of a
    /// member counts.
    /// </summary>
    ViewChange = 3,
}

/// <summary>One signed statement.</summary>
/// <param name="Epoch">Number of the decision, from 1.</param>
/// <param name="View">Attempt within the epoch, from 0.</param>
/// <param name="Phase">Meaning.</param>
/// <param name="Voter">Member index of the signer.</param>
/// <param name="Decision">What it is about.</param>
public readonly record struct Vote(uint Epoch, uint View, VotePhase Phase, byte Voter, Decision Decision)
{
    /// <summary>Length of the bytes that are signed.</summary>
    public const int SignedBytes = 8 + 8 + 4 + 4 + 1 + 1 + Decision.EncodedBytes + DecisionLog.HashBytes;

    private static ReadOnlySpan<byte> Domain => "AIOSvot1"u8;

    /// <summary>
    /// The bytes that are signed: domain, fleet, epoch, view, phase, voter, decision, hash of the log so far. A vote is
    /// worth nothing in another fleet, epoch, view or history.
    /// </summary>
    public void WriteSigned(Span<byte> destination, ulong fleetId, ReadOnlySpan<byte> previousHash)
    {
        Domain.CopyTo(destination);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], fleetId);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], Epoch);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[20..], View);
        destination[24] = (byte)Phase;
        destination[25] = Voter;
        Decision.Write(destination[26..]);
        previousHash.CopyTo(destination[(26 + Decision.EncodedBytes)..]);
    }
}

/// <summary>A voter's signature within a certificate or a set of votes.</summary>
/// <param name="Voter">Member index.</param>
/// <param name="Signature"><see cref="ISignatureScheme.SignatureBytes"/> bytes; not to be changed.</param>
public readonly record struct VoterSignature(byte Voter, byte[] Signature);
