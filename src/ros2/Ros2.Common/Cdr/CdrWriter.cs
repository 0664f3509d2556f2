using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ROS2;

/// <summary>
/// Writes XCDR1 little-endian into a buffer that was measured with <see cref="IRosMessage.GetCdrSize"/>.
/// Alignment counts from the start of the buffer, which is the byte after the encapsulation header.
/// </summary>
/// <remarks>
/// Source: OMG CORBA 3.0, 15.3 (CDR) and DDS-RTPS 2.3, 10 (encapsulation). Every byte up to <see cref="Position"/> is
/// written, padding as zeros. Never allocates. A write past the buffer is a bug and throws
/// <see cref="InvalidOperationException"/>.
/// </remarks>
public ref struct CdrWriter
{
    private readonly Span<byte> _buffer;
    private int _position;

    /// <summary>Starts at the alignment origin.</summary>
    /// <param name="buffer">Room for the CDR body, without encapsulation header.</param>
    public CdrWriter(Span<byte> buffer)
    {
        _buffer = buffer;
        _position = 0;
    }

    /// <summary>Bytes written since the alignment origin.</summary>
    public readonly int Position => _position;

    /// <summary>Aligns, then reserves <paramref name="size"/> bytes which the caller fills with <see cref="CdrBlock"/>.</summary>
    /// <param name="alignment">1, 2, 4 or 8.</param>
    /// <param name="size">Bytes, all of which the caller must write.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte Reserve(int alignment, int size)
    {
        int start = (_position + alignment - 1) & -alignment;
        if (size > _buffer.Length - start)
        {
            ThrowBufferTooSmall();
        }

        ref byte origin = ref MemoryMarshal.GetReference(_buffer);
        for (int i = _position; i < start; i++)
        {
            Unsafe.Add(ref origin, i) = 0;
        }

        _position = start + size;
        return ref Unsafe.Add(ref origin, start);
    }

    /// <summary>Writes one primitive, aligned to its size.</summary>
    /// <typeparam name="T">A numeric primitive of 1, 2, 4 or 8 bytes, or <see cref="bool"/>.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<T>(T value)
        where T : unmanaged
    {
        ref byte block = ref Reserve(Unsafe.SizeOf<T>(), Unsafe.SizeOf<T>());
        if (typeof(T) == typeof(bool))
        {
            CdrBlock.Put(ref block, 0, Unsafe.BitCast<T, bool>(value));
        }
        else
        {
            CdrBlock.Put(ref block, 0, value);
        }
    }

    /// <summary>Writes a string as UTF-8: length with the final zero, bytes, zero. <see langword="null"/> counts as empty.</summary>
    public void WriteString(string? value)
    {
        value ??= "";
        ref byte length = ref Reserve(4, 4);
        Span<byte> rest = _buffer[_position..];
        if (Ascii.FromUtf16(value, rest, out int count) != OperationStatus.Done
            && !Encoding.UTF8.TryGetBytes(value, rest, out count))
        {
            ThrowBufferTooSmall();
        }

        if (count == rest.Length)
        {
            ThrowBufferTooSmall();
        }

        rest[count] = 0;
        CdrBlock.Put(ref length, 0, (uint)count + 1);
        _position += count + 1;
    }

    /// <summary>Writes a bounded string.</summary>
    /// <param name="value">The string; <see langword="null"/> counts as empty.</param>
    /// <param name="maxLength">Upper bound in UTF-8 bytes, as rosidl counts it.</param>
    /// <param name="property">Name of the property for the message of the exception.</param>
    /// <exception cref="Exception">The string is longer.</exception>
    public void WriteString(string? value, int maxLength, string property)
    {
        if (value is not null && value.Length > maxLength / 3 && Encoding.UTF8.GetByteCount(value) > maxLength)
        {
            CdrBounds.ThrowString(property, maxLength);
        }

        WriteString(value);
    }

    /// <summary>
    /// Writes a wide string as ROS 2 does on every middleware: number of UTF-16 code units, then each in four bytes, no
    /// final zero. <see langword="null"/> counts as empty.
    /// </summary>
    public void WriteWString(string? value)
    {
        value ??= "";
        Write((uint)value.Length);
        if (value.Length > _buffer.Length)
        {
            ThrowBufferTooSmall();
        }

        ref byte block = ref Reserve(4, checked(value.Length * 4));
        for (int i = 0; i < value.Length; i++)
        {
            CdrBlock.Put(ref block, i * 4, (uint)value[i]);
        }
    }

    /// <summary>Writes a bounded wide string; the bound counts UTF-16 code units.</summary>
    /// <exception cref="Exception">The string is longer.</exception>
    public void WriteWString(string? value, int maxLength, string property)
    {
        if (value is not null && value.Length > maxLength)
        {
            CdrBounds.ThrowString(property, maxLength);
        }

        WriteWString(value);
    }

    /// <summary>Writes the elements of a fixed array as one block, aligned to the element's size; nothing when empty.</summary>
    public void WriteArray<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (values.IsEmpty)
        {
            return;
        }

        int size = checked(values.Length * Unsafe.SizeOf<T>());
        Span<byte> target = MemoryMarshal.CreateSpan(ref Reserve(Unsafe.SizeOf<T>(), size), size);
        MemoryMarshal.AsBytes(values).CopyTo(target);
        if (!BitConverter.IsLittleEndian)
        {
            CdrBlock.ReverseAll(MemoryMarshal.Cast<byte, T>(target));
        }
    }

    /// <summary>Writes a sequence of primitives: the count, then the elements as one block.</summary>
    public void WriteSequence<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Write((uint)values.Length);
        WriteArray(values);
    }

    /// <summary>Writes strings one after the other, without a count.</summary>
    public void WriteStrings(ReadOnlySpan<string> values)
    {
        foreach (string value in values)
        {
            WriteString(value);
        }
    }

    /// <summary>Writes bounded strings one after the other, without a count.</summary>
    /// <exception cref="Exception">One of them is too long.</exception>
    public void WriteStrings(ReadOnlySpan<string> values, int maxLength, string property)
    {
        foreach (string value in values)
        {
            WriteString(value, maxLength, property);
        }
    }

    /// <summary>Writes wide strings one after the other, without a count.</summary>
    public void WriteWStrings(ReadOnlySpan<string> values)
    {
        foreach (string value in values)
        {
            WriteWString(value);
        }
    }

    /// <summary>Writes bounded wide strings one after the other, without a count.</summary>
    /// <exception cref="Exception">One of them is too long.</exception>
    public void WriteWStrings(ReadOnlySpan<string> values, int maxLength, string property)
    {
        foreach (string value in values)
        {
            WriteWString(value, maxLength, property);
        }
    }

    private static void ThrowBufferTooSmall() =>
        throw new InvalidOperationException("The CDR buffer is too small: measure the message with GetCdrSize first.");
}
