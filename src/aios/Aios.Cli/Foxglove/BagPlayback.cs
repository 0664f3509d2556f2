using System.Diagnostics;
using Aios.Cli.Missions;
using Aios.Cli.Models;
using Aios.Cli.Visualization;
using Aios.Nodes;
using ROS2;
using ROS2.Bag;
using ROS2.Simulation;
using ROS2.Transport;

namespace Aios.Cli.Foxglove;

/// <summary>
/// Plays a mission's recording to Foxglove: its topics, and the nodes for viewers that live on them. The parameters
/// <c>/player.rate</c>, <c>/player.paused</c> and <c>/player.skip_to_s</c> say how.
/// </summary>
internal sealed class BagPlayback : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    // What comes seldom is kept for clients that come later.
    private static readonly string[] Kept = ["grid_map_msgs/msg/GridMap", "nav_msgs/msg/OccupancyGrid", "nav_msgs/msg/Path"];

    private readonly McapReader _reader;
    private readonly SimulatedBus _bus = new(0);
    private readonly RosContext _context;
    private readonly Node _player;
    private readonly RosBridge _bridge;
    private readonly Dictionary<string, SerializedPublisher> _publishers = new(StringComparer.Ordinal);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly IEnumerator<McapMessage> _messages;
    private double _rate;
    private bool _isPaused;
    private long _skipToNs;
    private long _fromNs;
    private bool _isOver;

    /// <summary>Opens a recording and begins to serve; <see cref="Run"/> plays.</summary>
    /// <param name="directory">Folder that a mission left.</param>
    /// <param name="port">Where it is served; 0 for any port that is free.</param>
    /// <param name="rate">Recorded time over time on the wall.</param>
    /// <exception cref="AiosException">There is no recording, it cannot be read, or the port is taken.</exception>
    public BagPlayback(string directory, int port, double rate)
    {
        _rate = rate;
        _reader = MissionRecording.Open(directory);
        _messages = _reader.ReadMessages().GetEnumerator();
        _isOver = !_messages.MoveNext();
        _context = new RosContext(_bus.CreateTransport("player"));
        _player = _context.CreateNode("player");
        DeclareParameters();
        var types = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);
        foreach (var channel in _reader.Channels.Values.OrderBy(channel => channel.Topic, StringComparer.Ordinal))
        {
            if (_reader.Schemas.TryGetValue(channel.SchemaId, out var schema) && types.FindMessage(schema.Name) is { } type)
            {
                _publishers[channel.Topic] = _player.CreateSerializedPublisher(
                    channel.Topic, new TransportType(type.Name, type.DdsTypeName, type.TypeHash), QosOf(channel, type.Name));
            }
        }

        FleetVisualization.Create(_context, [.. Rovers().Select(name => (name, RobotModels.All[0]))], fence: null);
        _bridge = new RosBridge(_context.CreateNode("foxglove"), port, $"AIOS recording {Path.GetFileName(Path.TrimEndingDirectorySeparator(directory))}");
    }

    /// <summary>What to open in Foxglove.</summary>
    public string Url => _bridge.Url;

    /// <summary>Plays until cancelled; at the end of the recording time stands still.</summary>
    public void Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            Advance(_isOver || _isPaused ? _bus.NowNs : Math.Max(_skipToNs, _fromNs + (long)(_watch.Elapsed.TotalSeconds * _rate * 1e9)));
            _bridge.Update();
            cancel.WaitHandle.WaitOne(Tick);
        }
    }

    public void Dispose()
    {
        _bridge.Dispose();
        _context.Dispose();
        _bus.Dispose();
        _messages.Dispose();
        _reader.Dispose();
    }

    private IEnumerable<string> Rovers() => MissionRecording.Rovers(_reader);

    private void DeclareParameters()
    {
        _player.DeclareParameter("rate", _rate, ParameterDescriptors.Range("Recorded time over time on the wall.", 0.01, 1000.0));
        _player.DeclareParameter("paused", false, ParameterDescriptors.Describe("Whether time stands still."));
        _player.DeclareParameter("skip_to_s", 0.0, ParameterDescriptors.Describe("Go on from this time of the recording, s; only forwards."));
        _player.AddPostSetParametersCallback(_ =>
        {
            (_fromNs, _rate) = (_bus.NowNs, _player.GetParameter<double>("rate"));
            _isPaused = _player.GetParameter<bool>("paused");
            _skipToNs = (long)(Math.Clamp(_player.GetParameter<double>("skip_to_s"), 0, _reader.Statistics.EndTimeNs * 1e-9) * 1e9);
            if (_skipToNs > _fromNs)
            {
                _fromNs = _skipToNs;
            }

            _watch.Restart();
        });
    }

    private void Advance(long untilNs)
    {
        while (!_isOver && _messages.Current.LogTimeNs <= untilNs)
        {
            var message = _messages.Current;
            _bus.RunUntil(Math.Max(_bus.NowNs, message.LogTimeNs));
            if (_publishers.TryGetValue(message.Channel.Topic, out var publisher))
            {
                publisher.Publish(message.Data.Span);
            }

            _isOver = !_messages.MoveNext();
        }

        _bus.RunUntil(Math.Max(_bus.NowNs, untilNs));
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
