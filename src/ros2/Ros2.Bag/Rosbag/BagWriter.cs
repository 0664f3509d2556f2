namespace ROS2.Bag;

/// <summary>How a <see cref="BagWriter"/> writes.</summary>
public sealed record BagWriterOptions
{
    /// <value>How the MCAP files are written.</value>
    public McapWriterOptions Mcap { get; init; } = new();

    /// <value>What rosbag2's compression takes in one piece.</value>
    public BagCompressionMode Compression { get; init; }

    /// <value>Name of the ROS distribution that the metadata states.</value>
    public string RosDistro { get; init; } = "jazzy";

    /// <value>A new file is begun when one reaches this many bytes; 0 for never.</value>
    public long MaxFileBytes { get; init; }

    /// <value>What the user wants to have in the metadata; empty unless given.</value>
    public IReadOnlyDictionary<string, string> CustomData { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <value>A new file is begun when one spans this many nanoseconds of log time; 0 for never.</value>
    public long MaxFileNs { get; init; }
}

/// <summary>
/// Writes a bag as rosbag2 does: a folder with MCAP files and <c>metadata.yaml</c>, which <c>ros2 bag info</c> and
/// <c>ros2 bag play</c> open.
/// </summary>
/// <remarks>For one thread. The metadata is written when the bag is closed.</remarks>
public sealed class BagWriter : IDisposable
{
    private readonly string _folder;
    private readonly BagWriterOptions _options;
    private readonly List<BagFileInfo> _files = [];
    private readonly List<Task> _compressing = []; // apart, so that a recorder goes on meanwhile
    private readonly SortedDictionary<string, (RosMessageType Type, BagQos Qos, long Count)> _topics = new(StringComparer.Ordinal);
    private BagFileWriter _file;
    private string _fileName;
    private long? _fileStartNs;
    private bool _closed;

    /// <summary>Creates the folder and its first file.</summary>
    /// <param name="folder">Must not exist, or be empty.</param>
    /// <param name="options">Defaults when <see langword="null"/>.</param>
    /// <exception cref="IOException">The folder holds something or cannot be created.</exception>
    public BagWriter(string folder, BagWriterOptions? options = null)
    {
        _folder = Path.GetFullPath(folder);
        _options = options ?? new BagWriterOptions();
        if (Directory.Exists(_folder) && Directory.EnumerateFileSystemEntries(_folder).Any())
        {
            throw new IOException($"the bag folder {folder} is not empty");
        }

        Directory.CreateDirectory(_folder);
        (_file, _fileName) = OpenFile();
    }

    /// <summary>Messages so far.</summary>
    public long MessageCount => _topics.Values.Sum(topic => topic.Count);

    /// <summary>Adds a topic; one that exists stays as it is.</summary>
    /// <exception cref="ArgumentException">The topic exists with another type.</exception>
    public void AddTopic(string name, RosMessageType type, BagQos? qos = null)
    {
        BagTopic topic = _file.AddTopic(name, type, qos);
        _topics.TryAdd(name, (type, topic.Qos, 0));
    }

    /// <summary>Adds a message.</summary>
    /// <param name="topic">A topic of this bag.</param>
    /// <param name="message">Serialized at once.</param>
    /// <param name="timeNs">Nanoseconds, not negative.</param>
    /// <exception cref="ArgumentException">The topic is unknown.</exception>
    public void Write(string topic, IRosMessage message, long timeNs)
    {
        if (_options.Compression == BagCompressionMode.Message)
        {
            Write(topic, CdrMessage.ToArray(message), timeNs, timeNs);
            return;
        }

        SplitAt(timeNs);
        _file.Write(Find(topic), message, timeNs);
        Count(topic);
    }

    /// <summary>Adds a message that is serialized already, see <see cref="BagFileWriter"/>.</summary>
    /// <exception cref="ArgumentException">The topic is unknown.</exception>
    public void Write(string topic, ReadOnlySpan<byte> cdr, long logTimeNs, long publishTimeNs)
    {
        SplitAt(logTimeNs);
        ReadOnlySpan<byte> bytes = _options.Compression == BagCompressionMode.Message ? ChunkCompression.CompressMessage(cdr) : cdr;
        _file.Write(Find(topic), bytes, logTimeNs, publishTimeNs);
        Count(topic);
    }

    /// <summary>Completes the current chunk; what was written so far survives a crash of the process.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Goes on in a new file.</summary>
    public void Split() => BeginFile();

    /// <summary>Closes the files, waits until they are compressed, and writes the metadata.</summary>
    /// <exception cref="IOException">A file cannot be compressed or written.</exception>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        CloseFile();
        Task.WhenAll(_compressing).GetAwaiter().GetResult();
        List<BagTopicInfo> topics = [.. _topics.Select(t => new BagTopicInfo(t.Key, t.Value.Type.Name, t.Value.Type.TypeHash, t.Value.Qos, t.Value.Count))];
        string yaml = BagMetadataYaml.Compose(_files, topics, _options);
        File.WriteAllText(Path.Combine(_folder, BagMetadataYaml.FileName), yaml);
    }

    private BagTopic Find(string topic) =>
        _file.Topics.TryGetValue(topic, out BagTopic? found)
            ? found
            : throw new ArgumentException($"The bag has no topic {topic}.", nameof(topic));

    private void Count(string topic)
    {
        (RosMessageType type, BagQos qos, long count) = _topics[topic];
        _topics[topic] = (type, qos, count + 1);
        if (_options.MaxFileBytes > 0 && _file.Length >= _options.MaxFileBytes)
        {
            BeginFile();
        }
    }

    private void SplitAt(long timeNs)
    {
        if (_options.MaxFileNs > 0 && timeNs - _fileStartNs >= _options.MaxFileNs)
        {
            BeginFile();
        }

        _fileStartNs ??= timeNs;
    }

    private void BeginFile()
    {
        CloseFile();
        (_file, _fileName) = OpenFile();
        _fileStartNs = null;
        foreach ((string name, (RosMessageType Type, BagQos Qos, long Count) known) in _topics)
        {
            _file.AddTopic(name, known.Type, known.Qos);
        }
    }

    private (BagFileWriter File, string Name) OpenFile()
    {
        string name = $"{Path.GetFileName(_folder)}_{_files.Count}.mcap";
        return (BagFileWriter.Create(Path.Combine(_folder, name), _options.Mcap), name);
    }

    private void CloseFile()
    {
        _file.Dispose();
        McapStatistics statistics = _file.Statistics;
        bool isCompressed = _options.Compression == BagCompressionMode.File;
        if (isCompressed)
        {
            string path = Path.Combine(_folder, _fileName);
            _compressing.Add(Task.Run(() => Compress(path)));
        }

        _files.Add(new BagFileInfo(isCompressed ? _fileName + ZstdFiles.Suffix : _fileName, statistics.StartTimeNs, statistics.EndTimeNs, statistics.MessageCount));
    }

    private static void Compress(string path)
    {
        ZstdFiles.Compress(path, path + ZstdFiles.Suffix);
        File.Delete(path);
    }
}
