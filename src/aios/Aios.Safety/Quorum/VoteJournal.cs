using System.Buffers.Binary;

namespace Aios.Safety.Quorum;

internal enum JournalRecordKind : byte
{
    None = 0,
    Vote = 1,
    Lock = 2,
    Decided = 3,
    Override = 4,

    /// <summary>First record: whose journal it is. A member never votes from the journal of another.</summary>
    Identity = 5,
}

/// <summary>One record as read back.</summary>
internal readonly record struct JournalRecord(JournalRecordKind Kind, byte[] Payload);

/// <summary>
/// Frames of the write-ahead journal: length (u16), its complement (u16), kind (u8), payload, CRC-32 of kind and payload. All
/// little-endian. The complement tells a damaged length, by which all that follows would be lost, from a torn end.
/// </summary>
internal static class VoteJournal
{
    private const int HeaderBytes = 5;
    private const int ChecksumBytes = 4;
    private static readonly uint[] Crc32Table = MakeTable();

    public static byte[] Frame(JournalRecordKind kind, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[HeaderBytes + payload.Length + ChecksumBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(frame, (ushort)payload.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(2), (ushort)~payload.Length);
        frame[HeaderBytes - 1] = (byte)kind;
        payload.CopyTo(frame.AsSpan(HeaderBytes));
        uint crc = Crc32(frame.AsSpan(HeaderBytes - 1, 1 + payload.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(HeaderBytes + payload.Length), crc);
        return frame;
    }

    /// <summary>Reads frames up to the first that is incomplete or damaged.</summary>
    /// <param name="bytes">The journal.</param>
    /// <param name="records">Receives the whole ones, in order.</param>
    /// <param name="length">Bytes of the whole ones.</param>
    /// <returns>
    /// True when the rest is empty or a torn end: less than a frame, or nothing but zeros (a file system that had grown the
    /// file but not yet written it). Its append never returned, so that its vote was never sent. False when a length or a complete
    /// frame is damaged: a vote may have been sent that is no longer known.
    /// </returns>
    public static bool TryReadAll(ReadOnlySpan<byte> bytes, List<JournalRecord> records, out int length)
    {
        length = 0;
        while (bytes.Length >= HeaderBytes)
        {
            if (IsUnwritten(bytes))
            {
                return true;
            }

            int payload = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            int total = HeaderBytes + payload + ChecksumBytes;
            if ((payload ^ BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..])) != ushort.MaxValue)
            {
                return false;
            }

            if (bytes.Length < total)
            {
                return true;
            }

            uint stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(HeaderBytes + payload)..]);
            if (stored != Crc32(bytes.Slice(HeaderBytes - 1, 1 + payload)))
            {
                return false;
            }

            records.Add(new JournalRecord((JournalRecordKind)bytes[HeaderBytes - 1], bytes.Slice(HeaderBytes, payload).ToArray()));
            bytes = bytes[total..];
            length += total;
        }

        return true;
    }

    private static bool IsUnwritten(ReadOnlySpan<byte> rest) => !rest.ContainsAnyExcept((byte)0);

    /// <summary>CRC-32 as in IEEE 802.3 (reflected polynomial EDB88320).</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc = (crc >> 8) ^ Crc32Table[(crc ^ b) & 0xFF];
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
