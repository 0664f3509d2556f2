using System.Buffers.Binary;

namespace ROS2.Bag;

/// <summary>Reads a complete MCAP file by its index: selected topics and times, in the order of log time.</summary>
/// <remarks>
/// Holds the summary and the chunks that overlap the time being read. For one thread. A file that was not closed has no
/// index: read it with <see cref="McapStreamReader"/>.
/// </remarks>
public sealed class McapReader : IDisposable
{
    private readonly Stream _stream;
    private readonly McapDirectory _directory = new();
    private readonly List<McapChunkIndex> _chunks = [];
    private readonly List<(long Offset, long Length, string Name)> _metadata = [];

    /// <summary>Reads the summary.</summary>
    /// <param name="stream">A seekable stream of the whole file; closed with this reader.</param>
    /// <exception cref="McapException">Not an MCAP file, not closed by its writer, or damaged.</exception>
    public McapReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        ReadSummary();
    }

    /// <summary>Counts and times of the file.</summary>
    public McapStatistics Statistics { get; private set; } = new();

    /// <summary>Schemas by id.</summary>
    public IReadOnlyDictionary<ushort, McapSchema> Schemas => _directory.Schemas;

    /// <summary>Channels by id.</summary>
    public IReadOnlyDictionary<ushort, McapChannel> Channels => _directory.Channels;

    /// <summary>Where the chunks are, in file order.</summary>
    public IReadOnlyList<McapChunkIndex> Chunks => _chunks;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be opened, or see the constructor.</exception>
    public static McapReader Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        try
        {
            return new McapReader(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The messages in the order of log time; those of equal time in file order.</summary>
    /// <param name="query">What to read; everything when <see langword="null"/>.</param>
    /// <exception cref="McapException">A chunk is damaged.</exception>
    public IEnumerable<McapMessage> ReadMessages(McapQuery? query = null)
    {
        query ??= new McapQuery();
        return _chunks.Count == 0 && Statistics.MessageCount > 0
            ? ReadUnchunked(query)
            : new ChunkMerger(ReadChunk).Merge(_chunks, query);
    }

    /// <summary>The metadata records, by name.</summary>
    /// <exception cref="McapException">One of them is damaged.</exception>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ReadMetadata()
    {
        var all = new SortedDictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach ((long offset, long length, string _) in _metadata)
        {
            (string name, Dictionary<string, string> values) =
                RecordDecoder.Metadata(ReadRecord(offset, length, McapOpcode.Metadata).Span);
            all[name] = values;
        }

        return all;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void ReadSummary()
    {
        long size = _stream.Length;
        int tail = McapFormat.FooterSize + McapFormat.Magic.Length;
        byte[] head = ReadAt(0, (int)Math.Min(size, McapFormat.Magic.Length));
        if (!head.AsSpan().SequenceEqual(McapFormat.Magic))
        {
            throw new McapException("not an MCAP file: its first bytes are wrong");
        }

        byte[] end = size < tail + head.Length ? [] : ReadAt(size - tail, tail);
        if (end.Length == 0 || !end.AsSpan(McapFormat.FooterSize).SequenceEqual(McapFormat.Magic) || end[0] != (byte)McapOpcode.Footer)
        {
            throw new McapException("the file has no index: it was cut off or is still being written");
        }

        var footer = new ByteReader(end.AsSpan(McapFormat.RecordHeaderSize));
        long start = footer.ReadInt64();
        footer.ReadInt64();
        uint crc = footer.ReadUInt32();
        long summaryEnd = size - tail;
        if (start == 0 || start > summaryEnd || summaryEnd - start > int.MaxValue)
        {
            throw new McapException(start == 0 ? "the file has no index" : "the file's footer is damaged");
        }

        byte[] summary = ReadAt(start, (int)(summaryEnd - start));
        uint actual = Crc32.Append(Crc32.Append(0, summary), end.AsSpan(0, McapFormat.RecordHeaderSize + 16));
        if (crc != 0 && crc != actual)
        {
            throw new McapException("the checksum of the file's index is wrong");
        }

        ParseSummary(summary);
    }

    private void ParseSummary(byte[] summary)
    {
        var records = new RecordCursor(summary);
        while (records.MoveNext())
        {
            ReadOnlySpan<byte> content = records.Content.Span;
            switch (records.Opcode)
            {
                case McapOpcode.Statistics:
                    Statistics = RecordDecoder.Statistics(content);
                    break;
                case McapOpcode.ChunkIndex:
                    _chunks.Add(RecordDecoder.ChunkIndex(content));
                    break;
                case McapOpcode.MetadataIndex:
                    _metadata.Add(RecordDecoder.MetadataIndex(content));
                    break;
                default:
                    _directory.Add(records.Opcode, content);
                    break;
            }
        }
    }

    private List<McapMessage> ReadChunk(McapChunkIndex chunk, McapQuery query)
    {
        ReadOnlyMemory<byte> content = ReadRecord(chunk.Offset, chunk.Length, McapOpcode.Chunk);
        var messages = new List<McapMessage>();
        var records = new RecordCursor(RecordDecoder.ChunkRecords(content));
        while (records.MoveNext())
        {
            _directory.Add(records.Opcode, records.Content.Span);
            if (records.Opcode == McapOpcode.Message && _directory.Message(records.Content) is var message && query.Matches(message))
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    private IEnumerable<McapMessage> ReadUnchunked(McapQuery query)
    {
        _stream.Position = 0;
        var matching = new List<McapMessage>();
        foreach (McapMessage message in new McapStreamReader(_stream).ReadMessages())
        {
            if (query.Matches(message))
            {
                matching.Add(message);
            }
        }

        return matching.OrderBy(message => message.LogTimeNs);
    }

    private ReadOnlyMemory<byte> ReadRecord(long offset, long length, McapOpcode opcode)
    {
        if (length < McapFormat.RecordHeaderSize || length > Math.Min(int.MaxValue, _stream.Length - offset))
        {
            throw new McapException($"the index points outside the file: {length} bytes at {offset}");
        }

        byte[] record = ReadAt(offset, (int)length);
        ulong inner = BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(1));
        if (record[0] != (byte)opcode || inner != (ulong)(length - McapFormat.RecordHeaderSize))
        {
            throw new McapException($"there is no {opcode} record at byte {offset}, where the index says");
        }

        return record.AsMemory(McapFormat.RecordHeaderSize);
    }

    private byte[] ReadAt(long offset, int count)
    {
        byte[] buffer = new byte[count];
        _stream.Position = offset;
        _stream.ReadExactly(buffer);
        return buffer;
    }
}
