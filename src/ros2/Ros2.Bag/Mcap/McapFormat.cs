namespace ROS2.Bag;

/// <summary>Constants of the MCAP file format, version 0 (mcap.dev/spec).</summary>
internal static class McapFormat
{
    /// <summary>Opcode and length before a record's content.</summary>
    public const int RecordHeaderSize = 9;

    /// <summary>Length of the footer record with its header.</summary>
    public const int FooterSize = RecordHeaderSize + 20;

    /// <summary>Length of a message record's content before the data.</summary>
    public const int MessageHeaderSize = 22;

    /// <summary>First and last bytes of a file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'M', (byte)'C', (byte)'A', (byte)'P', 0x30, (byte)'\r', (byte)'\n'];
}

/// <summary>Kinds of records.</summary>
internal enum McapOpcode : byte
{
    Header = 0x01,
    Footer = 0x02,
    Schema = 0x03,
    Channel = 0x04,
    Message = 0x05,
    Chunk = 0x06,
    MessageIndex = 0x07,
    ChunkIndex = 0x08,
    Attachment = 0x09,
    AttachmentIndex = 0x0A,
    Statistics = 0x0B,
    Metadata = 0x0C,
    MetadataIndex = 0x0D,
    SummaryOffset = 0x0E,
    DataEnd = 0x0F,
}
