using System.Buffers.Binary;
using System.Security.Cryptography;
using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

/// <summary>Keyed hashes instead of ECDSA: as unforgeable within a test and a hundred times as fast.</summary>
internal sealed class FakeSignatures(int self) : ISignatureScheme
{
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => Mac(self, message, signature);

    public bool Verify(int member, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[ISignatureScheme.SignatureBytes];
        Mac(member, message, expected);
        return expected.SequenceEqual(signature);
    }

    private static void Mac(int member, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> input = stackalloc byte[4 + 32];
        BinaryPrimitives.WriteInt32LittleEndian(input, member * 7919);
        SHA256.HashData(message, input[4..]);
        SHA256.HashData(input, signature);
        signature[..32].CopyTo(signature[32..]);
    }
}

/// <summary>Endorses what it is told to, and everything else on request.</summary>
internal sealed class TestPolicy : IDecisionPolicy
{
    public HashSet<Decision> Refused { get; } = [];

    public bool EndorsesAll { get; set; } = true;

    public HashSet<int> Unreachable { get; } = [];

    public bool Endorses(in Decision decision, long nowNs) => EndorsesAll && !Refused.Contains(decision);

    public bool IsReachable(int member) => !Unreachable.Contains(member);
}
