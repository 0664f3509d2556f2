using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ROS2;

public ref partial struct CdrReader
{
    /// <summary>Reads a sequence of primitives as one block into <paramref name="reuse"/>.</summary>
    /// <param name="reuse">Refilled and returned; a new list when <see langword="null"/>.</param>
    /// <param name="maxCount">The sequence's bound, or <see cref="int.MaxValue"/>.</param>
    public List<T> ReadSequence<T>(List<T>? reuse, int maxCount)
        where T : unmanaged
    {
        reuse ??= [];
        int count = ReadCount(Unsafe.SizeOf<T>(), maxCount);
        CollectionsMarshal.SetCount(reuse, count);
        ReadElements(CollectionsMarshal.AsSpan(reuse));
        return reuse;
    }

    /// <summary>Reads a fixed array of primitives as one block into <paramref name="reuse"/>.</summary>
    /// <param name="reuse">Refilled and returned when it has the right length; otherwise a new array is.</param>
    /// <param name="length">The array's length.</param>
    public T[] ReadArray<T>(T[]? reuse, int length)
        where T : unmanaged
    {
        if (reuse is null || reuse.Length != length)
        {
            reuse = new T[length];
        }

        ReadElements(reuse.AsSpan());
        return reuse;
    }

    /// <summary>Reads a sequence of strings, each at most <paramref name="maxLength"/> UTF-8 bytes.</summary>
    public List<string> ReadStringSequence(List<string>? reuse, int maxCount, int maxLength)
    {
        reuse ??= [];
        CollectionsMarshal.SetCount(reuse, ReadCount(4, maxCount));
        ReadStrings(CollectionsMarshal.AsSpan(reuse), maxLength);
        return reuse;
    }

    /// <summary>Reads a fixed array of strings, each at most <paramref name="maxLength"/> UTF-8 bytes.</summary>
    public string[] ReadStringArray(string[]? reuse, int length, int maxLength)
    {
        if (reuse is null || reuse.Length != length)
        {
            reuse = new string[length];
        }

        ReadStrings(reuse, maxLength);
        return reuse;
    }

    /// <summary>Reads a sequence of wide strings, each at most <paramref name="maxLength"/> UTF-16 code units.</summary>
    public List<string> ReadWStringSequence(List<string>? reuse, int maxCount, int maxLength)
    {
        reuse ??= [];
        CollectionsMarshal.SetCount(reuse, ReadCount(4, maxCount));
        ReadWStrings(CollectionsMarshal.AsSpan(reuse), maxLength);
        return reuse;
    }

    /// <summary>Reads a fixed array of wide strings, each at most <paramref name="maxLength"/> UTF-16 code units.</summary>
    public string[] ReadWStringArray(string[]? reuse, int length, int maxLength)
    {
        if (reuse is null || reuse.Length != length)
        {
            reuse = new string[length];
        }

        ReadWStrings(reuse, maxLength);
        return reuse;
    }

    private void ReadStrings(Span<string> target, int maxLength)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = ReadString(target[i], maxLength);
        }
    }

    private void ReadWStrings(Span<string> target, int maxLength)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = ReadWString(target[i], maxLength);
        }
    }

    private void ReadElements<T>(Span<T> target)
        where T : unmanaged
    {
        if (target.IsEmpty)
        {
            return;
        }

        int start = (_position + Unsafe.SizeOf<T>() - 1) & -Unsafe.SizeOf<T>();
        Span<byte> bytes = MemoryMarshal.AsBytes(target);
        if (bytes.Length > _input.Length - start)
        {
            bytes.Clear();
            Fail(CdrError.Truncated);
            return;
        }

        _input.Slice(start, bytes.Length).CopyTo(bytes);
        _position = start + bytes.Length;
        if (typeof(T) == typeof(bool) && bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            bytes.Clear();
            Fail(CdrError.InvalidBoolean);
        }
        else if (_swap)
        {
            CdrBlock.ReverseAll(target);
        }
    }
}
