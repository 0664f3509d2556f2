using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ROS2;

/// <summary>
/// Reads XCDR1 from untrusted bytes. Nothing throws: the first fault is kept in <see cref="Error"/>, and from then on every
/// read gives zero, an empty string or an empty sequence.
/// </summary>
/// <remarks>
/// Alignment counts from the start of the input, which is the byte after the encapsulation header. Counts are checked
/// against what is left before anything is allocated.
/// </remarks>
public ref partial struct CdrReader
{
    private static readonly byte[] Zeros = new byte[CdrBlock.MaxSize];

    private readonly ReadOnlySpan<byte> _input;
    private readonly bool _swap;
    private int _position;
    private CdrError _error;

    /// <summary>Starts at the alignment origin.</summary>
    /// <param name="input">CDR body without encapsulation header.</param>
    /// <param name="bigEndian">Byte order of the input.</param>
    public CdrReader(ReadOnlySpan<byte> input, bool bigEndian = false)
    {
        _input = input;
        _swap = bigEndian == BitConverter.IsLittleEndian;
        _position = 0;
        _error = CdrError.None;
    }

    /// <summary>The first fault, or <see cref="CdrError.None"/>.</summary>
    public readonly CdrError Error => _error;

    /// <summary>Bytes consumed since the alignment origin.</summary>
    public readonly int Position => _position;

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _input.Length - _position;

    /// <summary>A reader without input that has already failed.</summary>
    public static CdrReader Failed(CdrError error)
    {
        var reader = new CdrReader([]);
        reader.Fail(error);
        return reader;
    }

    /// <summary>Marks the input as bad, unless it already is. All later reads give zero.</summary>
    public void Fail(CdrError error)
    {
        if (_error == CdrError.None)
        {
            _error = error;
        }

        _position = _input.Length;
    }

    /// <summary>Aligns, then consumes <paramref name="size"/> bytes, to be read with <see cref="Get{T}"/>.</summary>
    /// <param name="alignment">1, 2, 4 or 8.</param>
    /// <param name="size">At most <see cref="CdrBlock.MaxSize"/>.</param>
    /// <returns>The first byte; zeros of that length when the input is too short.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly byte Reserve(int alignment, int size)
    {
        int start = (_position + alignment - 1) & -alignment;
        if (size > _input.Length - start)
        {
            Fail(CdrError.Truncated);
            return ref MemoryMarshal.GetArrayDataReference(Zeros);
        }

        _position = start + size;
        return ref Unsafe.Add(ref MemoryMarshal.GetReference(_input), start);
    }

    /// <summary>Loads a number from a block of <see cref="Reserve"/>; the offset is not checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T Get<T>(ref readonly byte block, int offset)
        where T : unmanaged
    {
        T value = Unsafe.ReadUnaligned<T>(ref Unsafe.AddByteOffset(ref Unsafe.AsRef(in block), (nint)offset));
        return _swap ? CdrBlock.Reverse(value) : value;
    }

    /// <summary>Loads a boolean from a block of <see cref="Reserve"/>; the offset is not checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool GetBoolean(ref readonly byte block, int offset)
    {
        byte value = Unsafe.AddByteOffset(ref Unsafe.AsRef(in block), (nint)offset);
        if (value > 1)
        {
            Fail(CdrError.InvalidBoolean);
        }

        return value == 1;
    }

    /// <summary>Reads one primitive, aligned to its size.</summary>
    /// <typeparam name="T">A numeric primitive of 1, 2, 4 or 8 bytes, or <see cref="bool"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read<T>()
        where T : unmanaged
    {
        ref readonly byte block = ref Reserve(Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>());
        return typeof(T) == typeof(bool)
            ? Unsafe.BitCast<bool, T>(GetBoolean(in block, 0))
            : Get<T>(in block, 0);
    }

    /// <summary>Reads the count of a sequence and checks it.</summary>
    /// <param name="minElementSize">Fewest bytes one element can take; at least 1.</param>
    /// <param name="maxCount">The sequence's bound, or <see cref="int.MaxValue"/>.</param>
    /// <returns>The count; 0 after a fault.</returns>
    public int ReadCount(int minElementSize, int maxCount)
    {
        uint count = Read<uint>();
        if (count > (uint)maxCount)
        {
            Fail(CdrError.SequenceTooLong);
            return 0;
        }

        if ((ulong)count * (uint)minElementSize > (ulong)Remaining)
        {
            Fail(CdrError.Truncated);
            return 0;
        }

        return (int)count;
    }
}
