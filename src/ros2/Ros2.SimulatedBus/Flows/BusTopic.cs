using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>All writers and readers of one name, in the order they came; matches them.</summary>
internal sealed class BusTopic(string name)
{
    private readonly List<BusWriter> _writers = [];
    private readonly List<BusReader> _readers = [];

    /// <summary>ROS name of the topic or service.</summary>
    public string Name { get; } = name;

    public void Add(BusWriter writer)
    {
        _writers.Add(writer);
        foreach (BusReader reader in _readers.ToArray())
        {
            TryMatch(writer, reader);
        }
    }

    public void Add(BusReader reader)
    {
        _readers.Add(reader);
        foreach (BusWriter writer in _writers.ToArray())
        {
            TryMatch(writer, reader);
        }
    }

    public void Remove(BusWriter writer)
    {
        _writers.Remove(writer);
        foreach (BusReader reader in writer.Readers.ToArray())
        {
            writer.Unmatch(reader);
            reader.Unmatch(writer);
        }

        writer.Close();
    }

    public void Remove(BusReader reader)
    {
        _readers.Remove(reader);
        foreach (BusWriter writer in reader.Writers.ToArray())
        {
            writer.Unmatch(reader);
            reader.Unmatch(writer);
        }

        reader.Close();
    }

    private static void TryMatch(BusWriter writer, BusReader reader)
    {
        if (!string.Equals(writer.Type.DdsName, reader.Type.DdsName, StringComparison.Ordinal))
        {
            writer.Endpoint.Events.RaiseCount(QosEventKind.IncompatibleType);
            reader.Endpoint.Events.RaiseCount(QosEventKind.IncompatibleType);
            return;
        }

        QosPolicyKind mismatch = QosCompatibility.FirstMismatch(writer.Qos, reader.Qos);
        if (mismatch != QosPolicyKind.Invalid)
        {
            writer.Endpoint.Events.RaiseCount(QosEventKind.OfferedIncompatibleQos, mismatch);
            reader.Endpoint.Events.RaiseCount(QosEventKind.RequestedIncompatibleQos, mismatch);
            return;
        }

        reader.Match(writer);
        writer.Match(reader);
    }
}
