namespace ROS2.Bag;

/// <summary>Describes the type of a channel's messages.</summary>
/// <param name="Id">Unique in the file, not 0.</param>
/// <param name="Name">For ROS 2 the full type name, <c>std_msgs/msg/String</c>.</param>
/// <param name="Encoding">For ROS 2 <c>ros2msg</c>.</param>
/// <param name="Data">The definition; for <c>ros2msg</c> UTF-8 text with those of nested types.</param>
public sealed record McapSchema(ushort Id, string Name, string Encoding, ReadOnlyMemory<byte> Data);

/// <summary>A stream of messages of one type on one topic.</summary>
/// <param name="Id">Unique in the file.</param>
/// <param name="SchemaId">The schema, or 0 for none.</param>
/// <param name="Topic">The topic's name.</param>
/// <param name="MessageEncoding">For ROS 2 <c>cdr</c>.</param>
/// <param name="Metadata">For ROS 2 <c>offered_qos_profiles</c> and <c>topic_type_hash</c>.</param>
public sealed record McapChannel(
    ushort Id, ushort SchemaId, string Topic, string MessageEncoding, IReadOnlyDictionary<string, string> Metadata);

/// <summary>One message.</summary>
/// <param name="Channel">Its channel.</param>
/// <param name="Sequence">Its number as the publisher counts, 0 when unknown.</param>
/// <param name="LogTimeNs">When it was recorded, in nanoseconds.</param>
/// <param name="PublishTimeNs">When it was published, in nanoseconds.</param>
/// <param name="Data">The content; for <c>cdr</c> with encapsulation header. Valid as long as it is referenced.</param>
public readonly record struct McapMessage(
    McapChannel Channel, uint Sequence, long LogTimeNs, long PublishTimeNs, ReadOnlyMemory<byte> Data);

/// <summary>Where a chunk lies and what it holds.</summary>
/// <param name="StartTimeNs">Earliest log time in it.</param>
/// <param name="EndTimeNs">Latest log time in it.</param>
/// <param name="Offset">Where the chunk record begins in the file.</param>
/// <param name="Length">Length of the chunk record with its header.</param>
/// <param name="MessageIndexOffsets">Where each channel's message index record begins, in the order of channel ids.</param>
/// <param name="MessageIndexLength">Total length of those records.</param>
/// <param name="Compression">Empty for none.</param>
/// <param name="CompressedSize">Bytes of the records in the file.</param>
/// <param name="UncompressedSize">Bytes of the records.</param>
public sealed record McapChunkIndex(
    long StartTimeNs,
    long EndTimeNs,
    long Offset,
    long Length,
    IReadOnlyDictionary<ushort, long> MessageIndexOffsets,
    long MessageIndexLength,
    string Compression,
    long CompressedSize,
    long UncompressedSize);

/// <summary>Counts and times of a whole file.</summary>
public sealed class McapStatistics
{
    private readonly SortedDictionary<ushort, long> _channelMessageCounts = [];

    /// <summary>Number of messages.</summary>
    public long MessageCount { get; internal set; }

    /// <summary>Number of schemas.</summary>
    public int SchemaCount { get; internal set; }

    /// <summary>Number of channels.</summary>
    public int ChannelCount { get; internal set; }

    /// <summary>Number of metadata records.</summary>
    public int MetadataCount { get; internal set; }

    /// <summary>Number of attachments.</summary>
    public int AttachmentCount { get; internal set; }

    /// <summary>Number of chunks.</summary>
    public int ChunkCount { get; internal set; }

    /// <summary>Earliest log time; 0 without messages.</summary>
    public long StartTimeNs { get; internal set; }

    /// <summary>Latest log time; 0 without messages.</summary>
    public long EndTimeNs { get; internal set; }

    /// <summary>Number of messages by channel id.</summary>
    public IReadOnlyDictionary<ushort, long> ChannelMessageCounts => _channelMessageCounts;

    internal void SetCount(ushort channel, long count) => _channelMessageCounts[channel] = count;

    internal void Count(ushort channel, long logTimeNs)
    {
        StartTimeNs = MessageCount == 0 ? logTimeNs : Math.Min(StartTimeNs, logTimeNs);
        EndTimeNs = MessageCount == 0 ? logTimeNs : Math.Max(EndTimeNs, logTimeNs);
        MessageCount++;
        _channelMessageCounts[channel] = _channelMessageCounts.GetValueOrDefault(channel) + 1;
    }
}

/// <summary>A file that is no MCAP file, is damaged, or uses what this reader does not know. The text is one line.</summary>
public sealed class McapException : IOException
{
    /// <summary>Makes the exception.</summary>
    public McapException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a cause.</summary>
    public McapException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
