using System.Runtime.CompilerServices;
using System.Text;

namespace ROS2;

/// <summary>
/// Measures CDR: each method takes the offset where a value starts, counted from the alignment origin, and returns the
/// offset after it. Used by generated code.
/// </summary>
public static class CdrSize
{
    /// <summary>Next multiple of <paramref name="alignment"/> (1, 2, 4 or 8).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Align(int offset, int alignment) => (offset + alignment - 1) & -alignment;

    /// <summary>After a string; <see langword="null"/> counts as empty.</summary>
    public static int AddString(int offset, string? value) =>
        checked(Align(offset, 4) + 5 + (value is null ? 0 : Utf8Length(value)));

    private static int Utf8Length(string value) =>
        Ascii.IsValid(value) ? value.Length : Encoding.UTF8.GetByteCount(value);

    /// <summary>After a wide string; <see langword="null"/> counts as empty.</summary>
    public static int AddWString(int offset, string? value) =>
        checked(Align(offset, 4) + 4 + (value is null ? 0 : value.Length * 4));

    /// <summary>After several strings without a count.</summary>
    public static int AddStrings(int offset, ReadOnlySpan<string> values)
    {
        foreach (string value in values)
        {
            offset = AddString(offset, value);
        }

        return offset;
    }

    /// <summary>After several wide strings without a count.</summary>
    public static int AddWStrings(int offset, ReadOnlySpan<string> values)
    {
        foreach (string value in values)
        {
            offset = AddWString(offset, value);
        }

        return offset;
    }

    /// <summary>After a sequence of primitives with its count.</summary>
    /// <param name="offset">Where the count may start.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="elementSize">1, 2, 4 or 8 bytes; also the alignment of the elements.</param>
    public static int AddSequence(int offset, int count, int elementSize)
    {
        int start = Align(offset, 4) + 4;
        return count == 0 ? start : checked(Align(start, elementSize) + (count * elementSize));
    }

    /// <summary>After a sequence of messages that all have the same size, with its count.</summary>
    /// <param name="offset">Where the count may start.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="alignment">Strictest alignment inside an element, which is also that of its first field.</param>
    /// <param name="elementSize">Bytes of an element that starts aligned.</param>
    public static int AddSequence(int offset, int count, int alignment, int elementSize)
    {
        int start = Align(offset, 4) + 4;
        return count == 0
            ? start
            : checked(Align(start, alignment) + ((count - 1) * Align(elementSize, alignment)) + elementSize);
    }
}
