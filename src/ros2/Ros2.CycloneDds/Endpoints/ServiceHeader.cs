using System.Buffers.Binary;

namespace ROS2.CycloneDds.Endpoints;

/// <summary>
/// rmw_cyclonedds' mapping of services: between encapsulation and body lie 16 bytes, the client's number (instance
/// handle of its request writer) and the request's sequence number. They do not change the body's alignment.
/// </summary>
/// <param name="Client">Number of the client.</param>
/// <param name="Sequence">Number of the request.</param>
internal readonly record struct ServiceHeader(ulong Client, long Sequence)
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 16;

    private const int Encapsulation = CdrMessage.HeaderSize;

    /// <summary>
    /// Completes a sample whose encapsulation and body were written at offset <see cref="Size"/>: moves the encapsulation
    /// to the front and puts the header behind it.
    /// </summary>
    /// <param name="sample">The whole sample; the first <see cref="Size"/> bytes are undefined yet.</param>
    public void Complete(Span<byte> sample)
    {
        sample.Slice(Size, Encapsulation).CopyTo(sample);
        BinaryPrimitives.WriteUInt64LittleEndian(sample[Encapsulation..], Client);
        BinaryPrimitives.WriteInt64LittleEndian(sample[(Encapsulation + 8)..], Sequence);
    }

    /// <summary>Splits a received sample; from anywhere.</summary>
    /// <param name="sample">Encapsulation, header, body.</param>
    /// <param name="bare">Receives encapsulation and body; at least as long as the sample less the header.</param>
    /// <param name="header">The header.</param>
    /// <returns>False when the sample is too short to hold a header.</returns>
    public static bool TrySplit(ReadOnlySpan<byte> sample, Span<byte> bare, out ServiceHeader header)
    {
        header = default;
        if (sample.Length < Encapsulation + Size)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = sample[Encapsulation..];
        bool littleEndian = sample[1] == 1;
        header = littleEndian
            ? new(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]))
            : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
        sample[..Encapsulation].CopyTo(bare);
        bytes[Size..].CopyTo(bare[Encapsulation..]);
        return true;
    }
}
