namespace Aios.Safety.Quorum;

internal enum MessageSection : byte
{
    End = 0,
    Votes = 1,
    Certificate = 2,
    Override = 3,
}

/// <summary>Head of a quorum message: magic, version, sender, fleet, epoch, view, number of overrides, hash of the log.</summary>
internal readonly record struct MessageHeader(byte Sender, ulong FleetId, uint Epoch, uint View, uint Overrides)
{
    public const int EncodedBytes = 4 + 8 + 4 + 4 + 4;
    private const byte Version = 1;

    public void Write(ref WireWriter writer)
    {
        writer.Byte((byte)'A');
        writer.Byte((byte)'Q');
        writer.Byte(Version);
        writer.Byte(Sender);
        writer.UInt64(FleetId);
        writer.UInt32(Epoch);
        writer.UInt32(View);
        writer.UInt32(Overrides);
    }

    public static bool TryRead(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        var reader = new WireReader(message);
        bool known = reader.Byte() == 'A' & reader.Byte() == 'Q' & reader.Byte() == Version;
        header = new MessageHeader(reader.Byte(), reader.UInt64(), reader.UInt32(), reader.UInt32(), reader.UInt32());
        return known && !reader.Failed && header.Epoch > 0;
    }
}
