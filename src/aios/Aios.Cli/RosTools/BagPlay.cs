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

    /// <summary>Skip this much from the beginning.</summary>
    public TimeSpan StartOffset { get; init; }

    /// <summary>Begin again at the end.</summary>
    public bool Loop { get; init; }

    /// <summary>Publish <c>/clock</c> this often, in recorded time; null for not at all.</summary>
    public double? ClockHz { get; init; }

    /// <summary>Wait this long before the first message.</summary>
    public TimeSpan Delay { get; init; }
}

/// <summary><c>ros bag play</c>: publishes the bytes of a bag as they are, of any type.</summary>
internal sealed class BagPlay
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(0.5);

    private readonly RosSession _session;
    private readonly PlayOptions _options;
    private readonly BagReader _bag;
    private readonly Dictionary<string, SerializedPublisher> _publishers = new(StringComparer.Ordinal);

    private BagPlay(RosSession session, PlayOptions options, BagReader bag) => (_session, _options, _bag) = (session, options, bag);

    /// <summary>Plays a bag.</summary>
    public static int Run(RosSession session, string path, PlayOptions options)
    {
        using var bag = BagReader.Open(path);
        var play = new BagPlay(session, options, bag);
        play.CreatePublishers();
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

        foreach (var topic in _bag.Topics.Where(topic => _options.Topics?.Contains(topic.Name) != false))
        {
            if (topic.SerializationFormat != "cdr" || topic.TypeName.Count(c => c == '/') != 2)
            {
                _session.Output.WriteLine($"Not playing '{topic.Name}': it is no ROS 2 topic ({topic.TypeName}, {topic.SerializationFormat})");
                continue;
            }

            var hash = topic.TypeHash.Length > 0 ? topic.TypeHash : RosTypes.Registry.FindMessage(topic.TypeName)?.TypeHash ?? "";
            var type = new TransportType(topic.TypeName, RosTypeName.ToDds(topic.TypeName), hash);
            _publishers.Add(topic.Name, _session.Node.CreateSerializedPublisher(topic.Name, type, ToProfile(topic.Qos)));
        }
    }

    private static QosProfile ToProfile(BagQos qos) => QosProfile.KeepLast(qos.Depth)
        .WithHistory(QosNames.History[qos.History])
        .WithReliability(QosNames.Reliability[qos.Reliability])
        .WithDurability(QosNames.Durability[qos.Durability]);

    private void PlayOnce()
    {
        var steady = _session.Context.CreateClock(ClockType.SteadyTime);
        var firstNs = _bag.StartTimeNs + ToNanoseconds(_options.StartOffset);
        var startNs = steady.NowNanoseconds;
        using var clock = StartClock(() => firstNs + (long)((steady.NowNanoseconds - startNs) * _options.Rate));
        var query = new McapQuery { StartNs = firstNs, Topics = _options.Topics };
        foreach (var message in _bag.ReadMessages(query))
        {
            var dueNs = startNs + (long)((message.LogTimeNs - firstNs) / _options.Rate);
            var waitNs = dueNs - steady.NowNanoseconds;
            // Within a burst callbacks still have their turn, and Ctrl-C its effect.
            _session.Sleep(waitNs > 0 ? TimeSpan.FromTicks(waitNs / 100) : TimeSpan.Zero);
            _session.Stop.ThrowIfCancellationRequested();
            if (_publishers.TryGetValue(message.Channel.Topic, out var publisher))
            {
                publisher.Publish(message.Data.Span);
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
