using ROS2;
using ROS2.Bag;
using ROS2.Transport;
using Clock = rosgraph_msgs.msg.Clock;

namespace Aios.Cli.RosTools;

/// <summary><c>ros bag play</c>: publishes the bytes of a bag as they are, of any type.</summary>
internal sealed class BagPlay
{
    /// <summary>Topic of the time that is played.</summary>
    public const string ClockTopic = "/clock";

    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(0.5);

    // How often it is looked whether a key or a service changed something.
    private static readonly TimeSpan KeyPeriod = TimeSpan.FromSeconds(0.05);

    private readonly RosSession _session;
    private readonly PlayOptions _options;
    private readonly BagReader _bag;
    private readonly Dictionary<string, SerializedPublisher> _publishers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordedRequests> _requests = new(StringComparer.Ordinal);

    private readonly PlayControls _controls;
    private readonly Clock _clockMessage = new();
    private Publisher<Clock>? _clock;
    private PlayPass? _pass;
    private bool _isStopped;
    private int _count;

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
        play._controls.Listen(options.Keys);
        BagNodeServices.AddPausing(session.Node, play._controls);
        BagNodeServices.AddPlaying(session.Node, play._controls, play);
        session.Discover(); // so that subscriptions that are there hear the first message too
        session.Sleep(options.Delay);
        do
        {
            session.Output.WriteLine($"Playing {path}");
            play.PlayOnce();
        }
        while (options.Loop && bag.MessageCount > 0 && !play._isStopped);
        if (play._requests.Count > 0)
        {
            session.Sleep(Linger); // what was sent last is on its way
        }

        foreach (var requests in play._requests.Values)
        {
            requests.Dispose();
        }

        foreach (var publisher in play._publishers.Values)
        {
            publisher.WaitForAllAcked(options.WaitForAcknowledgement ?? Linger);
        }

