using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace ROS2;

public ref partial struct CdrReader
{
    // Strings that repeat (frame ids, names) are compared in pieces of this many bytes on the stack.
    private const int CompareChunk = 256;

    /// <summary>Reads a string.</summary>
    /// <param name="reuse">Returned when the input holds the same text, so that a repeated value allocates nothing.</param>
    /// <param name="maxLength">The string's bound in UTF-8 bytes, or <see cref="int.MaxValue"/>.</param>
    /// <returns>The text; ill-formed UTF-8 becomes U+FFFD. Empty after a fault.</returns>
    public string ReadString(string? reuse, int maxLength = int.MaxValue)
    {
        uint length = Read<uint>();
        if (length > (uint)Remaining)
        {
            Fail(CdrError.Truncated);
            return "";
        }

        // Some implementations write the empty string as length 0, without the final zero.
        if (length == 0)
        {
            return "";
        }

        ReadOnlySpan<byte> bytes = _input.Slice(_position, (int)length - 1);
        if (_input[_position + (int)length - 1] != 0)
        {
            Fail(CdrError.UnterminatedString);
            return "";
        }

        if (bytes.Length > maxLength)
        {
            Fail(CdrError.StringTooLong);
            return "";
        }

        _position += (int)length;
        return reuse is not null && EqualsUtf8(reuse, bytes) ? reuse : Decode(bytes, maxLength);
    }

    /// <summary>Reads a wide string, see <see cref="CdrWriter.WriteWString(string?)"/>.</summary>
    /// <param name="reuse">Returned when the input holds the same text.</param>
    /// <param name="maxLength">The string's bound in UTF-16 code units, or <see cref="int.MaxValue"/>.</param>
    /// <returns>The text; empty after a fault.</returns>
    public string ReadWString(string? reuse, int maxLength = int.MaxValue)
    {
        uint length = Read<uint>();
        if (length > (uint)maxLength)
        {
            Fail(CdrError.StringTooLong);
            return "";
        }

        if ((ulong)length * 4 > (ulong)Remaining)
        {
            Fail(CdrError.Truncated);
            return "";
        }

        ReadOnlySpan<uint> units = MemoryMarshal.Cast<byte, uint>(_input.Slice(_position, (int)length * 4));
        _position += units.Length * 4;
        if (!TryMatchUnits(units, reuse, out bool same))
        {
            Fail(CdrError.InvalidWideCharacter);
            return "";
        }

        return same ? reuse! : MakeString(units);
    }

    private string Decode(ReadOnlySpan<byte> utf8, int maxLength)
    {
        string text = Encoding.UTF8.GetString(utf8);

        // A byte that is no UTF-8 grows to the three of U+FFFD, which may take the text past its bound.
        if (text.Length > maxLength / 3 && maxLength != int.MaxValue && Encoding.UTF8.GetByteCount(text) > maxLength)
        {
            Fail(CdrError.StringTooLong);
            return "";
        }

        return text;
    }

    private static bool EqualsUtf8(string text, ReadOnlySpan<byte> utf8)
    {
        // UTF-8 has as many bytes as UTF-16 has units only where all are ASCII.
        if (text.Length >= utf8.Length)
        {
            return Ascii.Equals(utf8, text);
        }

        return EqualsNonAscii(text, utf8);
    }

    private static bool EqualsNonAscii(string text, ReadOnlySpan<byte> utf8)
    {
        Span<byte> chunk = stackalloc byte[CompareChunk];
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            Utf8.FromUtf16(rest, chunk, out int read, out int written, replaceInvalidSequences: true);
            if (read == 0 || !utf8.StartsWith(chunk[..written]))
            {
                return false;
            }

            rest = rest[read..];
            utf8 = utf8[written..];
        }

        return utf8.IsEmpty;
    }

    private readonly uint Unit(uint raw) => _swap ? BinaryPrimitives.ReverseEndianness(raw) : raw;

    private readonly bool TryMatchUnits(ReadOnlySpan<uint> units, string? text, out bool same)
    {
        same = text is not null && text.Length == units.Length;
        for (int i = 0; i < units.Length; i++)
        {
            uint unit = Unit(units[i]);
            if (unit > char.MaxValue)
            {
                return false;
            }

            same = same && text![i] == unit;
        }

        return true;
    }

    private readonly string MakeString(ReadOnlySpan<uint> units)
    {
        if (units.IsEmpty)
        {
            return "";
        }

        char[] characters = new char[units.Length];
        for (int i = 0; i < units.Length; i++)
        {
            characters[i] = (char)Unit(units[i]);
        }

        return new string(characters);
    }
}
