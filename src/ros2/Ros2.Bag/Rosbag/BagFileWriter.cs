using System.Text;

namespace ROS2.Bag;

/// <summary>
/// Writes ROS messages into one MCAP file with the conventions of rosbag2 (profile <c>ros2</c>, schemas <c>ros2msg</c>,
/// messages <c>cdr</c>). The same calls give the same bytes: no wall time gets into the file.
/// </summary>
/// <remarks>For one thread.</remarks>
public sealed class BagFileWriter : IDisposable
{
    private readonly McapWriter _mcap;
    private readonly Dictionary<string, BagTopic> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ushort> _schemas = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[4096];

    /// <summary>Writes through <paramref name="mcap"/>, which is closed with this writer.</summary>
    public BagFileWriter(McapWriter mcap)
    {
        ArgumentNullException.ThrowIfNull(mcap);
        _mcap = mcap;
    }

    /// <summary>Counts so far.</summary>
    public McapStatistics Statistics => _mcap.Statistics;

    /// <summary>Bytes written to the file so far.</summary>
    public long Length => _mcap.Length;

    /// <summary>The topics, by name.</summary>
    public IReadOnlyDictionary<string, BagTopic> Topics => _topics;

    /// <summary>Creates a file; an existing one is replaced.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static BagFileWriter Create(string path, McapWriterOptions? options = null) => new(McapWriter.Create(path, options));

    /// <summary>Adds a topic; a topic that exists is returned.</summary>
    /// <exception cref="ArgumentException">The topic exists with another type.</exception>
    public BagTopic AddTopic(string name, RosMessageType type, BagQos? qos = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (_topics.TryGetValue(name, out BagTopic? topic))
        {
            return topic.TypeName == type.Name
                ? topic
                : throw new ArgumentException($"Topic {name} has type {topic.TypeName}, not {type.Name}.", nameof(type));
        }

        qos ??= new BagQos();
        if (!_schemas.TryGetValue(type.Name, out ushort schema))
        {
            schema = _mcap.AddSchema(type.Name, "ros2msg", Encoding.UTF8.GetBytes(type.Definition));
            _schemas.Add(type.Name, schema);
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["offered_qos_profiles"] = qos.ToYaml(),
            ["topic_type_hash"] = type.TypeHash,
        };
        topic = new BagTopic(name, type.Name, type.TypeHash, qos, _mcap.AddChannel(name, schema, "cdr", metadata));
        _topics.Add(name, topic);
        return topic;
    }

    /// <summary>Adds a message.</summary>
    /// <param name="topic">A topic of this file.</param>
    /// <param name="message">Serialized at once, so it may be reused.</param>
    /// <param name="timeNs">When it was received and published, in nanoseconds; not negative.</param>
    public void Write(BagTopic topic, IRosMessage message, long timeNs)
    {
        int size = CdrMessage.SerializedSize(message);
        if (_buffer.Length < size)
        {
            Array.Resize(ref _buffer, Math.Max(size, 2 * _buffer.Length));
        }

        int written = CdrMessage.Serialize(message, _buffer);
        Write(topic, _buffer.AsSpan(0, written), timeNs, timeNs);
    }

    /// <summary>Adds a message that is serialized already.</summary>
    /// <param name="topic">A topic of this file.</param>
    /// <param name="cdr">The message with encapsulation header.</param>
    /// <param name="logTimeNs">When it was received, in nanoseconds; not negative.</param>
    /// <param name="publishTimeNs">When it was published, in nanoseconds; not negative.</param>
    public void Write(BagTopic topic, ReadOnlySpan<byte> cdr, long logTimeNs, long publishTimeNs)
    {
        ArgumentNullException.ThrowIfNull(topic);
        _mcap.Write(topic.ChannelId, (uint)topic.MessageCount, logTimeNs, publishTimeNs, cdr);
        topic.MessageCount++;
    }

    /// <summary>Completes the current chunk; what was written so far survives a crash of the process.</summary>
    public void Flush() => _mcap.Flush();

    /// <summary>Completes and closes the file.</summary>
    public void Dispose() => _mcap.Dispose();
}
