using ROS2;
using ROS2.Bag;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>
/// A topic that is recorded. Where its type has yet to be asked for, what comes is held until then, so that the bag has the
/// definition before the messages and lacks none of them.
/// </summary>
internal sealed class RecordedTopic
{
    /// <summary>Most bytes that are held; what comes beyond is dropped and counted.</summary>
    private const long MostHeldBytes = 100L << 20;

    private readonly List<(byte[] Cdr, long LogTimeNs, long PublishTimeNs)> _held = [];
    private readonly BagWriter _bag;
    private readonly BagQos _qos;
    private readonly SnapshotBuffer? _snapshot;
    private long _heldBytes;
    private bool _isOpen;

    /// <summary>Begins to hold.</summary>
    /// <param name="topic">Name and type.</param>
    /// <param name="typeHash">The type's hash, as a publisher tells it.</param>
    /// <param name="bag">Where messages go.</param>
    /// <param name="qos">What is noted of the topic.</param>
    /// <param name="snapshot">Where they go first; null for nowhere.</param>
    public RecordedTopic(GraphName topic, string typeHash, BagWriter bag, BagQos qos, SnapshotBuffer? snapshot = null)
    {
        (Topic, TypeHash, _bag, _qos, _snapshot) = (topic, typeHash, bag, qos, snapshot);
    }

    /// <summary>Its name and type.</summary>
    public GraphName Topic { get; }

    /// <summary>The type's hash, as a publisher tells it.</summary>
    public string TypeHash { get; }

    /// <summary>Messages that found no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Puts the topic and what was held into the bag; what comes from now on goes there at once.</summary>
    public void Open(RosMessageType type)
    {
        _bag.AddTopic(Topic.Name, type, _qos);
        _isOpen = true;
        foreach (var (cdr, logTimeNs, publishTimeNs) in _held)
        {
            Write(cdr, logTimeNs, publishTimeNs);
        }

        _held.Clear();
    }

    /// <summary>Takes one message.</summary>
    public void Take(ReadOnlySpan<byte> cdr, long nowNs, in SampleInfo info)
    {
        var publishTimeNs = info.SourceTimestampNs > 0 ? info.SourceTimestampNs : nowNs;
        if (_isOpen)
        {
            Write(cdr, nowNs, publishTimeNs);
        }
        else if (_heldBytes + cdr.Length <= MostHeldBytes)
        {
            _heldBytes += cdr.Length;
            _held.Add((cdr.ToArray(), nowNs, publishTimeNs));
        }
        else
        {
            Dropped++;
        }
    }

    private void Write(ReadOnlySpan<byte> cdr, long logTimeNs, long publishTimeNs)
    {
        if (_snapshot is not null)
        {
            _snapshot.Add(Topic.Name, cdr, logTimeNs, publishTimeNs);
        }
        else
        {
            _bag.Write(Topic.Name, cdr, logTimeNs, publishTimeNs);
        }
    }
}
