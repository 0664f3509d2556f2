using System.Buffers.Binary;

namespace ROS2.Bag;

/// <summary>
/// Reads an MCAP file from front to end without its summary, in the order of recording. Reads what a crash left: every
/// complete chunk; damage is told in <see cref="Damage"/> instead of an exception.
/// </summary>
/// <remarks>Holds one record in memory. For one thread. Does not own the stream.</remarks>
public sealed class McapStreamReader
{
    // A record is read in pieces of this size, so that a damaged length does not make us allocate it.
    private const int ReadStep = 1 << 20;

    private readonly Stream _stream;
    private readonly McapDirectory _directory = new();
    private readonly List<string> _damage = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _metadata = new(StringComparer.Ordinal);
    private long _position;

    /// <summary>Starts at the stream's position, which must be the head of the file.</summary>
    /// <exception cref="McapException">The stream does not begin like an MCAP file.</exception>
    public McapStreamReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        byte[] magic = ReadUpTo(McapFormat.Magic.Length);
        if (!magic.AsSpan().SequenceEqual(McapFormat.Magic))
        {
            throw new McapException("not an MCAP file: its first bytes are wrong");
        }
    }

    /// <summary>What was found damaged so far, one line each.</summary>
    public IReadOnlyList<string> Damage => _damage;

    /// <summary>True once the end of the file's data was reached in good order.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Schemas met so far, by id.</summary>
    public IReadOnlyDictionary<ushort, McapSchema> Schemas => _directory.Schemas;

    /// <summary>Channels met so far, by id.</summary>
    public IReadOnlyDictionary<ushort, McapChannel> Channels => _directory.Channels;

    /// <summary>Metadata records met so far, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Metadata => _metadata;

    /// <summary>The messages from here to the end of the data. Can be enumerated once.</summary>
    public IEnumerable<McapMessage> ReadMessages()
    {
        while (ReadRecord() is { } record)
        {
            if (record.Opcode is McapOpcode.DataEnd or McapOpcode.Footer)
            {
                IsComplete = true;
                yield break;
            }

            foreach (McapMessage message in Open(record.Opcode, record.Content))
            {
                yield return message;
            }
        }

        if (_damage.Count == 0)
        {
            _damage.Add($"the file ends at byte {_position} without an end mark: the recording was cut off");
        }
    }

    private List<McapMessage> Open(McapOpcode opcode, byte[] content)
    {
        var messages = new List<McapMessage>();
        long start = _position - content.Length - McapFormat.RecordHeaderSize;
        try
        {
            if (opcode == McapOpcode.Chunk)
            {
                var records = new RecordCursor(RecordDecoder.ChunkRecords(content));
                while (records.MoveNext())
                {
                    Take(records.Opcode, records.Content, messages);
                }
            }
            else
            {
                Take(opcode, content, messages);
            }
        }
        catch (McapException error)
        {
            _damage.Add($"at byte {start}: {error.Message}");
        }

        return messages;
    }

    private void Take(McapOpcode opcode, ReadOnlyMemory<byte> content, List<McapMessage> messages)
    {
        if (opcode == McapOpcode.Message)
        {
            messages.Add(_directory.Message(content));
        }
        else if (opcode == McapOpcode.Metadata)
        {
            (string name, Dictionary<string, string> values) = RecordDecoder.Metadata(content.Span);
            _metadata[name] = values;
        }
        else
        {
            _directory.Add(opcode, content.Span);
        }
    }

    private (McapOpcode Opcode, byte[] Content)? ReadRecord()
    {
        long start = _position;
        byte[] head = ReadUpTo(McapFormat.RecordHeaderSize);
        if (head.Length == 0)
        {
            return null;
        }

        ulong length = head.Length < McapFormat.RecordHeaderSize ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(1));
        byte[]? content = head.Length < McapFormat.RecordHeaderSize || length > int.MaxValue ? null : ReadUpTo((int)length);
        if (content is null || content.Length < (int)length || head[0] == 0)
        {
            _damage.Add($"at byte {start}: the file is cut off or damaged here; nothing after it is read");
            return null;
        }

        return ((McapOpcode)head[0], content);
    }

    private byte[] ReadUpTo(int count)
    {
        byte[] buffer = new byte[Math.Min(count, ReadStep)];
        int filled = 0;
        while (filled < count)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(count, 2L * buffer.Length));
            }

            int read = _stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        _position += filled;
        Array.Resize(ref buffer, filled);
        return buffer;
    }
}
