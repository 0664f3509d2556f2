using System.Numerics;

namespace Aios.Safety.Vectors;

/// <summary>
/// Points of P-256 (SP 800-186, section 3.2.1.3) over big integers, to make signatures that no library makes: edge cases
/// for the embedded twin. Slow, and its time depends on secrets: never for keys that matter.
/// </summary>
/// <param name="X">x·Z², of Jacobian coordinates.</param>
/// <param name="Y">y·Z³.</param>
/// <param name="Z">0 for the point at infinity.</param>
internal readonly record struct P256(BigInteger X, BigInteger Y, BigInteger Z)
{
    /// <summary>Prime of the field.</summary>
    public static readonly BigInteger Prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1;

    /// <summary>Order of the group.</summary>
    public static readonly BigInteger Order = Hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private static readonly BigInteger B = Hex("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    /// <summary>The base point.</summary>
    public static P256 Base { get; } = new(
        Hex("6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"),
        Hex("4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"),
        BigInteger.One);

    /// <summary>The point with an x coordinate and even y; null when the curve has none.</summary>
    public static P256? At(BigInteger x)
    {
        BigInteger square = Mod(BigInteger.Pow(x, 3) - (3 * x) + B);
        BigInteger y = BigInteger.ModPow(square, (Prime + 1) / 4, Prime);
        return Mod(y * y) == square ? new P256(x, y.IsEven ? y : Prime - y, BigInteger.One) : null;
    }

    public static P256 operator +(in P256 a, in P256 b)
    {
        if (a.Z.IsZero || b.Z.IsZero)
        {
            return a.Z.IsZero ? b : a;
        }

        BigInteger za = Mod(a.Z * a.Z), zb = Mod(b.Z * b.Z);
        BigInteger u = Mod(a.X * zb), s = Mod(a.Y * zb * b.Z);
        BigInteger h = Mod((b.X * za) - u), r = Mod((b.Y * za * a.Z) - s);
        if (h.IsZero)
        {
            return r.IsZero ? a.Doubled() : new P256(BigInteger.One, BigInteger.One, BigInteger.Zero);
        }

        BigInteger hh = Mod(h * h), v = Mod(u * hh);
        BigInteger x = Mod((r * r) - (hh * h) - (2 * v));
        return new P256(x, Mod((r * (v - x)) - (s * hh * h)), Mod(a.Z * b.Z * h));
    }

    public static P256 operator *(BigInteger factor, in P256 point)
    {
        var sum = new P256(BigInteger.One, BigInteger.One, BigInteger.Zero);
        for (long bit = factor.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = sum.Doubled();
            sum = ((factor >> (int)bit) & 1).IsOne ? sum + point : sum;
        }

        return sum;
    }

    /// <summary>x and y; not of the point at infinity.</summary>
    public (BigInteger X, BigInteger Y) Affine()
    {
        BigInteger inverse = Inverse(Z, Prime);
        BigInteger square = Mod(inverse * inverse);
        return (Mod(X * square), Mod(Y * square * inverse));
    }

    /// <summary>1 / a modulo a prime, of any a that is no multiple of it.</summary>
    public static BigInteger Inverse(BigInteger a, BigInteger prime) => BigInteger.ModPow(((a % prime) + prime) % prime, prime - 2, prime);

    /// <summary>32 bytes, big-endian, of the lowest 256 bits.</summary>
    public static byte[] Bytes(BigInteger value)
    {
        byte[] bytes = (value & (BigInteger.Pow(2, 256) - 1)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private P256 Doubled()
    {
        BigInteger yy = Mod(Y * Y), zz = Mod(Z * Z), s = Mod(4 * X * yy);
        BigInteger m = Mod(3 * (X - zz) * (X + zz));
        BigInteger x = Mod((m * m) - (2 * s));
        return new P256(x, Mod((m * (s - x)) - (8 * yy * yy)), Mod(2 * Y * Z));
    }

    private static BigInteger Mod(BigInteger a) => ((a % Prime) + Prime) % Prime;

    private static BigInteger Hex(string digits) => new(Convert.FromHexString(digits), isUnsigned: true, isBigEndian: true);
}
