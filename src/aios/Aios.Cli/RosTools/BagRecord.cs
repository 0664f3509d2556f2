using System.Text.RegularExpressions;
using ROS2;
using ROS2.Bag;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>What <c>ros bag record</c> records.</summary>
/// <param name="Output">Folder of the bag.</param>
internal sealed record RecordOptions(string Output)
{
    /// <summary>Topics by name; all that are not hidden where none is named and there is no <see cref="Regex"/>.</summary>
    public IReadOnlySet<string> Topics { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Topics whose name this matches.</summary>
    public Regex? Regex { get; init; }

    /// <summary>Topics to leave out, by pattern.</summary>
    public Regex? Exclude { get; init; }

    /// <summary>Topics to leave out, by name.</summary>
    public IReadOnlySet<string> ExcludeTopics { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Only topics of these types; all where none is named.</summary>
    public IReadOnlySet<string> Types { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Hidden topics too.</summary>
    public bool IncludeHidden { get; init; }

    /// <summary>A new file is begun at this size; 0 for never.</summary>
    public long MaxBytes { get; init; }

    /// <summary>A new file is begun after this time; null for never.</summary>
    public TimeSpan? MaxFileDuration { get; init; }

    /// <summary>End after this time.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How chunks are compressed.</summary>
    public McapCompression Compression { get; init; }

    /// <summary>Whether a topic is to be recorded.</summary>
    public bool Wants(string topic) => Exclude?.IsMatch(topic) != true && !ExcludeTopics.Contains(topic) && (Topics.Contains(topic)
        || (Regex is null ? Topics.Count == 0 && (IncludeHidden || !RosGraphView.IsHidden(topic)) : Regex.IsMatch(topic)));

    /// <summary>Whether a topic is to be recorded.</summary>
    public bool Wants(GraphName topic) => Wants(topic.Name) && (Types.Count == 0 || topic.Types.Any(Types.Contains));
}

/// <summary><c>ros bag record</c>: subscribes to what is there and what comes, and writes the bytes as they are.</summary>
internal sealed class BagRecord : IDisposable
{
    // What came in the last second is lost at most, when the process is killed.
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromSeconds(1);

    private readonly RosSession _session;
    private readonly RecordOptions _options;
    private readonly BagWriter _bag;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private long _flushed;

    private BagRecord(RosSession session, RecordOptions options)
    {
        _session = session;
        _options = options;
        _bag = new BagWriter(options.Output, new BagWriterOptions
        {
            MaxFileBytes = options.MaxBytes,
            MaxFileNs = (options.MaxFileDuration?.Ticks ?? 0) * 100,
            Mcap = new McapWriterOptions { Compression = options.Compression },
        });
    }

    /// <summary>Records until told to end.</summary>
    public static int Run(RosSession session, RecordOptions options)
    {
        using var record = new BagRecord(session, options);
        session.Discover();
        session.Output.WriteLine($"Recording to {options.Output}; Ctrl-C ends");
        record.SubscribeToNew(mayAsk: true);
        session.Context.GraphChanged += record.SubscribeToNew;
        session.Every(FlushPeriod, record.Flush);
        record.SubscribeToNew();
        try
        {
            session.Sleep(options.Duration ?? Timeout.InfiniteTimeSpan);
        }
        finally
        {
            session.Context.GraphChanged -= record.SubscribeToNew;
            session.Output.WriteLine(FormattableString.Invariant($"Recorded {record._bag.MessageCount} messages"));
        }

        return ExitCode.Success;
    }

    /// <summary>Closes the files and writes the metadata.</summary>
    public void Dispose() => _bag.Dispose();

    private void SubscribeToNew() => SubscribeToNew(mayAsk: false);

    // Nodes can be asked for definitions only while no callback runs.
    private void SubscribeToNew(bool mayAsk)
    {
        var view = _session.View();
        foreach (var topic in view.Topics(includeHidden: true))
        {
            var publishers = view.EndpointsOf(topic.Name, GraphEndpointKind.Publisher);
            if (publishers.Any(publisher => publisher.NodeName != _session.Node.Name) && _options.Wants(topic) && _known.Add(topic.Name))
            {
                Subscribe(topic, publishers, mayAsk);
            }
        }
    }

    private void Subscribe(GraphName topic, IReadOnlyList<GraphEndpoint> publishers, bool mayAsk)
    {
        if (topic.Types.Count != 1)
        {
            _session.Output.WriteLine($"Not recording '{topic.Name}': it has several types, {string.Join(", ", topic.Types)}");
            return;
        }

        var type = RosTypes.Registry.FindMessage(topic.Types[0])
            ?? (mayAsk ? Described(topic) : null)
            ?? NameOnly(topic, publishers[0].TypeHash);
        var qos = AdaptedQos.For(publishers, QosProfile.KeepLast(100), _session.Output.WriteLine);
        _bag.AddTopic(topic.Name, type, ToBag(qos));
        _session.Node.CreateSerializedSubscription(topic.Name, type.ToTransportType(), (cdr, in info) =>
        {
            var now = _session.Node.Clock.NowNanoseconds;
            _bag.Write(topic.Name, cdr, now, info.SourceTimestampNs > 0 ? info.SourceTimestampNs : now);
        }, qos);
        _session.Output.WriteLine($"Subscribed to topic '{topic.Name}'");
    }

    private RosMessageType? Described(GraphName topic)
    {
        try
        {
            return GraphTypes.OfTopic(_session, topic.Name, topic.Types[0]);
        }
        catch (AiosException error)
        {
            _session.Output.WriteLine(error.Message);
            return null;
        }
    }

    // Bytes need no generated type; the bag then lacks the definition.
    private RosMessageType NameOnly(GraphName topic, string hash)
    {
        _session.Output.WriteLine($"'{topic.Name}': {topic.Types[0]} was not generated into this program, the bag will not hold its definition");
        return new RosMessageType(topic.Types[0], hash, "", () => throw new NotSupportedException(topic.Types[0]), () => []);
    }

    private static BagQos ToBag(QosProfile qos) => new()
    {
        Reliability = QosNames.Of(qos.Reliability),
        Durability = QosNames.Of(qos.Durability),
    };

    private void Flush()
    {
        if (_bag.MessageCount > _flushed)
        {
            _flushed = _bag.MessageCount;
            _bag.Flush();
        }
    }
}
