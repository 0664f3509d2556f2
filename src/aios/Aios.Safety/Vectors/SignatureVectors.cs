using System.Numerics;
using System.Security.Cryptography;
using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Safety.Vectors;

/// <summary>Public keys, messages and signatures, good, bad and odd, with the answer of <see cref="EcdsaKeyRing"/>.</summary>
internal static class SignatureVectors
{
    /// <summary>Kinds of cases.</summary>
    public const int Kinds = 24;

    private static readonly BigInteger N = P256.Order;

    /// <summary>Writes so many cases, the kinds in turn.</summary>
    public static void Write(VectorWriter writer, SeededRandom random, int count)
    {
        for (int i = 0; i < count; i++)
        {
            SignatureCase made = Make(random, i % Kinds);
            writer.U32(60);
            writer.Bytes(made.Key);
            writer.Bytes(made.Message);
            writer.Bytes(made.Signature);
            writer.Bool(made.Holds);
        }
    }

    /// <summary>One case of a kind.</summary>
    public static SignatureCase Make(SeededRandom random, int kind)
    {
        BigInteger secret = kind switch { 1 => 1, 2 => 2, 3 => N - 1, 4 => N - 2, _ => Draw(random) };
        byte[] message = [.. Enumerable.Range(0, random.NextInt(120)).Select(_ => (byte)random.NextInt(256))];
        BigInteger e = new(SHA256.HashData(message), isUnsigned: true, isBigEndian: true);
        (BigInteger x, BigInteger y) = (secret * P256.Base).Affine();
        BigInteger nonce = kind == 5 ? secret : Draw(random);
        BigInteger r = (nonce * P256.Base).Affine().X % N;
        BigInteger s = P256.Inverse(nonce, N) * (e + (r * secret)) % N;
        switch (kind)
        {
            case < 6: break;
            case 6: message = [.. message, 0]; break;
            case 7: r ^= BigInteger.One << random.NextInt(256); break;
            case 8: s ^= BigInteger.One << random.NextInt(256); break;
            case 9: s = N - s; break; // as good: the other root
            case 10: r = 0; break;
            case 11: s = 0; break;
            case 12: (r, s) = (0, 0); break;
            case 13: r = N; break;
            case 14: s = N; break;
            case 15: s += N; break; // wraps or is too large
            case 16: (r, s) = (N - 1, N - 1); break;
            case 17: (r, s) = (1, 1); break;
            case 18: (r, s) = (-1, -1); break;
            case 19: y = (y + 1) % P256.Prime; break; // off the curve
            case 20: (x, y) = (0, 0); break;
            case 21: x += P256.Prime; break; // beyond the field, or another point
            case 22: (r, s) = ((N - e % N) * P256.Inverse(secret, N) % N, Draw(random)); break; // infinity
            default: (r, s, x, y) = BeyondTheOrder(random, e); break;
        }

        byte[] key = [.. P256.Bytes(x), .. P256.Bytes(y)];
        byte[] signature = [.. P256.Bytes(r), .. P256.Bytes(s)];
        return new SignatureCase(key, message, signature, Verify(key, message, signature));
    }

    /// <summary>A signature that holds, by a point whose x coordinate is r + n.</summary>
    private static (BigInteger R, BigInteger S, BigInteger X, BigInteger Y) BeyondTheOrder(SeededRandom random, BigInteger e)
    {
        BigInteger r = 1 + random.NextInt(1_000_000);
        P256? point = P256.At(N + r);
        while (point is null)
        {
            r++;
            point = P256.At(N + r);
        }

        BigInteger s = Draw(random), inverse = P256.Inverse(r, N);
        P256 key = (s * inverse % N * point.Value) + ((N - (e * inverse % N)) * P256.Base);
        (BigInteger x, BigInteger y) = key.Affine();
        return (r, s, x, y);
    }

    private static bool Verify(byte[] key, byte[] message, byte[] signature)
    {
        try
        {
            using var ring = EcdsaKeyRing.ForVerification(new Dictionary<int, byte[]> { [0] = key });
            return ring.Verify(0, message, signature);
        }
        catch (CryptographicException)
        {
            return false; // no point of the curve
        }
    }

    private static BigInteger Draw(SeededRandom random)
    {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.NextInt(256);
        }

        return 1 + (new BigInteger(bytes, isUnsigned: true) % (N - 1));
    }
}

/// <param name="Key">X‖Y.</param>
/// <param name="Message">Any bytes.</param>
/// <param name="Signature">r‖s.</param>
/// <param name="Holds">What the kernel's verification says.</param>
internal sealed record SignatureCase(byte[] Key, byte[] Message, byte[] Signature, bool Holds);
