using System.Text.RegularExpressions;
using ROS2;

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

    /// <summary>End at this moment of recorded time, in nanoseconds; null for the end.</summary>
    public long? UntilNs { get; init; }

    /// <summary>Publish <c>/clock</c> with each message of these topics.</summary>
    public IReadOnlySet<string> ClockTopics { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Publish <c>/clock</c> with each message.</summary>
    public bool ClockAtEveryMessage { get; init; }

    /// <summary>Quality of service by topic, instead of what was recorded.</summary>
    public IReadOnlyDictionary<string, QosProfile> QosOverrides { get; init; } = new Dictionary<string, QosProfile>(StringComparer.Ordinal);

    /// <summary>Wait this long at the end until everything was acknowledged; null for half a second.</summary>
    public TimeSpan? WaitForAcknowledgement { get; init; }

    /// <summary>Do not wait between messages.</summary>
    public bool AtOnce { get; init; }

    /// <summary>Call services as their recorded events say, instead of publishing these; null publishes them.</summary>
    public RequestSource? ServiceRequests { get; init; }

    /// <summary>End after this many messages; 0 for all.</summary>
    public int MostMessages { get; init; }

    private bool PublishesClock => ClockHz is not null || ClockAtEveryMessage || ClockTopics.Count > 0;

    /// <summary>Whether a topic of the bag is to be played.</summary>
    public bool Wants(string topic) => Exclude?.IsMatch(topic) != true && !ExcludeTopics.Contains(topic)
        && !(PublishesClock && topic == BagPlay.ClockTopic)
        && (Topics is null && Regex is null || Topics?.Contains(topic) == true || Regex?.IsMatch(topic) == true);
}
