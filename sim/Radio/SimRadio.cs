using Aios.Numerics;
using Aios.Terrain;
using ROS2.Simulation;

namespace Aios.Sim;

/// <summary>
/// The radio between the rovers (and fixed stations): range, line of sight over the terrain, bandwidth with a queue
/// per direction, delay and loss. Hosts it does not know (the planet) are joined to everything by wire.
/// </summary>
/// <remarks>
/// Each direction of a link has its own queue and its own random stream, so traffic on one link never changes the
/// fate of packets on another. Channel contention between links is not modelled. Not thread-safe.
/// </remarks>
public sealed class SimRadio : ILinkModel
{
    private readonly PlanetSurface _surface;
    private readonly RadioModel _model;
    private readonly ulong _seed;
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);
    private readonly List<string> _hosts = [];
    private readonly IReadOnlyList<RoverBody> _bodies;
    private readonly IReadOnlyList<RadioStation> _stations;
    private readonly Dictionary<long, Link> _links = [];
    private readonly Dictionary<long, int> _cuts = [];
    private readonly Dictionary<long, DisturbedChannel> _disturbed = [];

    internal SimRadio(
        PlanetSurface surface, RadioModel model, IReadOnlyList<RoverBody> bodies, IReadOnlyList<RadioStation> stations, ulong seed)
    {
        _surface = surface;
        _model = model;
        _seed = seed;
        _bodies = bodies;
        _stations = stations;
        foreach (RoverBody body in bodies)
        {
            Register(body.Name);
        }

        foreach (RadioStation station in stations)
        {
            Register(station.Host);
        }
    }

    /// <summary>Hosts that speak by radio: the rovers in their order, then the stations.</summary>
    public IReadOnlyList<string> Hosts => _hosts;

    /// <inheritdoc/>
    public LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs)
    {
        if (!_indexOf.TryGetValue(fromHost, out int from) || !_indexOf.TryGetValue(toHost, out int to) || from == to)
        {
            return new LinkOutcome(true, 0);
        }

        if (IsDead(from) || IsDead(to))
        {
            return LinkOutcome.Lost;
        }

        Link link = Refresh(from, to, nowNs);
        if (!link.Budget.Up)
        {
            return LinkOutcome.Lost;
        }

        DisturbedChannel? disturbed = Disturbed(from, to, create: !_model.Disturbance.IsNone);
        if (disturbed is null || disturbed.Total.IsNone)
        {
            return link.Send(bytes, _model.BaseDelayS, nowNs);
        }

        return disturbed.Passes(nowNs) ? disturbed.Disturb(link.Send(bytes, _model.BaseDelayS, nowNs)) : LinkOutcome.Lost;
    }

    /// <summary>Writes the state of every directed link, ordered by sender and receiver, into <paramref name="links"/>.</summary>
    public void CopyLinks(long nowNs, List<RadioLinkState> links)
    {
        links.Clear();
        for (int i = 0; i < _hosts.Count; i++)
        {
            for (int j = 0; j < _hosts.Count; j++)
            {
                if (i != j)
                {
                    links.Add(StateOf(i, j, nowNs));
                }
            }
        }
    }

    /// <summary>State of one direction of one link; false when one of the hosts is not on the radio.</summary>
    public bool TryGetLink(string fromHost, string toHost, long nowNs, out RadioLinkState state)
    {
        state = default;
        if (!_indexOf.TryGetValue(fromHost, out int from) || !_indexOf.TryGetValue(toHost, out int to) || from == to)
        {
            return false;
        }

        state = StateOf(from, to, nowNs);
        return true;
    }

    internal void SetCut(string host, string other, bool cut)
    {
        if (!_indexOf.TryGetValue(host, out int a))
        {
            return;
        }

        for (int b = 0; b < _hosts.Count; b++)
        {
            if (a != b && (other.Length == 0 || string.Equals(other, _hosts[b], StringComparison.Ordinal)))
            {
                CountCut(a, b, cut ? 1 : -1);
                CountCut(b, a, cut ? 1 : -1);
            }
        }
    }

    /// <summary>Cuts all links between a group of hosts and the others.</summary>
    internal void SetPartition(IReadOnlyList<string> group, bool cut)
    {
        foreach (string inside in group)
        {
            foreach (string outside in _hosts)
            {
                if (!group.Contains(outside, StringComparer.Ordinal))
                {
                    SetCut(inside, outside, cut);
                }
            }
        }
    }

    /// <summary>Begins or ends a disturbance of the links, both ways, between two hosts; an empty name stands for all.</summary>
    internal void SetDisturbance(string host, string other, in RadioDisturbance disturbance, bool active)
    {
        for (int a = 0; a < _hosts.Count; a++)
        {
            for (int b = 0; b < _hosts.Count; b++)
            {
                if (a != b && ((Is(host, a) && Is(other, b)) || (Is(host, b) && Is(other, a))))
                {
                    Disturbed(a, b, create: true)!.Set(disturbance, active);
                }
            }
        }

        bool Is(string name, int index) => name.Length == 0 || string.Equals(name, _hosts[index], StringComparison.Ordinal);
    }

    private DisturbedChannel? Disturbed(int from, int to, bool create)
    {
        if (!_disturbed.TryGetValue(Key(from, to), out DisturbedChannel? channel) && create)
        {
            channel = new DisturbedChannel(_model, _seed, _hosts[from], _hosts[to]);
            _disturbed.Add(Key(from, to), channel);
        }

        return channel;
    }

    private void CountCut(int from, int to, int change)
    {
        long key = Key(from, to);
        _cuts[key] = Math.Max(0, _cuts.GetValueOrDefault(key) + change);
        if (_links.TryGetValue(key, out Link? link))
        {
            link.Expire();
        }
    }

    private void Register(string host)
    {
        if (!_indexOf.TryAdd(host, _hosts.Count))
        {
            throw new ArgumentException($"two radio hosts are called '{host}'");
        }

        _hosts.Add(host);
    }

    private RadioLinkState StateOf(int from, int to, long nowNs)
    {
        LinkBudget b = Refresh(from, to, nowNs).Budget;
        return new RadioLinkState(
            _hosts[from], _hosts[to], b.Up, b.Quality, LossOf(from, to, b), b.BitRate, _model.BaseDelayS, b.DistanceM, b.LineOfSight);
    }

    /// <summary>Loss per packet that, with the link layer's repetitions, gives what budget and disturbances take together.</summary>
    private double LossOf(int from, int to, in LinkBudget budget)
    {
        if (Disturbed(from, to, create: !_model.Disturbance.IsNone)?.Total is not { IsNone: false } d)
        {
            return budget.Loss;
        }

        double passes = (1 - d.Loss) * (1 - d.BurstLoss) * (1 - d.Corruption);
        return Math.Max(budget.Loss, DetMath.Pow(1 - passes, 1.0 / (_model.Retries + 1)));
    }

    private Link Refresh(int from, int to, long nowNs)
    {
        long key = Key(from, to);
        if (!_links.TryGetValue(key, out Link? link))
        {
            link = new Link(new RadioChannel(_model, _seed, _hosts[from], _hosts[to]));
            _links.Add(key, link);
        }

        if (link.IsStale(nowNs, _model.RefreshS))
        {
            link.Update(Assess(from, to), nowNs);
        }

        return link;
    }

    private LinkBudget Assess(int from, int to)
    {
        Vector3d a = Antenna(from);
        Vector3d b = Antenna(to);
        double distance = (a - b).Length;
        bool dead = IsDead(from) || IsDead(to);
        if (dead || _cuts.GetValueOrDefault(Key(from, to)) > 0 || distance > _model.MaxRangeM)
        {
            return LinkBudget.Down(distance);
        }

        return LinkBudget.Of(_model, distance, _surface.LineOfSight(a, b));
    }

    private bool IsDead(int host) => host < _bodies.Count && !_bodies[host].ComputerAlive;

    private Vector3d Antenna(int host)
    {
        if (host < _bodies.Count)
        {
            RoverBody body = _bodies[host];
            return new Vector3d(body.X, body.Y, body.Z + _model.AntennaHeightM);
        }

        RadioStation s = _stations[host - _bodies.Count];
        return new Vector3d(s.X, s.Y, _surface.SurfaceHeight(s.X, s.Y) + s.AntennaHeightM);
    }

    private static long Key(int from, int to) => ((long)from << 32) | (uint)to;

    /// <summary>One direction of a link and what it can carry at the moment.</summary>
    private sealed class Link(RadioChannel channel)
    {
        private long _assessedNs = long.MinValue;

        public LinkBudget Budget { get; private set; }

        public bool IsStale(long nowNs, double refreshS) =>
            _assessedNs == long.MinValue || nowNs - _assessedNs >= (long)(refreshS * 1e9);

        public void Expire() => _assessedNs = long.MinValue;

        public void Update(LinkBudget budget, long nowNs)
        {
            Budget = budget;
            _assessedNs = nowNs;
        }

        public LinkOutcome Send(int bytes, double delayS, long nowNs) =>
            channel.Send(bytes, Budget.Loss, Budget.BitRate, delayS, nowNs);
    }
}
