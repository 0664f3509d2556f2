using Aios.Cli.Missions;
using Aios.Cli.Models;
using Aios.Cli.Visualization;
using ROS2;
using ROS2.Bag;
using ROS2.Simulation;
using ROS2.Transport;

namespace Aios.Cli.Foxglove;

/// <summary>
/// A recording's graph as it is at a moment: its topics, and the nodes for viewers that live on them, on a simulated bus. Time
/// only goes on; whoever wants an earlier moment makes another stage.
/// </summary>
/// <remarks>For one thread.</remarks>
internal sealed class BagStage : IDisposable
{
    // What comes seldom is kept for clients that come later.
    private static readonly string[] Kept = ["grid_map_msgs/msg/GridMap", "nav_msgs/msg/OccupancyGrid", "nav_msgs/msg/Path"];

    private readonly SimulatedBus _bus = new(0);
    private readonly Dictionary<string, SerializedPublisher> _publishers = new(StringComparer.Ordinal);
    private readonly IEnumerator<McapMessage> _messages;

    /// <summary>Makes the graph as it is before the first message.</summary>
    /// <param name="reader">The recording; stays open as long as the stage is used.</param>
    public BagStage(McapReader reader)
    {
        _messages = reader.ReadMessages().GetEnumerator();
        IsOver = !_messages.MoveNext();
        Context = new RosContext(_bus.CreateTransport("player"));
        Player = Context.CreateNode("player");
        var types = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);
        foreach (var channel in reader.Channels.Values.OrderBy(channel => channel.Topic, StringComparer.Ordinal))
        {
            if (reader.Schemas.TryGetValue(channel.SchemaId, out var schema) && types.FindMessage(schema.Name) is { } type)
            {
                _publishers[channel.Topic] = Player.CreateSerializedPublisher(
                    channel.Topic, new TransportType(type.Name, type.DdsTypeName, type.TypeHash), QosOf(channel, type.Name));
            }
        }

        FleetVisualization.Create(Context, [.. MissionRecording.Rovers(reader).Select(name => (name, RobotModels.All[0]))], fence: null);
    }

    /// <summary>Whose nodes these are.</summary>
    public RosContext Context { get; }

    /// <summary>The node that publishes what was recorded.</summary>
    public Node Player { get; }

    /// <summary>Recorded time, ns.</summary>
    public long NowNs => _bus.NowNs;

    /// <summary>Whether nothing more was recorded.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Publishes what was recorded up to a time, and lets the nodes for viewers do their work.</summary>
    /// <param name="untilNs">Recorded time, ns; nothing happens when it is past.</param>
    public void Advance(long untilNs)
    {
        while (!IsOver && _messages.Current.LogTimeNs <= untilNs)
        {
            var message = _messages.Current;
            _bus.RunUntil(Math.Max(_bus.NowNs, message.LogTimeNs));
            if (_publishers.TryGetValue(message.Channel.Topic, out var publisher))
            {
                publisher.Publish(message.Data.Span);
            }

            IsOver = !_messages.MoveNext();
        }

        _bus.RunUntil(Math.Max(_bus.NowNs, untilNs));
    }

    public void Dispose()
    {
        Context.Dispose();
        _bus.Dispose();
        _messages.Dispose();
    }

    private static QosProfile QosOf(McapChannel channel, string type)
    {
        if (Kept.Contains(type))
        {
            return QosProfile.KeepLast(1).WithTransientLocal();
        }

        var offered = channel.Metadata.GetValueOrDefault("offered_qos_profiles", "");
        var qos = QosProfile.KeepLast(100);
        qos = offered.Contains("best_effort", StringComparison.Ordinal) ? qos.WithBestEffort() : qos;
        return offered.Contains("transient_local", StringComparison.Ordinal) ? qos.WithTransientLocal() : qos;
    }
}
