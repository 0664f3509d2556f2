namespace ROS2;

/// <summary>
/// Quality of service of one endpoint. Immutable: each <c>With…</c> method returns a changed copy.
/// A duration of <see cref="TimeSpan.Zero"/> means "unspecified", <see cref="InfiniteDuration"/> means "no bound".
/// The presets carry the values of rmw's <c>qos_profiles.h</c>.
/// </summary>
public sealed record QosProfile
{
    /// <summary>Depth used by the default profile and wherever a profile leaves it open.</summary>
    public const int DefaultDepth = 10;

    private QosProfile()
    {
    }

    /// <summary>The duration that never elapses (<see cref="Timeout.InfiniteTimeSpan"/>).</summary>
    public static TimeSpan InfiniteDuration => Timeout.InfiniteTimeSpan;

    /// <summary>The deadline or lease that is to be the strictest that matches the other side; no duration that a program would mean.</summary>
    public static TimeSpan BestAvailableDuration { get; } = TimeSpan.FromTicks(long.MaxValue - 1);

    /// <summary>Topics without wishes: keep last 10, reliable, volatile.</summary>
    public static QosProfile DefaultProfile { get; } = new();

    /// <summary><c>/clock</c>: keep last 1, best effort, volatile.</summary>
    public static QosProfile ClockProfile { get; } = DefaultProfile.WithKeepLast(1).WithBestEffort();

    /// <summary><c>/parameter_events</c>: keep last 1000, reliable, volatile.</summary>
    public static QosProfile ParameterEventsProfile { get; } = DefaultProfile.WithKeepLast(1000);

    /// <summary>The six parameter services: keep last 1000, reliable, volatile.</summary>
    public static QosProfile ParametersProfile { get; } = DefaultProfile.WithKeepLast(1000);

    /// <summary>Sensor streams: keep last 5, best effort, volatile.</summary>
    public static QosProfile SensorDataProfile { get; } = DefaultProfile.WithKeepLast(5).WithBestEffort();

    /// <summary>Services: keep last 10, reliable, volatile.</summary>
    public static QosProfile ServicesDefaultProfile { get; } = new();

    /// <summary>Every policy left to the transport.</summary>
    public static QosProfile SystemDefaultProfile { get; } = new()
    {
        History = QosHistoryPolicy.SystemDefault,
        Depth = 0,
        Reliability = QosReliabilityPolicy.SystemDefault,
        Durability = QosDurabilityPolicy.SystemDefault,
    };

    /// <summary>Keep last 10, and whatever is strictest among what matches the endpoints that are there at creation.</summary>
    public static QosProfile BestAvailableProfile { get; } = new()
    {
        Reliability = QosReliabilityPolicy.BestAvailable,
        Durability = QosDurabilityPolicy.BestAvailable,
        Liveliness = QosLivelinessPolicy.BestAvailable,
        Deadline = BestAvailableDuration,
        LivelinessLeaseDuration = BestAvailableDuration,
    };

    /// <summary><c>/rosout</c>: keep last 1000, reliable, transient local, lifespan 10 s.</summary>
    public static QosProfile RosoutProfile { get; } =
        DefaultProfile.WithKeepLast(1000).WithTransientLocal().WithLifespan(TimeSpan.FromSeconds(10));

    /// <summary><c>/tf</c>: keep last 100, reliable, volatile.</summary>
    public static QosProfile DynamicTransformProfile { get; } = DefaultProfile.WithKeepLast(100);

    /// <summary><c>/tf_static</c>: keep last 1, reliable, transient local.</summary>
    public static QosProfile StaticTransformProfile { get; } = DefaultProfile.WithKeepLast(1).WithTransientLocal();

    /// <summary>Action status: keep last 1, reliable, transient local.</summary>
    public static QosProfile ActionStatusProfile { get; } = DefaultProfile.WithKeepLast(1).WithTransientLocal();

    /// <summary>Which samples are kept.</summary>
    public QosHistoryPolicy History { get; private init; } = QosHistoryPolicy.KeepLast;

    /// <summary>Number of samples kept with <see cref="QosHistoryPolicy.KeepLast"/>; 0 leaves it to the transport.</summary>
    public int Depth { get; private init; } = DefaultDepth;

    /// <summary>Whether lost samples are sent again.</summary>
    public QosReliabilityPolicy Reliability { get; private init; } = QosReliabilityPolicy.Reliable;

