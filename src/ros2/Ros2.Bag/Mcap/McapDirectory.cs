namespace ROS2.Bag;

/// <summary>Schemas and channels by id, as they appear in a file.</summary>
internal sealed class McapDirectory
{
    private readonly SortedDictionary<ushort, McapSchema> _schemas = [];
    private readonly SortedDictionary<ushort, McapChannel> _channels = [];

    public IReadOnlyDictionary<ushort, McapSchema> Schemas => _schemas;

    public IReadOnlyDictionary<ushort, McapChannel> Channels => _channels;

    /// <summary>Takes note of a schema or channel record; a repeated one changes nothing.</summary>
    public void Add(McapOpcode opcode, ReadOnlySpan<byte> content)
    {
        if (opcode == McapOpcode.Schema)
        {
            McapSchema schema = RecordDecoder.Schema(content);
            _schemas.TryAdd(schema.Id, schema);
        }
        else if (opcode == McapOpcode.Channel)
        {
            McapChannel channel = RecordDecoder.Channel(content);
            _channels.TryAdd(channel.Id, channel);
        }
    }

    /// <exception cref="McapException">The message's channel is unknown.</exception>
    public McapMessage Message(ReadOnlyMemory<byte> content)
    {
        (ushort id, McapMessage message) = RecordDecoder.Message(content);
        return _channels.TryGetValue(id, out McapChannel? channel)
            ? message with { Channel = channel }
            : throw new McapException($"a message belongs to channel {id}, which the file does not define");
    }
}
