using System.Buffers.Binary;
using Aios.Numerics;

namespace Aios.Cli.Networks;

/// <summary>
/// An Ethernet frame with an IPv4 UDP datagram, as a radio sees and spoils it: RFC 791, RFC 768, and the submessages of DDSI-RTPS
/// 2.5, section 9.4.5, with what users say.
/// </summary>
internal static class Frame
{
    private const int EthernetBytes = 14;
    private const int UdpHeaderBytes = 8;
    private const int RtpsHeaderBytes = 20;
    private const int SubmessageHeaderBytes = 4;
    private const byte Udp = 17;
    private const byte Data = 0x15;
    private const byte DataFragment = 0x16;
    private const ushort Sentinel = 1;

    /// <summary>Index of the port that a frame goes to by its address, or all: the I/G bit of the first octet.</summary>
    public static bool IsForAll(ReadOnlySpan<byte> frame) => (frame[0] & 1) != 0;

    /// <summary>The receiver's address, 48 bits.</summary>
    public static ulong To(ReadOnlySpan<byte> frame) => Address(frame);

    /// <summary>The sender's address, 48 bits.</summary>
    public static ulong From(ReadOnlySpan<byte> frame) => Address(frame[6..]);

    /// <summary>Where the datagram's UDP header begins.</summary>
    /// <returns>False for other frames, and for all but the first part of a datagram in parts.</returns>
    public static bool TryFindUdp(ReadOnlySpan<byte> frame, out int at)
    {
        at = 0;
        if (frame.Length < EthernetBytes + 20 || BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != 0x0800
            || frame[EthernetBytes] >> 4 != 4 || frame[EthernetBytes + 9] != Udp)
        {
            return false;
        }

        at = EthernetBytes + ((frame[EthernetBytes] & 15) * 4);
        var offset = BinaryPrimitives.ReadUInt16BigEndian(frame[(EthernetBytes + 6)..]) & 0x1FFF;
        return offset == 0 && frame.Length >= at + UdpHeaderBytes;
    }

    /// <summary>Drops the datagram's checksum, or makes the right one where the whole of it is in the frame.</summary>
    /// <remarks>A sender may leave it to a network card, which is not there.</remarks>
    /// <returns>Whether the datagram has a checksum now.</returns>
    public static bool Seal(Span<byte> frame, int udp, bool checksum)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(frame[(udp + 4)..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[(udp + 6)..], 0);
        if (!checksum || length < UdpHeaderBytes || frame.Length < udp + length)
        {
            return false;
        }

        ulong sum = Udp + (ulong)length;
        sum += Sum(frame.Slice(EthernetBytes + 12, 8)) + Sum(frame.Slice(udp, length));
        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        var sealing = (ushort)~sum;
        BinaryPrimitives.WriteUInt16BigEndian(frame[(udp + 6)..], sealing == 0 ? (ushort)0xFFFF : sealing);
        return true;
    }

    /// <summary>Flips one to eight bits of something that a user says: of the serialized message, not of what DDS says to itself.</summary>
    /// <returns>False when there is nothing of the kind in the datagram.</returns>
    public static bool TryDamage(Span<byte> frame, int udp, SeededRandom random)
    {
        var rtps = frame[(udp + UdpHeaderBytes)..];
        if (rtps.Length < RtpsHeaderBytes || !rtps[..4].SequenceEqual("RTPS"u8))
        {
            return false;
        }

        var payloads = new List<Range>();
        for (var at = RtpsHeaderBytes; at + SubmessageHeaderBytes <= rtps.Length;)
        {
            var length = Number16(rtps[(at + 2)..], (rtps[at + 1] & 1) != 0);
            var end = length == 0 || at + SubmessageHeaderBytes + length > rtps.Length ? rtps.Length : at + SubmessageHeaderBytes + length;
            if (rtps[at] is Data or DataFragment && TryFindPayload(rtps[at..end], out var payload))
            {
                payloads.Add(new Range(at + payload, end));
            }

            at = end;
        }

        if (payloads.Count == 0)
        {
            return false;
        }

        var hit = rtps[payloads[random.NextInt(payloads.Count)]];
        for (var flips = 1 + random.NextInt(8); flips > 0; flips--)
        {
            hit[random.NextInt(hit.Length)] ^= (byte)(1 << random.NextInt(8));
        }

        return true;
    }

    // Flags, length; extra flags, distance to what follows, reader, writer, number; parameters if flag 1; what was said.
    private static bool TryFindPayload(ReadOnlySpan<byte> submessage, out int at)
    {
        const int WriterKindAt = 15, LeastBytes = 24;
        const byte BuiltIn = 0xC0, HasParameters = 0x02, HasNoMessage = 0x08;
        at = 0;
        if (submessage.Length < LeastBytes || (submessage[WriterKindAt] & BuiltIn) == BuiltIn || (submessage[1] & HasNoMessage) != 0)
        {
            return false;
        }

        var isLittle = (submessage[1] & 1) != 0;
        at = 8 + Number16(submessage[6..], isLittle);
        for (var isParameter = (submessage[1] & HasParameters) != 0; isParameter && at + 4 <= submessage.Length;)
        {
            isParameter = Number16(submessage[at..], isLittle) != Sentinel;
            at += 4 + (isParameter ? Number16(submessage[(at + 2)..], isLittle) : 0);
        }

        return at < submessage.Length;
    }

    private static int Number16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static ulong Address(ReadOnlySpan<byte> bytes) => ((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        for (; bytes.Length > 1; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        return sum + (bytes.IsEmpty ? 0UL : (ulong)bytes[0] << 8);
    }
}