    /// <summary>Whether late subscriptions get earlier samples.</summary>
    public QosDurabilityPolicy Durability { get; private init; } = QosDurabilityPolicy.Volatile;

    /// <summary>Longest expected time between two samples.</summary>
    public TimeSpan Deadline { get; private init; }

    /// <summary>Age at which a sample is no longer delivered.</summary>
    public TimeSpan Lifespan { get; private init; }

    /// <summary>How the publisher shows that it lives.</summary>
    public QosLivelinessPolicy Liveliness { get; private init; }

    /// <summary>Time after which a publisher that showed no life counts as gone.</summary>
    public TimeSpan LivelinessLeaseDuration { get; private init; }

    /// <summary>True: the topic name goes on the wire as it is, without ROS' prefix.</summary>
    public bool AvoidRosNamespaceConventions { get; private init; }

    /// <summary>The default profile with another depth.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is negative.</exception>
    public static QosProfile KeepLast(int depth) => DefaultProfile.WithKeepLast(depth);

    /// <summary>The default profile, keeping every sample.</summary>
    public static QosProfile KeepAll() => DefaultProfile.WithKeepAll();

    /// <summary>A copy that keeps the last <paramref name="depth"/> samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is negative.</exception>
    public QosProfile WithKeepLast(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        return this with { History = QosHistoryPolicy.KeepLast, Depth = depth };
    }

    /// <summary>A copy that keeps every sample.</summary>
    public QosProfile WithKeepAll() => this with { History = QosHistoryPolicy.KeepAll, Depth = 0 };

    /// <summary>A copy with another history; keeping every sample has no depth.</summary>
    public QosProfile WithHistory(QosHistoryPolicy history) =>
        history == QosHistoryPolicy.KeepAll ? WithKeepAll() : this with { History = history };

    /// <summary>A copy with another depth.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is negative.</exception>
    public QosProfile WithDepth(int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        return this with { Depth = depth };
    }

    /// <summary>A copy with another reliability.</summary>
    public QosProfile WithReliability(QosReliabilityPolicy reliability) => this with { Reliability = reliability };

    /// <summary>A reliable copy.</summary>
    public QosProfile WithReliable() => WithReliability(QosReliabilityPolicy.Reliable);

    /// <summary>A best-effort copy.</summary>
    public QosProfile WithBestEffort() => WithReliability(QosReliabilityPolicy.BestEffort);

    /// <summary>A copy with another durability.</summary>
    public QosProfile WithDurability(QosDurabilityPolicy durability) => this with { Durability = durability };

    /// <summary>A copy whose publisher serves late subscriptions.</summary>
    public QosProfile WithTransientLocal() => WithDurability(QosDurabilityPolicy.TransientLocal);

    /// <summary>A volatile copy.</summary>
    public QosProfile WithVolatile() => WithDurability(QosDurabilityPolicy.Volatile);

    /// <summary>A copy with another deadline.</summary>
    public QosProfile WithDeadline(TimeSpan deadline) => this with { Deadline = deadline };

    /// <summary>A copy with another lifespan.</summary>
    public QosProfile WithLifespan(TimeSpan lifespan) => this with { Lifespan = lifespan };

    /// <summary>A copy with another liveliness.</summary>
    public QosProfile WithLiveliness(QosLivelinessPolicy liveliness) => this with { Liveliness = liveliness };

    /// <summary>A copy with another lease duration.</summary>
    public QosProfile WithLivelinessLeaseDuration(TimeSpan livelinessLeaseDuration) =>
        this with { LivelinessLeaseDuration = livelinessLeaseDuration };

    /// <summary>A copy that does or does not use ROS' topic prefix.</summary>
    public QosProfile WithAvoidRosNamespaceConventions(bool avoidRosNamespaceConventions) =>
        this with { AvoidRosNamespaceConventions = avoidRosNamespaceConventions };

    /// <summary>
    /// The number of samples a queue holds under this profile: <see cref="int.MaxValue"/> for keep-all, at least 1.
    /// </summary>
    public int QueueCapacity => History == QosHistoryPolicy.KeepAll
        ? int.MaxValue
        : Depth > 0 ? Depth : History == QosHistoryPolicy.KeepLast ? 1 : DefaultDepth;
}
