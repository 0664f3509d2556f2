using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ROS2;

/// <summary>
/// Stores fields of a run whose space was reserved with <see cref="CdrWriter.Reserve"/>. Used by generated code.
/// </summary>
/// <remarks>
/// The generator merges neighbouring fixed-size fields into one reservation, so there is one bounds check per run instead
/// of one per field. Offsets are not checked here: they must lie within the reserved size.
/// </remarks>
public static class CdrBlock
{
    /// <summary>Longest run that may be reserved at once, in bytes.</summary>
    public const int MaxSize = 256;

    /// <summary>Stores <paramref name="value"/> little-endian at <paramref name="offset"/> of the reserved block.</summary>
    /// <typeparam name="T">A primitive of 1, 2, 4 or 8 bytes.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<T>(ref byte block, int offset, T value)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            value = Reverse(value);
        }

        Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref block, (nint)offset), value);
    }

    /// <summary>Stores a boolean as the byte 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(ref byte block, int offset, bool value) =>
        Unsafe.AddByteOffset(ref block, (nint)offset) = value ? (byte)1 : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Reverse<T>(T value)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == 2)
        {
            return Unsafe.BitCast<ushort, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ushort>(value)));
        }

        if (Unsafe.SizeOf<T>() == 4)
        {
            return Unsafe.BitCast<uint, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, uint>(value)));
        }

        if (Unsafe.SizeOf<T>() == 8)
        {
            return Unsafe.BitCast<ulong, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ulong>(value)));
        }

        return value;
    }

    internal static void ReverseAll<T>(Span<T> values)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == 2)
        {
            Span<ushort> words = MemoryMarshal.Cast<T, ushort>(values);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (Unsafe.SizeOf<T>() == 4)
        {
            Span<uint> words = MemoryMarshal.Cast<T, uint>(values);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (Unsafe.SizeOf<T>() == 8)
        {
            Span<ulong> words = MemoryMarshal.Cast<T, ulong>(values);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }
}
