namespace ROS2.Bag;

/// <summary>
/// Writes an MCAP file: chunks with CRC, message indexes, summary with statistics. Holds one chunk in memory, and a few
/// dozen bytes per chunk written. The same calls give the same bytes, where chunks are compressed with one version of the library.
/// </summary>
/// <remarks>
/// Source: MCAP specification, version 0. For one thread. After a crash every chunk that
/// reached the disk is readable with <see cref="McapStreamReader"/>.
/// </remarks>
public sealed partial class McapWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly McapWriterOptions _options;
    private readonly McapCompression _compression;
    private readonly ByteWriter _record = new(1024);
    private readonly ChunkBuilder _chunk;
    private readonly List<McapSchema> _schemas = [];
    private readonly List<McapChannel> _channels = [];
    private readonly List<McapChunkIndex> _chunks = [];
    private readonly List<(long Offset, long Length, string Name)> _metadata = [];
    private long _position;
    private uint _dataCrc;
    private byte[] _compressed = [];
    private bool _closed;

    /// <summary>Writes the head of the file.</summary>
    /// <param name="stream">An empty writable stream; it need not seek.</param>
    /// <param name="options">Defaults when <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The chunk size is not positive.</exception>
    public McapWriter(Stream stream, McapWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _options = options ?? new McapWriterOptions();
        _compression = ChunkCompression.IsAvailable(_options.Compression) ? _options.Compression : McapCompression.None;
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ChunkSize, 1, nameof(options));
        _chunk = new ChunkBuilder(_options.ChunkSize);
        WriteData(McapFormat.Magic);
        int start = _record.BeginRecord(McapOpcode.Header);
        _record.WriteString(_options.Profile);
        _record.WriteString(_options.Library);
        _record.EndRecord(start);
        FlushRecord();
    }

    /// <summary>Counts so far.</summary>
    public McapStatistics Statistics { get; } = new();

    /// <summary>Bytes written to the stream so far.</summary>
    public long Length => _position;

    /// <summary>Creates a file and a writer for it; an existing file is replaced.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static McapWriter Create(string path, McapWriterOptions? options = null) =>
        new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read), options);

    /// <summary>Adds a schema.</summary>
    /// <returns>Its id, counted from 1.</returns>
    public ushort AddSchema(string name, string encoding, ReadOnlySpan<byte> data)
    {
        ThrowIfClosed();
        ushort id = checked((ushort)(_schemas.Count + 1));
        var schema = new McapSchema(id, name, encoding, data.ToArray());
        _schemas.Add(schema);
        Statistics.SchemaCount++;
        RecordEncoder.Encode(_chunk.Records, schema);
        return id;
    }

    /// <summary>Adds a channel.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="schemaId">A schema of this file, or 0 for none.</param>
    /// <param name="messageEncoding">For ROS 2 <c>cdr</c>.</param>
    /// <param name="metadata">Written in the order of its keys.</param>
    /// <returns>Its id, counted from 0.</returns>
    /// <exception cref="ArgumentException">The schema is unknown.</exception>
    public ushort AddChannel(
        string topic, ushort schemaId, string messageEncoding, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ThrowIfClosed();
        if (schemaId > _schemas.Count)
        {
            throw new ArgumentException($"The file has no schema {schemaId}.", nameof(schemaId));
        }

        ushort id = checked((ushort)_channels.Count);
        var channel = new McapChannel(
            id, schemaId, topic, messageEncoding, metadata ?? new Dictionary<string, string>(StringComparer.Ordinal));
        _channels.Add(channel);
        Statistics.ChannelCount++;
        Statistics.SetCount(id, 0);
        RecordEncoder.Encode(_chunk.Records, channel);
        return id;
    }

    /// <summary>Adds a message. Allocates nothing, except to grow the chunk buffer.</summary>
    /// <param name="channelId">A channel of this file.</param>
    /// <param name="sequence">The publisher's count, 0 when unknown.</param>
    /// <param name="logTimeNs">When it is recorded; not negative, in any order.</param>
    /// <param name="publishTimeNs">When it was published; not negative.</param>
    /// <param name="data">Copied.</param>
    public void Write(ushort channelId, uint sequence, long logTimeNs, long publishTimeNs, ReadOnlySpan<byte> data)
    {
        ThrowIfClosed();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channelId, _channels.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(logTimeNs);
        ArgumentOutOfRangeException.ThrowIfNegative(publishTimeNs);
        _chunk.AddMessage(channelId, sequence, logTimeNs, publishTimeNs, data);
        Statistics.Count(channelId, logTimeNs);
        if (_chunk.Records.Length >= _options.ChunkSize)
        {
            WriteChunk();
        }
    }

    /// <summary>Adds a named set of texts to the file, outside the chunks.</summary>
    public void WriteMetadata(string name, IReadOnlyDictionary<string, string> metadata)
    {
        ThrowIfClosed();
        long offset = _position;
        int start = _record.BeginRecord(McapOpcode.Metadata);
        _record.WriteString(name);
        _record.WriteMap(metadata);
        _record.EndRecord(start);
        FlushRecord();
        _metadata.Add((offset, _position - offset, name));
        Statistics.MetadataCount++;
    }

    /// <summary>Completes the current chunk, so that everything added so far survives a crash of the process.</summary>
    public void Flush()
    {
        ThrowIfClosed();
        WriteChunk();
        _stream.Flush();
    }

    /// <summary>Completes the file with its summary and closes the stream. Further calls do nothing.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        WriteChunk();
        _closed = true;
        WriteEnd();
        _stream.Flush();
        if (!_options.LeaveOpen)
        {
            _stream.Dispose();
        }
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, this);

    private void FlushRecord()
    {
        WriteData(_record.Written);
        _record.Clear();
    }

    private void WriteData(ReadOnlySpan<byte> bytes)
    {
        _dataCrc = Crc32.Append(_dataCrc, bytes);
        _stream.Write(bytes);
        _position += bytes.Length;
    }
}
