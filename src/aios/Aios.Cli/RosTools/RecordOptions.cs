using System.Text.RegularExpressions;
using ROS2;
using ROS2.Bag;

namespace Aios.Cli.RosTools;

/// <summary>What <c>ros bag record</c> records.</summary>
/// <param name="Output">Folder of the bag.</param>
internal sealed record RecordOptions(string Output)
{
    /// <summary>Topics by name.</summary>
    public IReadOnlySet<string> Topics { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Topics with the events of services, by name.</summary>
    public IReadOnlySet<string> ServiceEvents { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Topics whose name this matches.</summary>
    public Regex? Regex { get; init; }

    /// <summary>All topics that are not hidden; so it is too where nothing is named.</summary>
    public bool AllTopics { get; init; }

    /// <summary>The events of all services.</summary>
    public bool AllServices { get; init; }

    /// <summary>Topics to leave out, by pattern.</summary>
    public Regex? Exclude { get; init; }

    /// <summary>Topics to leave out, by name; those of services' events among them.</summary>
    public IReadOnlySet<string> ExcludeTopics { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Only topics of these types; all where none is named.</summary>
    public IReadOnlySet<string> Types { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Topics of these types are left out.</summary>
    public IReadOnlySet<string> ExcludeTypes { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Hidden topics too.</summary>
    public bool IncludeHidden { get; init; }

    /// <summary>Topics that nobody publishes yet too.</summary>
    public bool IncludeUnpublished { get; init; }

    /// <summary>Not the topics that nobody subscribes to.</summary>
    public bool IgnoreLeaves { get; init; }

    /// <summary>Only topics that are there at the beginning.</summary>
    public bool NoDiscovery { get; init; }

    /// <summary>Quality of service by topic, where the publishers' does not suit.</summary>
    public IReadOnlyDictionary<string, QosProfile> QosOverrides { get; init; } = new Dictionary<string, QosProfile>(StringComparer.Ordinal);

    /// <summary>A new file is begun at this size; 0 for never.</summary>
    public long MaxBytes { get; init; }

    /// <summary>A new file is begun after this time; null for never.</summary>
    public TimeSpan? MaxFileDuration { get; init; }

    /// <summary>End after this time.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How the files are written.</summary>
    public McapWriterOptions Mcap { get; init; } = new();

    /// <summary>What rosbag2's compression takes in one piece.</summary>
    public BagCompressionMode Compression { get; init; }

    /// <summary>What the user wants to have in the metadata.</summary>
    public IReadOnlyDictionary<string, string> CustomData { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Keep this many bytes of what came last, and write them when the service <c>~/snapshot</c> is called; null writes all at once.</summary>
    public long? SnapshotBytes { get; init; }

    /// <summary>Do not record until a key resumes.</summary>
    public bool StartPaused { get; init; }

    /// <summary>Where keys come from; null for none.</summary>
    public TextReader? Keys { get; init; }

    /// <summary>How the bag is written.</summary>
    public BagWriterOptions ForWriter() => new()
    {
        MaxFileBytes = MaxBytes,
        MaxFileNs = (MaxFileDuration?.Ticks ?? 0) * 100,
        Mcap = Mcap,
        Compression = Compression,
        CustomData = CustomData,
    };

    /// <summary>Whether a topic is to be recorded.</summary>
    public bool Wants(GraphName topic) => Exclude?.IsMatch(topic.Name) != true
        && !ExcludeTopics.Contains(topic.Name)
        && !topic.Types.Any(ExcludeTypes.Contains)
        && (IsServiceEvent(topic) ? WantsEvents(topic.Name) : WantsTopic(topic.Name) && (Types.Count == 0 || topic.Types.Any(Types.Contains)));

    /// <summary>Whether a topic holds the events of a service.</summary>
    public static bool IsServiceEvent(GraphName topic) =>
        topic.Name.EndsWith(BagServices.Suffix, StringComparison.Ordinal) && topic.Types.Any(type => type.EndsWith("_Event", StringComparison.Ordinal));

    private bool WantsEvents(string topic) =>
        AllServices || IncludeHidden || ServiceEvents.Contains(topic) || Topics.Contains(topic) || Regex?.IsMatch(topic) == true;

    private bool WantsTopic(string topic) => Topics.Contains(topic) || Regex?.IsMatch(topic) == true
        || ((AllTopics || NothingIsNamed) && (IncludeHidden || !RosGraphView.IsHidden(topic)));

    private bool NothingIsNamed => Topics.Count == 0 && ServiceEvents.Count == 0 && Regex is null && !AllServices;
}
