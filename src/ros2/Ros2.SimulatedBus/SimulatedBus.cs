using System.Collections.Concurrent;
using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>
/// A whole ROS graph in one thread and virtual time. Everything that happens, deliveries, timers, service replies and
/// scheduled actions, is an event in one queue ordered by time and then by the order of scheduling, so a run is a pure
/// function of the seed and of the programs on it. Not thread-safe: one thread creates, runs and uses it; only
/// <see cref="IRosTransport.Wake"/> may come from elsewhere.
/// </summary>
public sealed class SimulatedBus : IDisposable
{
    private readonly Dictionary<(string Prefix, string Name), BusTopic> _topics = [];
    private readonly Dictionary<(string From, string To), LinkStatistics> _statistics = [];
    private readonly List<BusTransport> _transports = [];
    private readonly ConcurrentQueue<BusTransport> _wakes = new();
    private readonly ActionTarget _actions = new();
    private readonly LinkRandom _ids;
    private readonly Dictionary<string, Func<long, long>> _clockErrors = new(StringComparer.Ordinal);
    private ulong _handles;
    private int _participants;
    private bool _running;

    /// <summary>Creates an empty bus at virtual time 0.</summary>
    /// <param name="seed">Seed of ids and of corrupted bits; the link model has its own.</param>
    /// <param name="links">Links between hosts; ideal when null.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public SimulatedBus(ulong seed, ILinkModel? links = null, SimulatedBusOptions? options = null)
    {
        Options = options ?? new SimulatedBusOptions();
        Options.Validate();
        Links = links ?? new IdealLinkModel();
        _ids = LinkRandom.ForStream(seed, "ids");
        Damage = new SampleDamage(LinkRandom.ForStream(seed, "corruption"), Pool);
    }

    /// <summary>Observers of every step, for digests, logs and recorders.</summary>
    public event BusTraceHandler? OnEvent;

    /// <summary>Virtual time, nanoseconds since the start.</summary>
    public long NowNs => Queue.NowNs;

    /// <summary>System time as nodes see it: <see cref="NowNs"/> plus <see cref="SimulatedBusOptions.SystemEpochNs"/>.</summary>
    public long SystemNowNs => Queue.NowNs + Options.SystemEpochNs;

    /// <summary>Settings given at the start.</summary>
    public SimulatedBusOptions Options { get; }

    /// <summary>The link model given at the start.</summary>
    public ILinkModel Links { get; }

    /// <summary>Events run so far.</summary>
    public long EventCount { get; private set; }

    /// <summary>Samples sent so far: publications, requests, responses.</summary>
    public long MessagesSent { get; private set; }

    /// <summary>Their serialized bytes, each counted once however many receivers there are.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Counters of every directed link used so far, ordered by name.</summary>
    public IReadOnlyList<LinkStatistics> LinkStatistics => [.. _statistics.Values
        .OrderBy(s => s.FromHost, StringComparer.Ordinal)
        .ThenBy(s => s.ToHost, StringComparer.Ordinal)];

    internal EventQueue Queue { get; } = new();

    internal BusSamplePool Pool { get; } = new();

    internal SampleDamage Damage { get; }

    internal IReadOnlyList<BusTransport> Transports => _transports;

