using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Aios.Safety.Quorum;

/// <summary>Proof that a quorum decided: anyone with the public keys can verify it.</summary>
/// <param name="Epoch">Number of the decision, from 1.</param>
/// <param name="View">View in which it was decided.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Signatures">Commit votes of distinct voters, ascending by voter.</param>
public sealed record QuorumCertificate(uint Epoch, uint View, Decision Decision, IReadOnlyList<VoterSignature> Signatures);

/// <summary>
/// All decisions in order, chained by hash: H₀ = SHA-256(domain, fleet), Hₑ = SHA-256(Hₑ₋₁ ‖ e ‖ decision). Signatures and
/// view stay out of the hash, because different rovers may hold different proofs of the same decision.
/// </summary>
public sealed class DecisionLog
{
    /// <summary>Length of a chain hash, bytes.</summary>
    public const int HashBytes = 32;

    private readonly List<QuorumCertificate> _entries = [];
    private readonly List<byte[]> _hashes = [];

    public DecisionLog(ulong fleetId)
    {
        Span<byte> source = stackalloc byte[16];
        "AIOSlog1"u8.CopyTo(source);
        BinaryPrimitives.WriteUInt64LittleEndian(source[8..], fleetId);
        _hashes.Add(SHA256.HashData(source));
    }

    /// <summary>Number of decisions.</summary>
    public uint Height => (uint)_entries.Count;

    /// <summary>Hash of the newest entry, <see cref="HashBytes"/> bytes.</summary>
    public ReadOnlySpan<byte> Head => _hashes[^1];

    /// <summary>The certificate of an epoch from 1 to <see cref="Height"/>.</summary>
    public QuorumCertificate this[uint epoch] => _entries[(int)epoch - 1];

    /// <summary>Hash after an epoch; 0 gives the hash of the empty log.</summary>
    public ReadOnlySpan<byte> HashAfter(uint epoch) => _hashes[(int)epoch];

    internal void Append(QuorumCertificate certificate)
    {
        Span<byte> source = stackalloc byte[HashBytes + 4 + Decision.EncodedBytes];
        Head.CopyTo(source);
        BinaryPrimitives.WriteUInt32LittleEndian(source[HashBytes..], certificate.Epoch);
        certificate.Decision.Write(source[(HashBytes + 4)..]);
        _hashes.Add(SHA256.HashData(source));
        _entries.Add(certificate);
    }
}
