using System.Buffers.Binary;
using System.Globalization;

namespace ROS2.Transport;

/// <summary>
/// Identity of an endpoint or participant: 16 bytes, on DDS the RTPS GUID in wire order. A transport whose native
/// id is shorter puts it into the first bytes and leaves the rest zero.
/// </summary>
/// <param name="First">Bytes 0 to 7, read as little-endian.</param>
/// <param name="Second">Bytes 8 to 15, read as little-endian.</param>
public readonly record struct Gid(ulong First, ulong Second)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads a gid from the first 16 bytes of <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 16 bytes.</exception>
    public static Gid Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));

    /// <summary>Writes the gid into the first 16 bytes of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 16 bytes.</exception>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, First);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Second);
    }

    /// <summary>The bytes in hexadecimal, separated by dots, as <c>ros2 topic info -v</c> prints them.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        Span<char> text = stackalloc char[(3 * Size) - 1];
        for (int i = 0; i < Size; i++)
        {
            if (i > 0)
            {
                text[(3 * i) - 1] = '.';
            }

            bytes[i].TryFormat(text[(3 * i)..], out _, "x2", CultureInfo.InvariantCulture);
        }

        return new string(text);
    }
}
