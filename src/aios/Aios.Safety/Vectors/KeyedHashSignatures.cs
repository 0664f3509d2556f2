using System.Buffers.Binary;
using System.Security.Cryptography;
using Aios.Safety.Quorum;

namespace Aios.Safety.Vectors;

/// <summary>
/// Keyed hashes in the place of ECDSA, for vectors and tests alone: SHA-256 of member · 7919 and the message's SHA-256, twice.
/// Anyone can make them; the embedded twin's harness makes the same.
/// </summary>
internal sealed class KeyedHashSignatures(int self) : ISignatureScheme
{
    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => Mac(self, message, signature);

    /// <inheritdoc/>
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