        return ExitCode.Success;
    }

    /// <summary>Publishes the next message at once.</summary>
    /// <returns>False unless it is paused and one is left.</returns>
    public bool TryPlayNext()
    {
        if (!_controls.IsPaused || _pass is not { HasNext: true } pass)
        {
            return false;
        }

        PublishNext(pass);
        return true;
    }

    /// <summary>Publishes so many messages at once while it is paused; 0 for all that are left.</summary>
    /// <returns>How many.</returns>
    public ulong Burst(ulong count)
    {
        ulong published = 0;
        while ((count == 0 || published < count) && !_session.Stop.IsCancellationRequested && TryPlayNext())
        {
            published++;
        }

        return published;
    }

    /// <summary>Goes on from another moment of recorded time.</summary>
    /// <returns>False while nothing is played.</returns>
    public bool TrySeek(long timeNs)
    {
        _pass?.Seek(timeNs);
        return _pass is not null;
    }

    /// <summary>Ends playing.</summary>
    public void Stop()
    {
        _isStopped = true;
        _pass?.End();
    }

    private void CreatePublishers()
    {
        if (_options.Topics?.FirstOrDefault(name => !_bag.Topics.Any(topic => topic.Name == name)) is { } missing)
        {
            throw new AiosException(ExitCode.WrongInput, $"--topics: the bag has no topic '{missing}', expected some of {string.Join(", ", _bag.Topics.Select(topic => topic.Name))}");
        }

        if (_options.ClockHz is not null || _options.ClockAtEveryMessage || _options.ClockTopics.Count > 0)
        {
            _clock = _session.Node.CreatePublisher<Clock>(ClockTopic, QosProfile.ClockProfile);
        }

        foreach (var topic in _bag.Topics.Where(topic => _options.Wants(topic.Name)))
        {
            if (topic.SerializationFormat != "cdr" || topic.TypeName.Count(c => c == '/') != 2)
            {
                _session.Output.WriteLine($"Not playing '{topic.Name}': it is no ROS 2 topic ({topic.TypeName}, {topic.SerializationFormat})");
                continue;
            }

            if (_options.ServiceRequests is { } source && BagServices.Of(topic.Name, topic.TypeName) is var (service, serviceType)
                && BagTypes.Find(topic, _session.Output.WriteLine) is { } eventType)
            {
                _requests.Add(topic.Name, new RecordedRequests(_session, _options.Remap.GetValueOrDefault(service, service), serviceType, eventType, source));
                continue;
            }

            _publishers.Add(topic.Name, CreatePublisher(topic, _options.Remap.GetValueOrDefault(topic.Name, topic.Name)));
        }
    }

    // Of a type that is known the node can tell others, who then need not know it.
    private SerializedPublisher CreatePublisher(BagTopicSummary topic, string name)
    {
        var qos = _options.QosOverrides.GetValueOrDefault(topic.Name) ?? ToProfile(topic.Qos);
        return BagTypes.Find(topic, _session.Output.WriteLine) is { } type
            ? _session.Node.CreateGenericPublisher(name, type, qos)
            : _session.Node.CreateSerializedPublisher(name, new TransportType(topic.TypeName, RosTypeName.ToDds(topic.TypeName), topic.TypeHash), qos);
    }

    private static QosProfile ToProfile(BagQos qos) => QosProfile.KeepLast(qos.Depth)
        .WithHistory(QosNames.History[qos.History])
        .WithReliability(QosNames.Reliability[qos.Reliability])
        .WithDurability(QosNames.Durability[qos.Durability]);

    private void PlayOnce()
    {
        var firstNs = _bag.StartTimeNs + ToNanoseconds(_options.StartOffset);
        var pace = new PlayPace(_session.Context.CreateClock(ClockType.SteadyTime), firstNs, _controls.Rate);
        using var clock = StartClock(() => pace.NowNs);
        using var pass = new PlayPass(_bag, IsWanted, firstNs, Math.Min(_options.UntilNs ?? long.MaxValue, End(firstNs)), pace);
        (_pass, _count) = (_isStopped ? null : pass, 0);
        while (pass.HasNext && !_isStopped)
        {
            _session.Stop.ThrowIfCancellationRequested();
            if (_options.AtOnce ? IsDueAtOnce(pass) : IsDue(pass))
            {
                PublishNext(pass);
            }
        }

        _pass = null;
    }

    private bool IsWanted(McapMessage message) =>
        _publishers.ContainsKey(message.Channel.Topic) || _requests.ContainsKey(message.Channel.Topic);

    private void PublishNext(PlayPass pass)
    {
        var message = pass.Next;
        if (_options.ClockAtEveryMessage || _options.ClockTopics.Contains(message.Channel.Topic))
        {
            PublishClock(message.LogTimeNs);
        }

        if (_requests.TryGetValue(message.Channel.Topic, out var requests))
        {
            requests.Replay(message);
        }
        else
        {
            _publishers[message.Channel.Topic].Publish(message.Data.Span);
        }

        if (_controls.IsPaused)
        {
            pass.Pace.JumpTo(message.LogTimeNs);
        }

        if (++_count == _options.MostMessages)
        {
            pass.End();
        }
        else
        {
            pass.Advance();
        }
    }

    private long End(long firstNs) => _options.PlaybackDuration is { } duration ? firstNs + ToNanoseconds(duration) : long.MaxValue;

    // Callbacks have their turn, and Ctrl-C its effect.
    private bool IsDueAtOnce(PlayPass pass)
    {
        _session.Sleep(TimeSpan.Zero);
        return pass.HasNext;
    }

    /// <summary>Whether the next message is to be published now; sleeps for a short while if not.</summary>
    private bool IsDue(PlayPass pass)
    {
        pass.Pace.SetRate(_controls.Rate, _controls.IsPaused);
        if (_controls.IsPaused)
        {
            var isStep = _controls.TakeStep();
            if (!isStep)
            {
                _session.Sleep(KeyPeriod);
            }

            return isStep;
        }

        var version = pass.Version;
        var wait = pass.Pace.Until(pass.Next.LogTimeNs);
        _session.Sleep(wait < KeyPeriod ? wait : KeyPeriod);
        return wait <= KeyPeriod && pass.Version == version; // a service may have gone elsewhere meanwhile
    }

    private ROS2.Timer? StartClock(Func<long> now) => _options.ClockHz is { } hz
        ? _session.Every(TimeSpan.FromSeconds(1 / hz), () =>
        {
            if (!_session.Stop.IsCancellationRequested)
            {
                PublishClock(now());
            }
        })
        : null;

    private void PublishClock(long timeNs)
    {
        RosTime.Write(_clockMessage.Clock_, timeNs);
        _clock!.Publish(_clockMessage);
    }

    private static long ToNanoseconds(TimeSpan time) => time.Ticks * 100;
}
