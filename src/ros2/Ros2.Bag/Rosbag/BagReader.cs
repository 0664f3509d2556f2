using System.Text;

namespace ROS2.Bag;

/// <summary>A topic of a bag that is read.</summary>
/// <param name="Name">The topic's name.</param>
/// <param name="TypeName">Full type name.</param>
/// <param name="TypeHash">RIHS01 hash; empty when the bag does not tell.</param>
/// <param name="SerializationFormat">For ROS 2 <c>cdr</c>.</param>
/// <param name="Qos">What it was offered with.</param>
/// <param name="MessageCount">Messages in all files.</param>
public sealed record BagTopicSummary(
    string Name, string TypeName, string TypeHash, string SerializationFormat, BagQos Qos, long MessageCount)
{
    /// <summary>Definition of the type with those of all it contains (<c>ros2msg</c>); empty when the bag has none.</summary>
    public string Definition { get; init; } = "";
}

/// <summary>Reads a bag: a folder with MCAP files as rosbag2 and <see cref="BagWriter"/> leave it, or one MCAP file.</summary>
/// <remarks>
/// For one thread. The files are read, and of <c>metadata.yaml</c> how rosbag2 compressed them; it may be missing, as after a
/// crash. Of files that are compressed as a whole there is a copy in the temporary folder until this is disposed.
/// </remarks>
public sealed class BagReader : IDisposable
{
    private readonly List<(string Path, McapReader Reader)> _files = [];
    private readonly List<string> _copies = [];

    private BagReader(string path) => Path = path;

    /// <summary>The folder or file.</summary>
    public string Path { get; }

    /// <summary>The files, in the order of their first message.</summary>
    public IReadOnlyList<string> Files => _files.ConvertAll(file => file.Path);

    /// <summary>What rosbag2 compressed in one piece.</summary>
    public BagCompressionMode Compression { get; private set; }

    /// <summary>Topics, by name.</summary>
    public IReadOnlyList<BagTopicSummary> Topics { get; private set; } = [];

    /// <summary>Number of messages.</summary>
    public long MessageCount => _files.Sum(file => file.Reader.Statistics.MessageCount);

    /// <summary>Earliest log time, nanoseconds; 0 without messages.</summary>
    public long StartTimeNs => WithMessages().Select(statistics => statistics.StartTimeNs).DefaultIfEmpty().Min();

    /// <summary>Latest log time, nanoseconds; 0 without messages.</summary>
    public long EndTimeNs => WithMessages().Select(statistics => statistics.EndTimeNs).DefaultIfEmpty().Max();

    /// <summary>What each file holds.</summary>
    internal IEnumerable<(string Path, McapStatistics Statistics)> FileStatistics => _files.Select(file => (file.Path, file.Reader.Statistics));

    /// <summary>Opens a bag.</summary>
    /// <exception cref="IOException">There is no bag, or a file of it is damaged or was not closed; one line with the file's name.</exception>
    public static BagReader Open(string path)
    {
        var bag = new BagReader(path);
        try
        {
            IReadOnlyList<string> files = BagFiles.Find(path);
            bag.Compression = files.Any(BagFiles.IsCompressed) ? BagCompressionMode.File : BagFiles.ModeOf(path);
            foreach (string file in files)
            {
                bag._files.Add((file, BagFiles.Open(file, bag._copies)));
            }

            bag._files.Sort((a, b) => a.Reader.Statistics.StartTimeNs.CompareTo(b.Reader.Statistics.StartTimeNs));
            bag.Topics = bag.CollectTopics();
            return bag;
        }
        catch
        {
            bag.Dispose();
            throw;
        }
    }

    /// <summary>The messages in the order of log time within each file; the files one after the other.</summary>
    /// <param name="query">What to read; everything when <see langword="null"/>.</param>
    /// <exception cref="McapException">A chunk is damaged.</exception>
    public IEnumerable<McapMessage> ReadMessages(McapQuery? query = null)
    {
        IEnumerable<McapMessage> messages = _files.SelectMany(file => file.Reader.ReadMessages(query));
        return Compression == BagCompressionMode.Message
            ? messages.Select(message => message with { Data = ChunkCompression.DecompressMessage(message.Data.Span) })
            : messages;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _files.ForEach(file => file.Reader.Dispose());
        _copies.ForEach(File.Delete);
    }

    private IEnumerable<McapStatistics> WithMessages() =>
        _files.Select(file => file.Reader.Statistics).Where(statistics => statistics.MessageCount > 0);

    private List<BagTopicSummary> CollectTopics()
    {
        var topics = new SortedDictionary<string, BagTopicSummary>(StringComparer.Ordinal);
        foreach ((string _, McapReader reader) in _files)
        {
            foreach (McapChannel channel in reader.Channels.Values)
            {
                McapSchema? schema = reader.Schemas.GetValueOrDefault(channel.SchemaId);
                long count = reader.Statistics.ChannelMessageCounts.GetValueOrDefault(channel.Id);
                topics[channel.Topic] = topics.TryGetValue(channel.Topic, out BagTopicSummary? known)
                    ? known with { MessageCount = known.MessageCount + count }
                    : new BagTopicSummary(
                        channel.Topic,
                        schema?.Name ?? "",
                        channel.Metadata.GetValueOrDefault("topic_type_hash") ?? "",
                        channel.MessageEncoding,
                        BagQos.Parse(channel.Metadata.GetValueOrDefault("offered_qos_profiles") ?? ""),
                        count)
                    {
                        Definition = schema?.Encoding == "ros2msg" ? Encoding.UTF8.GetString(schema.Data.Span) : "",
                    };
            }
        }

        return [.. topics.Values];
    }
}
