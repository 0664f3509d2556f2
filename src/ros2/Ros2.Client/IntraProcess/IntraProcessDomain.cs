using ROS2.Transport;

namespace ROS2.IntraProcess;

/// <summary>
/// A graph within this process, on the wall clock and without any middleware: for programs whose nodes all live in one
/// process, and for tests of such. Samples are serialized once and shared. Loss does not happen; a full keep-last queue
/// drops its oldest sample. Thread-safe.
/// </summary>
public sealed class IntraProcessDomain
{
    private readonly Dictionary<(string Prefix, string Name), IntraProcessTopic> _topics = [];
    private readonly List<IntraProcessTransport> _transports = [];
    private ulong _ids;

    /// <summary>The domain <c>RMW_IMPLEMENTATION=aios_intra_process</c> uses.</summary>
    public static IntraProcessDomain Default { get; } = new();

    /// <summary>Guards the whole domain; never held while a client runs.</summary>
    internal Lock Gate { get; } = new();

    internal IReadOnlyList<IntraProcessTransport> Transports => _transports;

    /// <summary>A new participant.</summary>
    public IRosTransport CreateTransport(string? hostName = null)
    {
        var transport = new IntraProcessTransport(this, hostName ?? Environment.MachineName);
        lock (Gate)
        {
            _transports.Add(transport);
        }

        return transport;
    }

    /// <summary>A fresh number; under the gate.</summary>
    internal ulong NextId() => ++_ids;

    /// <summary>The topic of a name; under the gate.</summary>
    internal IntraProcessTopic Topic(string prefix, string name)
    {
        if (!_topics.TryGetValue((prefix, name), out IntraProcessTopic? topic))
        {
            topic = new IntraProcessTopic();
            _topics.Add((prefix, name), topic);
        }

        return topic;
    }

    /// <summary>Tells everybody; under the gate.</summary>
    internal void TellGraphChanged()
    {
        foreach (IntraProcessTransport transport in _transports)
        {
            transport.SignalGraph();
        }
    }

    internal void Remove(IntraProcessTransport transport)
    {
        lock (Gate)
        {
            _transports.Remove(transport);
        }
    }
}
