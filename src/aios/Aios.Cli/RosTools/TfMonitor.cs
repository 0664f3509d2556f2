using System.Globalization;
using ROS2;
using ROS2.Transport;
using tf2_msgs.msg;

namespace Aios.Cli.RosTools;

/// <summary>
/// <c>ros tf2 monitor</c>: how old transforms are when they come, and who sends them; tf2_ros' tf2_monitor, with the senders that it
/// does not know any more.
/// </summary>
internal sealed class TfMonitor
{
    private const string Nobody = "<no authority available>";

    /// <summary>Looks between two reports.</summary>
    private const int LooksPerReport = 21;

    private readonly RosSession _session;
    private readonly TransformBuffer _buffer = new();
    private readonly SortedDictionary<string, (Samples Delays, Gid Sender)> _frames = new(StringComparer.Ordinal);

    // By publisher, because a first message may come before the graph tells whose it is. A node may have two, for /tf and /tf_static.
    private readonly Dictionary<Gid, (Samples Delays, Samples Times)> _senders = [];
    private readonly (string From, string To)? _way;
    private IReadOnlyList<string> _chain = [];
    private double _averageNetDelay;
    private double _longestNetDelay;

    private TfMonitor(RosSession session, (string From, string To)? way) => (_session, _way) = (session, way);

    private double NowSeconds => _session.Node.Clock.NowNanoseconds * 1e-9;

    /// <summary>Reports every 21 looks until Ctrl-C.</summary>
    /// <param name="session">The session.</param>
    /// <param name="way">The frames between which to look; null for all.</param>
    /// <param name="period">Time between two looks; 0.5 s in tf2_monitor.</param>
    public static int Run(RosSession session, (string From, string To)? way, TimeSpan period)
    {
        var monitor = new TfMonitor(session, way);
        using var listener = new TransformListener(monitor._buffer, session.Node);
        if (way is var (from, to))
        {
            TfEcho.Await(session, monitor._buffer, from, to, period);
            monitor._chain = monitor._buffer.ChainBetween(from, to);
        }

        // Several nodes may publish transforms that do not change, each one message.
        var ofSeveral = QosProfile.StaticTransformProfile.WithKeepLast(100);
        foreach (var (topic, qos) in new[] { ("/tf", QosProfile.DynamicTransformProfile), ("/tf_static", ofSeveral) })
        {
            session.Node.CreateSubscription<TFMessage>(topic, monitor.Add, qos);
        }

        session.Output.WriteLine(way is null
            ? "Gathering data on all frames for 10 seconds..."
            : $"Gathering data on {way.Value.From} -> {way.Value.To} for 10 seconds...");
        while (true)
        {
            for (var look = 0; look < LooksPerReport; look++)
            {
                monitor.MeasureWay();
                session.Sleep(period);
            }

            monitor.Report();
        }
    }

    private static string Six(double value) => value.ToString("G6", CultureInfo.InvariantCulture).Replace('E', 'e');

    private void Add(TFMessage message, in SampleInfo info)
    {
        var now = NowSeconds;
        var sum = 0.0;
        foreach (var transform in message.Transforms)
        {
            var delay = now - (RosTime.ToNanoseconds(transform.Header.Stamp) * 1e-9);
            sum += delay;
            var delays = _frames.TryGetValue(transform.ChildFrameId, out var known) ? known.Delays : new Samples();
            delays.Add(delay);
            _frames[transform.ChildFrameId] = (delays, info.Publisher);
        }

        if (!_senders.TryGetValue(info.Publisher, out var measured))
        {
            _senders.Add(info.Publisher, measured = (new Samples(), new Samples()));
        }

        measured.Delays.Add(sum / Math.Max(1, message.Transforms.Count));
        measured.Times.Add(now);
    }

    /// <summary>Full names of the nodes behind publishers, as far as the graph tells them now.</summary>
    private Dictionary<Gid, string> Names()
    {
        var names = new Dictionary<Gid, string>();
        foreach (var endpoint in _session.Context.Transport.Graph.GetEndpoints().Where(e => e.Kind == GraphEndpointKind.Publisher))
        {
            if (!endpoint.NodeName.StartsWith("_NODE_NAME_UNKNOWN", StringComparison.Ordinal))
            {
                names[endpoint.Gid] = $"{endpoint.NodeNamespace.TrimEnd('/')}/{endpoint.NodeName}";
            }
        }

        return names;
    }

    private void MeasureWay()
    {
        if (_way is var (from, to) && _buffer.TryLookupTransform(from, to, TransformBuffer.Latest, out var transform))
        {
            var delay = NowSeconds - (RosTime.ToNanoseconds(transform!.Header.Stamp) * 1e-9);
            _averageNetDelay = (0.01 * delay) + (0.99 * _averageNetDelay); // tf2_monitor's low-pass, from zero
            _longestNetDelay = Math.Max(_longestNetDelay, delay);
        }
    }

    private void Report()
    {
        var output = _session.Output;
        if (_way is var (from, to))
        {
            output.WriteLine(
                $"\n\n\nRESULTS: for {from} to {to}\nChain is: {string.Join(" -> ", _chain)}\n"
                + $"Net delay     avg = {Six(_averageNetDelay)}: max = {Six(_longestNetDelay)}");
        }
        else
        {
            output.WriteLine("\n\n\nRESULTS: for all Frames");
        }

        var names = Names();
        output.WriteLine("\nFrames:");
        foreach (var (frame, (delays, sender)) in _frames.Where(f => _way is null || _chain.Contains(f.Key)))
        {
            output.WriteLine($"Frame: {frame}, published by {names.GetValueOrDefault(sender, Nobody)}, Average Delay: {Six(delays.Average)}, Max Delay: {Six(delays.Longest)}");
        }

        output.WriteLine("\nAll Broadcasters:");
        foreach (var sender in _senders.GroupBy(s => names.GetValueOrDefault(s.Key, Nobody)).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var delays = new Samples(sender.Select(s => s.Value.Delays));
            var times = new Samples(sender.Select(s => s.Value.Times));
            output.WriteLine($"Node: {sender.Key} {Six(times.Rate)} Hz, Average Delay: {Six(delays.Average)} Max Delay: {Six(delays.Longest)}");
        }
    }

    /// <summary>The last thousand of a measure, in seconds.</summary>
    private sealed class Samples
    {
        private readonly Queue<double> _values = new();

        public Samples(params IEnumerable<Samples> merged)
        {
            foreach (var value in merged.SelectMany(samples => samples._values))
            {
                _values.Enqueue(value);
            }
        }

        public double Average => _values.Average();

        public double Longest => Math.Max(0, _values.Max());

        /// <summary>Of times: how many a second.</summary>
        public double Rate => _values.Count / Math.Max(1e-8, _values.Max() - _values.Min());

        public void Add(double value)
        {
            _values.Enqueue(value);
            if (_values.Count > 1000)
            {
                _values.Dequeue();
            }
        }
    }
}
