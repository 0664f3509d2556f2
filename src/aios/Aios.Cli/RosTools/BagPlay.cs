using System.Text.RegularExpressions;
using ROS2;
using ROS2.Bag;
using ROS2.Transport;
using Clock = rosgraph_msgs.msg.Clock;

namespace Aios.Cli.RosTools;

/// <summary>How <c>ros bag play</c> plays.</summary>
internal sealed record PlayOptions
{
    /// <summary>Times as fast as it was recorded.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Only these topics; all when null.</summary>
    public IReadOnlySet<string>? Topics { get; init; }

    /// <summary>Only topics whose name this matches, beside <see cref="Topics"/>.</summary>
    public Regex? Regex { get; init; }

    /// <summary>Topics to leave out, by pattern.</summary>
    public Regex? Exclude { get; init; }

    /// <summary>Topics to leave out, by name.</summary>
    public IReadOnlySet<string> ExcludeTopics { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Other names for topics, as in <c>--ros-args -r from:=to</c>.</summary>
    public IReadOnlyDictionary<string, string> Remap { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>End after this much of recorded time; null for all.</summary>
    public TimeSpan? PlaybackDuration { get; init; }

    /// <summary>Wait until a key resumes.</summary>
    public bool StartPaused { get; init; }

    /// <summary>Where keys come from; null for none.</summary>
    public TextReader? Keys { get; init; }

    /// <summary>Skip this much from the beginning.</summary>
    public TimeSpan StartOffset { get; init; }

    /// <summary>Begin again at the end.</summary>
    public bool Loop { get; init; }

    /// <summary>Publish <c>/clock</c> this often, in recorded time; null for not at all.</summary>
    public double? ClockHz { get; init; }

    /// <summary>Wait this long before the first message.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether a topic of the bag is to be played.</summary>
    public bool Wants(string topic) => Exclude?.IsMatch(topic) != true && !ExcludeTopics.Contains(topic)
        && (Topics is null && Regex is null || Topics?.Contains(topic) == true || Regex?.IsMatch(topic) == true);
}

/// <summary><c>ros bag play</c>: publishes the bytes of a bag as they are, of any type.</summary>
internal sealed class BagPlay
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(0.5);

    // How often keys are looked at.
    private static readonly TimeSpan KeyPeriod = TimeSpan.FromSeconds(0.05);

    private readonly RosSession _session;
    private readonly PlayOptions _options;
    private readonly BagReader _bag;
    private readonly Dictionary<string, SerializedPublisher> _publishers = new(StringComparer.Ordinal);

    private readonly PlayControls _controls;

    private BagPlay(RosSession session, PlayOptions options, BagReader bag)
    {
        (_session, _options, _bag) = (session, options, bag);
        _controls = new PlayControls(options.Rate, options.StartPaused, session.Output);
    }

    /// <summary>Plays a bag.</summary>
    public static int Run(RosSession session, string path, PlayOptions options)
    {
        using var bag = BagReader.Open(path);
        var play = new BagPlay(session, options, bag);
        play.CreatePublishers();
        play.ListenToKeys();
        session.Discover(); // so that subscriptions that are there hear the first message too
        session.Sleep(options.Delay);
        do
        {
            session.Output.WriteLine($"Playing {path}");
            play.PlayOnce();
        }
        while (options.Loop && bag.MessageCount > 0);
        foreach (var publisher in play._publishers.Values)
        {
            publisher.WaitForAllAcked(Linger);
        }

        return ExitCode.Success;
    }

    private void CreatePublishers()
    {
        if (_options.Topics?.FirstOrDefault(name => !_bag.Topics.Any(topic => topic.Name == name)) is { } missing)
        {
            throw new AiosException(ExitCode.WrongInput, $"--topics: the bag has no topic '{missing}', expected some of {string.Join(", ", _bag.Topics.Select(topic => topic.Name))}");
        }

        foreach (var topic in _bag.Topics.Where(topic => _options.Wants(topic.Name)))
        {
            if (topic.SerializationFormat != "cdr" || topic.TypeName.Count(c => c == '/') != 2)
            {
                _session.Output.WriteLine($"Not playing '{topic.Name}': it is no ROS 2 topic ({topic.TypeName}, {topic.SerializationFormat})");
                continue;
            }

            _publishers.Add(topic.Name, CreatePublisher(topic, _options.Remap.GetValueOrDefault(topic.Name, topic.Name)));
        }
    }

    // Of a type that is known the node can tell others, who then need not know it.
    private SerializedPublisher CreatePublisher(BagTopicSummary topic, string name) =>
        BagTypes.Find(topic, _session.Output.WriteLine) is { } type
            ? _session.Node.CreateGenericPublisher(name, type, ToProfile(topic.Qos))
            : _session.Node.CreateSerializedPublisher(
                name, new TransportType(topic.TypeName, RosTypeName.ToDds(topic.TypeName), topic.TypeHash), ToProfile(topic.Qos));

    private static QosProfile ToProfile(BagQos qos) => QosProfile.KeepLast(qos.Depth)
        .WithHistory(QosNames.History[qos.History])
        .WithReliability(QosNames.Reliability[qos.Reliability])
        .WithDurability(QosNames.Durability[qos.Durability]);

    private void ListenToKeys()
    {
        if (_options.Keys is { } keys)
        {
            // It may wait for a key for ever, so nobody waits for it.
            new Thread(() => _controls.Read(keys)) { IsBackground = true, Name = "keys" }.Start();
        }
    }

    private void PlayOnce()
    {
        var firstNs = _bag.StartTimeNs + ToNanoseconds(_options.StartOffset);
        var pace = new PlayPace(_session.Context.CreateClock(ClockType.SteadyTime), firstNs, _controls.Rate);
        using var clock = StartClock(() => pace.NowNs);
        var query = new McapQuery
        {
            StartNs = firstNs,
            EndNs = _options.PlaybackDuration is { } duration ? firstNs + ToNanoseconds(duration) : long.MaxValue,
        };
        foreach (var message in _bag.ReadMessages(query).Where(message => _publishers.ContainsKey(message.Channel.Topic)))
        {
            WaitFor(message.LogTimeNs, pace);
            _publishers[message.Channel.Topic].Publish(message.Data.Span);
        }
    }

    // Within a burst callbacks still have their turn, and Ctrl-C its effect.
    private void WaitFor(long timeNs, PlayPace pace)
    {
        while (true)
        {
            _session.Stop.ThrowIfCancellationRequested();
            pace.SetRate(_controls.Rate, _controls.IsPaused);
            if (_controls.IsPaused)
            {
                if (_controls.TakeStep())
                {
                    pace.JumpTo(timeNs);
                    return;
                }

                _session.Sleep(KeyPeriod);
                continue;
            }

            var wait = pace.Until(timeNs);
            _session.Sleep(wait < KeyPeriod || _options.Keys is null ? wait : KeyPeriod);
            if (wait <= KeyPeriod || _options.Keys is null)
            {
                return;
            }
        }
    }

    private IDisposable? StartClock(Func<long> now)
    {
        if (_options.ClockHz is not { } hz)
        {
            return null;
        }

        var publisher = _session.Node.CreatePublisher<Clock>("/clock", QosProfile.ClockProfile);
        var message = new Clock();
        _session.Every(TimeSpan.FromSeconds(1 / hz), () =>
        {
            if (!_session.Stop.IsCancellationRequested)
            {
                RosTime.Write(message.Clock_, now());
                publisher.Publish(message);
            }
        });
        return publisher;
    }

    private static long ToNanoseconds(TimeSpan time) => time.Ticks * 100;
}