    /// <summary>A new participant on a host; a host may have several, and a killed host may come back this way.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public IRosTransport CreateTransport(string host)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        var transport = new BusTransport(this, host, ++_participants) { ClockError = _clockErrors.GetValueOrDefault(host) };
        _transports.Add(transport);
        return transport;
    }

    /// <summary>
    /// Lets a host's system clock go wrong: its nodes read and time by <see cref="SystemNowNs"/> plus the error. Steady time
    /// stays right, and so does the order of events. Holds for participants that come later too.
    /// </summary>
    /// <param name="host">The host.</param>
    /// <param name="errorNs">Error in ns at a virtual time in ns; a jump in it needs another call here. Null: the clock is right again.</param>
    public void SetClockError(string host, Func<long, long>? errorNs)
    {
        ArgumentNullException.ThrowIfNull(host);
        _clockErrors.Remove(host);
        if (errorNs is not null)
        {
            _clockErrors.Add(host, errorNs);
        }

        foreach (BusTransport transport in _transports)
        {
            if (string.Equals(transport.HostName, host, StringComparison.Ordinal))
            {
                transport.ClockError = errorNs;
                Queue.PushNow(new BusEvent { Target = transport, Kind = BusEventKind.Wake }); // timers may be due
            }
        }
    }

    /// <summary>Runs <paramref name="action"/> at a virtual time, after everything scheduled for that instant before; the past counts as now.</summary>
    public void Schedule(long timeNs, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Queue.Push(timeNs, new BusEvent { Target = _actions, Kind = BusEventKind.Action, Payload = action });
    }

    /// <summary>Runs every event up to and including <paramref name="timeNs"/>; time then stands there.</summary>
    /// <exception cref="InvalidOperationException">Called inside an event.</exception>
    public void RunUntil(long timeNs)
    {
        using var scope = new RunScope(this);
        while (RunNext(timeNs))
        {
        }

        Queue.AdvanceTo(timeNs);
    }

    /// <summary>Runs the next event, whenever it is.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="InvalidOperationException">Called inside an event.</exception>
    public bool Step()
    {
        using var scope = new RunScope(this);
        return RunNext(long.MaxValue);
    }

    /// <summary>
    /// Takes a host down without warning: its timers and callbacks stop, what it publishes goes nowhere, what is under way
    /// to it is lost; what it had already sent still arrives. Others see its endpoints until the discovery lease ends.
    /// </summary>
    /// <returns>False if no participant of that name was alive.</returns>
    public bool KillHost(string host)
    {
        bool any = false;
        foreach (BusTransport transport in _transports.ToArray())
        {
            if (transport.IsAlive && string.Equals(transport.HostName, host, StringComparison.Ordinal))
            {
                transport.Kill();
                any = true;
            }
        }

        if (any)
        {
            OnEvent?.Invoke(new BusTraceEvent(NowNs, BusTraceKind.HostKilled, host, host, string.Empty, 0, 0), []);
        }

        return any;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BusTransport transport in _transports.ToArray())
        {
            transport.Dispose();
        }
    }

    internal void WakeFromAnyThread(BusTransport transport) => _wakes.Enqueue(transport);

    internal bool RunFor(BusTransport transport, long timeoutNs)
    {
        using var scope = new RunScope(this);
        long untilNs = timeoutNs < 0 || timeoutNs > long.MaxValue - NowNs ? long.MaxValue : NowNs + timeoutNs;
        long before = transport.Dispatched;
        while (transport.Dispatched == before)
        {
            if (!RunNext(untilNs))
            {
                Queue.AdvanceTo(untilNs == long.MaxValue ? NowNs : untilNs);
                return false;
            }
        }

        return true;
    }

    internal BusTopic Topic(string prefix, string name)
    {
        if (!_topics.TryGetValue((prefix, name), out BusTopic? topic))
        {
            topic = new BusTopic(name);
            _topics.Add((prefix, name), topic);
        }

        return topic;
    }

    internal LinkStatistics StatisticsOf(string from, string to)
    {
        if (!_statistics.TryGetValue((from, to), out LinkStatistics? statistics))
        {
            statistics = new LinkStatistics(from, to);
            _statistics.Add((from, to), statistics);
        }

        return statistics;
    }

    internal ulong NextHandle() => ++_handles;

    internal Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, _ids.NextUInt64());
        BitConverter.TryWriteBytes(bytes[8..], _ids.NextUInt64());
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    internal void CountSent(BusSample sample)
    {
        MessagesSent++;
        BytesSent += sample.Length;
    }

    internal void Trace(BusTraceKind kind, BusSample sample, string toHost)
    {
        if (OnEvent is { } observers)
        {
            BusWriter writer = sample.Writer;
            string from = writer.Endpoint.Transport.HostName;
            observers(
                new BusTraceEvent(NowNs, kind, from, toHost, writer.Topic.Name, writer.Handle, sample.Number),
                sample.Bytes);
        }
    }

    internal void TellGraphChanged()
    {
        foreach (BusTransport transport in _transports)
        {
            transport.TellGraphChanged();
        }
    }

    internal void Forget(BusTransport transport)
    {
        if (_transports.Remove(transport))
        {
            TellGraphChanged();
        }
    }

    private bool RunNext(long untilNs)
    {
        if (!_wakes.IsEmpty)
        {
            AcceptWakes();
        }

        if (!Queue.TryPop(untilNs, out BusEvent e))
        {
            return false;
        }

        EventCount++;
        e.Target.OnBusEvent(e);
        return true;
    }

    private void AcceptWakes()
    {
        while (_wakes.TryDequeue(out BusTransport? transport))
        {
            Queue.PushNow(new BusEvent { Target = transport, Kind = BusEventKind.Wake });
        }
    }

    /// <summary>
    /// Marks that events run, and takes away a synchronization context meanwhile: continuations of tasks completed by an
    /// event then run inside that event, in order, and not on somebody's thread pool.
    /// </summary>
    private readonly struct RunScope : IDisposable
    {
        private readonly SimulatedBus _bus;
        private readonly SynchronizationContext? _previous;

        public RunScope(SimulatedBus bus)
        {
            if (bus._running)
            {
                throw new InvalidOperationException("the simulated bus is already running: a callback must not run or spin it");
            }

            _bus = bus;
            _previous = SynchronizationContext.Current;
            bus._running = true;
            SynchronizationContext.SetSynchronizationContext(null);
        }

        public void Dispose()
        {
            _bus._running = false;
            SynchronizationContext.SetSynchronizationContext(_previous);
        }
    }

    private sealed class ActionTarget : BusTarget
    {
        public override void OnBusEvent(in BusEvent e) => ((Action)e.Payload!)();
    }
}
