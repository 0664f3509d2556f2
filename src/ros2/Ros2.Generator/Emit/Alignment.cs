namespace Ros2.Generator.Emit;

/// <summary>
/// What is known at compile time of the offset in the CDR stream: its remainder modulo a power of two up to 8. Known
/// padding is folded into constants.
/// </summary>
internal struct Alignment
{
    private int _modulus;
    private int _remainder;

    private Alignment(int modulus, int remainder)
    {
        _modulus = modulus;
        _remainder = remainder;
    }

    /// <summary>Nothing is known.</summary>
    public static Alignment Unknown => new(1, 0);

    /// <summary>The offset is a multiple of <paramref name="modulus"/>.</summary>
    public static Alignment MultipleOf(int modulus) => new(modulus, 0);

    /// <summary>Whether the padding before a value of this alignment is known.</summary>
    public readonly bool Knows(int alignment) => alignment <= _modulus;

    /// <summary>Padding before a value whose alignment is known.</summary>
    public readonly int Padding(int alignment) => (alignment - (_remainder % alignment)) % alignment;

    /// <summary>Moves on by a constant number of bytes.</summary>
    public void Advance(int bytes) => _remainder = (_remainder + bytes) % _modulus;

    /// <summary>Takes note of an alignment that is done at run time.</summary>
    public void Align(int alignment)
    {
        if (Knows(alignment))
        {
            Advance(Padding(alignment));
        }
        else
        {
            _modulus = alignment;
            _remainder = 0;
        }
    }
}
