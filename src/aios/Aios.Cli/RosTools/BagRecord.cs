using ROS2;
using ROS2.Bag;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary><c>ros bag record</c>: subscribes to what is there and what comes, and writes the bytes as they are.</summary>
internal sealed class BagRecord : IDisposable
{
    // What came in the last second is lost at most, when the process is killed.
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromSeconds(1);

    private readonly RosSession _session;
    private readonly RecordOptions _options;
    private readonly BagWriter _bag;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<RecordedTopic> _unknown = new();
    private readonly PlayControls _controls;
    private readonly SnapshotBuffer? _snapshot;
    private TaskCompletionSource _hasUnknown = new();
    private long _flushed;

    private BagRecord(RosSession session, RecordOptions options)
    {
        _session = session;
        _options = options;
        _controls = new PlayControls(1, options.StartPaused, session.Output);
        _snapshot = options.SnapshotBytes is { } bytes ? new SnapshotBuffer(bytes) : null;
        _bag = new BagWriter(options.Output, options.ForWriter());
    }

    /// <summary>Records until told to end.</summary>
    public static int Run(RosSession session, RecordOptions options)
    {
        using var record = new BagRecord(session, options);
        session.Discover();
        session.Output.WriteLine($"Recording to {options.Output}; Ctrl-C ends");
        record._controls.Listen(options.Keys);
        BagNodeServices.AddPausing(session.Node, record._controls);
        BagNodeServices.AddRecording(session.Node, record._bag.Split, record._snapshot is null ? null : record.TakeSnapshot);
        record.SubscribeToNew();
        if (!options.NoDiscovery)
        {
            session.Context.GraphChanged += record.SubscribeToNew;
        }

        session.Every(FlushPeriod, record.Flush);
        try
        {
            record.RecordFor(options.Duration);
        }
        finally
        {
            session.Context.GraphChanged -= record.SubscribeToNew;
            record.OpenRest();
            session.Output.WriteLine(FormattableString.Invariant($"Recorded {record._bag.MessageCount} messages"));
        }

        return ExitCode.Success;
    }

    /// <summary>Closes the files and writes the metadata.</summary>
    public void Dispose() => _bag.Dispose();

    // Nodes can be asked for definitions only while no callback runs, that is here.
    private void RecordFor(TimeSpan? duration)
    {
        var clock = _session.Context.CreateClock(ClockType.SteadyTime);
        var startNs = clock.NowNanoseconds;
        var left = duration ?? Timeout.InfiniteTimeSpan;
        while (left > TimeSpan.Zero || duration is null)
        {
            if (_session.Wait(_hasUnknown.Task, left))
            {
                _hasUnknown = new TaskCompletionSource();
                AskForUnknown();
            }

            left = duration is { } time ? time - TimeSpan.FromTicks((clock.NowNanoseconds - startNs) / 100) : left;
        }
    }

    private void AskForUnknown()
    {
        while (_unknown.TryPeek(out var topic))
        {
            var type = Described(topic.Topic);
            _unknown.Dequeue();
            topic.Open(type ?? NameOnly(topic));
            _session.Output.Write(type is null ? "" : $"Got the definition of {type.Name}\n");
            if (topic.Dropped > 0)
            {
                _session.Output.WriteLine(FormattableString.Invariant($"'{topic.Topic.Name}': {topic.Dropped} messages came while its type was asked for and found no room"));
            }
        }
    }

    private void OpenRest()
    {
        while (_unknown.TryDequeue(out var topic))
        {
            topic.Open(NameOnly(topic));
        }
    }

    private void SubscribeToNew()
    {
        var view = _session.View();
        foreach (var topic in view.Topics(includeHidden: true))
        {
            var publishers = view.EndpointsOf(topic.Name, GraphEndpointKind.Publisher);
            var isPublished = publishers.Any(publisher => publisher.NodeName != _session.Node.Name);
            var isLeaf = !view.EndpointsOf(topic.Name, GraphEndpointKind.Subscription).Any(subscription => subscription.NodeName != _session.Node.Name);
            if ((isPublished || _options.IncludeUnpublished) && !(isLeaf && _options.IgnoreLeaves) && _options.Wants(topic) && _known.Add(topic.Name))
            {
                Subscribe(topic, publishers);
            }
        }
    }

    private void Subscribe(GraphName topic, IReadOnlyList<GraphEndpoint> publishers)
    {
        if (topic.Types.Count != 1)
        {
            _session.Output.WriteLine($"Not recording '{topic.Name}': it has several types, {string.Join(", ", topic.Types)}");
            return;
        }

        var hash = publishers.Select(publisher => publisher.TypeHash).FirstOrDefault(told => told.Length > 0) ?? "";
        var qos = _options.QosOverrides.GetValueOrDefault(topic.Name) ?? AdaptedQos.For(publishers, QosProfile.KeepLast(100), _session.Output.WriteLine);
        var recorded = new RecordedTopic(topic, hash, _bag, ToBag(qos), _snapshot);
        if (RosTypes.MessagesNamed(topic.Types[0]).FirstOrDefault(type => publishers.All(publisher => publisher.TypeHash.Length == 0 || publisher.TypeHash == type.TypeHash)) is { } own)
        {
            recorded.Open(own);
        }
        else
        {
            _unknown.Enqueue(recorded);
            _hasUnknown.TrySetResult();
        }

        var wireType = new TransportType(topic.Types[0], RosTypeName.ToDds(topic.Types[0]), hash);
        _session.Node.CreateSerializedSubscription(topic.Name, wireType, (cdr, in info) =>
        {
            if (!_controls.IsPaused)
            {
                recorded.Take(cdr, _session.Node.Clock.NowNanoseconds, info);
            }
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
    private RosMessageType NameOnly(RecordedTopic topic)
    {
        var name = topic.Topic.Types[0];
        _session.Output.WriteLine($"'{topic.Topic.Name}': {name} is not known here, the bag will not hold its definition");
        return BagTypes.NameOnly(name, topic.TypeHash);
    }

    private static BagQos ToBag(QosProfile qos) => new()
    {
        Reliability = QosNames.Of(qos.Reliability),
        Durability = QosNames.Of(qos.Durability),
    };

    private void TakeSnapshot()
    {
        _snapshot!.WriteTo(_bag);
        _session.Output.WriteLine(FormattableString.Invariant($"Snapshot taken, {_bag.MessageCount} messages are in the bag now"));
    }

    private void Flush()
    {
        if (_bag.MessageCount > _flushed)
        {
            _flushed = _bag.MessageCount;
            _bag.Flush();
        }
    }
}
