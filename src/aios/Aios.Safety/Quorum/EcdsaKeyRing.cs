using System.Security.Cryptography;

namespace Aios.Safety.Quorum;

/// <summary>ECDSA on P-256 with SHA-256 (FIPS 186-5), one key per rover and one for the operator, signatures as r‖s.</summary>
public sealed class EcdsaKeyRing : ISignatureScheme, IDisposable
{
    /// <summary>Length of a public key, bytes.</summary>
    public const int PublicKeyBytes = 64;

    private readonly ECDsa? _own;
    private readonly ECDsa?[] _publicKeys = new ECDsa?[256];

    /// <param name="own">This member's key pair; null for one that only verifies. Owned from now on.</param>
    /// <param name="publicKeys">Key by member index (<see cref="ISignatureScheme.Operator"/> for the human). Owned from now on.</param>
    public EcdsaKeyRing(ECDsa? own, IReadOnlyDictionary<int, ECDsa> publicKeys)
    {
        ArgumentNullException.ThrowIfNull(publicKeys);
        _own = own;
        foreach ((int member, ECDsa key) in publicKeys)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)member, 255u, nameof(publicKeys));
            _publicKeys[member] = key;
        }
    }

    /// <summary>
    /// Keys derived from a seed, for simulation and tests: anyone who knows the seed can sign for anyone.
    /// </summary>
    /// <param name="self">This member, or <see cref="ISignatureScheme.Operator"/>.</param>
    /// <param name="members">Number of rovers.</param>
    /// <param name="seed">The same on all members.</param>
    public static EcdsaKeyRing ForSimulation(int self, int members, ulong seed)
    {
        var keys = new Dictionary<int, ECDsa> { [ISignatureScheme.Operator] = DeriveKey(ISignatureScheme.Operator, seed) };
        for (int i = 0; i < members; i++)
        {
            keys[i] = DeriveKey(i, seed);
        }

        return new EcdsaKeyRing(DeriveKey(self, seed), keys);
    }

    /// <summary>A ring that only verifies.</summary>
    /// <param name="publicKeys">Keys by member index as <see cref="PublicKey"/> gives them.</param>
    /// <exception cref="CryptographicException">A key is not a point of the curve.</exception>
    public static EcdsaKeyRing ForVerification(IReadOnlyDictionary<int, byte[]> publicKeys)
    {
        ArgumentNullException.ThrowIfNull(publicKeys);
        var keys = new Dictionary<int, ECDsa>();
        foreach ((int member, byte[] key) in publicKeys)
        {
            if (key.Length != PublicKeyBytes)
            {
                throw new CryptographicException(FormattableString.Invariant($"the key of member {member} has {key.Length} bytes, expected {PublicKeyBytes}"));
            }

            keys[member] = Import(member, new ECPoint { X = key[..32], Y = key[32..] });
        }

        return new EcdsaKeyRing(null, keys);
    }

    /// <summary>A member's public key, X‖Y of 32 bytes each, big-endian; null for a member without one.</summary>
    public byte[]? PublicKey(int member)
    {
        ECPoint? point = (uint)member < 256 ? _publicKeys[member]?.ExportParameters(false).Q : null;
        return point is { } q ? [.. q.X!, .. q.Y!] : null;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The ring has no own key.</exception>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        if (_own is null)
        {
            throw new InvalidOperationException("This key ring only verifies.");
        }

        _own.TrySignData(
            message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out _);
    }

    /// <inheritdoc/>
    public bool Verify(int member, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        (uint)member < 256 && signature.Length == ISignatureScheme.SignatureBytes && _publicKeys[member] is { } key
        && key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose()
    {
        _own?.Dispose();
        foreach (ECDsa? key in _publicKeys)
        {
            key?.Dispose();
        }
    }

    private static ECDsa Import(int member, ECPoint point)
    {
        try
        {
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        }
        catch (CryptographicException)
        {
            throw new CryptographicException(FormattableString.Invariant($"the key of member {member} is no point of P-256"));
        }
    }

    private static ECDsa DeriveKey(int member, ulong seed)
    {
        Span<byte> source = stackalloc byte[20];
        "AIOSkey1"u8.CopyTo(source);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(source[8..], seed);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(source[16..], member);
        byte[] secret = SHA256.HashData(source);

        // The group order begins with FFFFFFFF 00000000: clearing the top bit keeps the secret below it.
        secret[0] &= 0x7F;
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
    }
}
