using System.Numerics;
using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Layout of a map delta. All little-endian: magic u16, version u8, incarnation u32, grid u32, base u64, top u64,
/// acknowledgement count u8, each (peer id u64, incarnation u32, received u64), tile count u16, tiles, CRC-32C u32.
/// </summary>
internal static class MapDeltaFormat
{
    public const ushort Magic = 0x4d41;
    public const byte Version = 1;
    public const int ChecksumBytes = 4;
    public const int HeaderBytes = 2 + 1 + 4 + 4 + 8 + 8 + 1;
    public const int AcknowledgementBytes = 8 + 4 + 8;
    public const int TileCountBytes = 2;

    /// <summary>A rover's name as a number: FNV-1a, 64 bit, over its UTF-16 code units.</summary>
    public static ulong PeerId(string name)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (char c in name)
        {
            hash = (hash ^ (byte)c) * 0x100000001b3;
            hash = (hash ^ (byte)(c >> 8)) * 0x100000001b3;
        }

        return hash;
    }

    /// <summary>Rovers with different grids must not mix their tiles.</summary>
    public static uint GridId(GridGeometry geometry)
    {
        uint crc = BitOperations.Crc32C(0, ((ulong)(uint)geometry.Width << 32) | (uint)geometry.Height);
        crc = BitOperations.Crc32C(crc, (ulong)BitConverter.DoubleToInt64Bits(geometry.Resolution));
        crc = BitOperations.Crc32C(crc, (ulong)BitConverter.DoubleToInt64Bits(geometry.OriginX));
        return BitOperations.Crc32C(crc, (ulong)BitConverter.DoubleToInt64Bits(geometry.OriginY));
    }

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xffffffff;
        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
