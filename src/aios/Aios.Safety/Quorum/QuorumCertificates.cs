namespace Aios.Safety.Quorum;

/// <summary>Checks certificates with nothing but public keys.</summary>
public static class QuorumCertificates
{
    /// <summary>
    /// Whether enough distinct voters signed the commit of exactly this decision, in this fleet, epoch, view and history.
    /// </summary>
    /// <param name="certificate">What to check.</param>
    /// <param name="fleetId">Fleet.</param>
    /// <param name="previousHash">Hash of the log before the epoch.</param>
    /// <param name="voters">Bit set of the members that vote in the epoch.</param>
    /// <param name="model">Fault model.</param>
    /// <param name="keys">Public keys.</param>
    public static bool IsValid(
        QuorumCertificate certificate, ulong fleetId, ReadOnlySpan<byte> previousHash, ulong voters, FaultModel model,
        ISignatureScheme keys)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(keys);
        return CountValid(
            certificate.Signatures, certificate.Epoch, certificate.View, VotePhase.Commit, certificate.Decision, fleetId,
            previousHash, voters, keys)
            >= QuorumRules.Votes(System.Numerics.BitOperations.PopCount(voters), model);
    }

    /// <summary>Number of distinct voters whose signature is valid.</summary>
    internal static int CountValid(
        IReadOnlyList<VoterSignature> signatures, uint epoch, uint view, VotePhase phase, in Decision decision,
        ulong fleetId, ReadOnlySpan<byte> previousHash, ulong voters, ISignatureScheme keys)
    {
        Span<byte> signed = stackalloc byte[Vote.SignedBytes];
        ulong seen = 0;
        foreach (VoterSignature s in signatures)
        {
            ulong bit = s.Voter < 64 ? 1UL << s.Voter : 0;
            if ((bit & voters) == 0 || (bit & seen) != 0)
            {
                continue;
            }

            new Vote(epoch, view, phase, s.Voter, decision).WriteSigned(signed, fleetId, previousHash);
            seen |= keys.Verify(s.Voter, signed, s.Signature) ? bit : 0;
        }

        return System.Numerics.BitOperations.PopCount(seen);
    }

    internal static void Write(ref WireWriter writer, QuorumCertificate certificate)
    {
        writer.UInt32(certificate.Epoch);
        writer.UInt32(certificate.View);
        writer.Decision(certificate.Decision);
        writer.Signatures(certificate.Signatures);
    }

    internal static QuorumCertificate Read(ref WireReader reader)
    {
        uint epoch = reader.UInt32();
        uint view = reader.UInt32();
        Decision decision = reader.Decision();
        return new QuorumCertificate(epoch, view, decision, reader.Signatures());
    }
}
