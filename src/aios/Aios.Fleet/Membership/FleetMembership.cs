namespace Aios.Fleet;

/// <summary>
/// Which rovers are there, as one rover sees it: heartbeats heard directly and through others in, states out.
/// </summary>
/// <remarks>
/// Every heartbeat tells which newest heartbeat of each other rover its sender knows. So a rover whose link to this one
/// is cut stays alive here as long as any third rover hears it, and suspicion means that nobody in reach has news.
/// Suspicion is an opinion; <see cref="PeerState.Lost"/> comes only through <see cref="MarkLost"/>, from a certificate.
/// Not thread-safe. Allocates at construction only, apart from growth of the change list.
/// </remarks>
public sealed class FleetMembership
{
    private readonly FailureDetectorOptions _options;
    private readonly FleetMember[] _members;
    private readonly Dictionary<string, int> _indexByName = new(StringComparer.Ordinal);
    private readonly Queue<MembershipChange> _changes = new();
    private readonly long _startNs;

    /// <param name="self">This rover's name, in the roster.</param>
    /// <param name="roster">All members, the same order on every rover; at most 64.</param>
    /// <param name="options">Tuning.</param>
    /// <param name="nowNs">Mission time of the start, ns; a peer never heard counts as silent since then.</param>
    /// <exception cref="ArgumentException">Bad option, empty or double name, or self not in the roster.</exception>
    public FleetMembership(string self, IReadOnlyList<string> roster, FailureDetectorOptions options, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(errors[0], nameof(options));
        }

        if (roster.Count is 0 or > 64)
        {
            throw new ArgumentException($"The roster has {roster.Count} rovers, expected 1 to 64.", nameof(roster));
        }

        _options = options;
        _startNs = nowNs;
        _members = new FleetMember[roster.Count];
        for (int i = 0; i < roster.Count; i++)
        {
            if (string.IsNullOrEmpty(roster[i]) || !_indexByName.TryAdd(roster[i], i))
            {
                throw new ArgumentException($"The roster names '{roster[i]}' twice or not at all.", nameof(roster));
            }

            _members[i] = new FleetMember(i, roster[i], options) { StateSinceNs = nowNs, SuspectedBy = new bool[roster.Count] };
        }

        Self = _indexByName.TryGetValue(self, out int index)
            ? index
            : throw new ArgumentException($"'{self}' is not in the roster.", nameof(self));
    }

    /// <summary>Roster index of this rover.</summary>
    public int Self { get; }

    /// <summary>All members by roster index, this rover included (always alive).</summary>
    public IReadOnlyList<FleetMember> Members => _members;

    /// <summary>When any peer was last heard directly, ns; 0 means never.</summary>
    public long LastPeerHeardNs { get; private set; }

    /// <summary>Heartbeats from names outside the roster.</summary>
    public ulong StrangerCount { get; private set; }

    /// <summary>Roster index of a name, or -1.</summary>
    public int IndexOf(string name) => _indexByName.GetValueOrDefault(name, -1);

    /// <summary>Takes in a heartbeat heard over the direct link, with what its sender knows of the others.</summary>
    /// <param name="heartbeat">Copied, not kept.</param>
    /// <param name="nowNs">Arrival, mission time, ns.</param>
    /// <returns>False when it is old, a duplicate, the first whose numbers leap, from this rover or from a stranger.</returns>
    public bool OnHeartbeat(Heartbeat heartbeat, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(heartbeat);
        int sender = IndexOf(heartbeat.Rover);
        if (sender < 0 || sender == Self)
        {
            StrangerCount += sender < 0 ? 1UL : 0;
            return false;
        }

        FleetMember member = _members[sender];
        if (!member.Direct.ObserveDirect(heartbeat.Incarnation, heartbeat.Sequence, nowNs))
        {
            return false;
        }

        LastPeerHeardNs = nowNs;
        member.LastHeartbeat.CopyFrom(heartbeat);
        member.Evidence.CorrectImplausible(heartbeat.Incarnation, heartbeat.Sequence, nowNs);
        Learn(member, heartbeat.Incarnation, heartbeat.Sequence, nowNs);
        foreach (PeerKnowledge report in heartbeat.Peers)
        {
            OnReport(sender, report, nowNs);
        }

        return true;
    }

    /// <summary>Re-judges all peers. Call a few times per heartbeat period.</summary>
    public void Tick(long nowNs)
    {
        foreach (FleetMember member in _members)
        {
            if (member.Index == Self)
            {
                continue;
            }

            Judge(member, nowNs);
            if (member.State is PeerState.Alive or PeerState.Returned && member.Suspicion >= _options.SuspicionThreshold)
            {
                Change(member, member.State == PeerState.Alive ? PeerState.Suspected : PeerState.Lost, nowNs);
            }
        }
    }

    /// <summary>Next change of state, oldest first.</summary>
    public bool TryTakeChange(out MembershipChange change) => _changes.TryDequeue(out change);

    /// <summary>
    /// Whether this rover has suspected the peer for long enough to propose, or to vote for, declaring it lost.
    /// </summary>
    public bool ShouldDeclareLost(int peer, long nowNs) =>
        peer != Self && _members[peer].State == PeerState.Suspected
        && nowNs - _members[peer].StateSinceNs >= _options.DeclareLostAfterNs;

    /// <summary>Rovers, this one included, that by their last heartbeat suspect the peer.</summary>
    public int CountSuspecting(int peer)
    {
        FleetMember member = _members[peer];
        int count = member.State == PeerState.Suspected ? 1 : 0;
        for (int i = 0; i < _members.Length; i++)
        {
            count += i != Self && i != peer && _members[i].State == PeerState.Alive && member.SuspectedBy[i] ? 1 : 0;
        }

        return count;
    }

    /// <summary>A certificate declares the peer lost.</summary>
    public void MarkLost(int peer, long nowNs)
    {
        if (peer != Self && _members[peer].State is PeerState.Alive or PeerState.Suspected)
        {
            Change(_members[peer], PeerState.Lost, nowNs);
        }
    }

    /// <summary>A certificate readmits a peer that was lost.</summary>
    public void MarkReadmitted(int peer, long nowNs)
    {
        if (peer != Self && _members[peer].State is PeerState.Lost or PeerState.Returned)
        {
            Change(_members[peer], PeerState.Alive, nowNs);
        }
    }

    /// <summary>Fills the part of an outgoing heartbeat that tells what this rover knows of the others.</summary>
    public void WriteKnowledge(Heartbeat heartbeat, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(heartbeat);
        heartbeat.Peers.Clear();
        foreach (FleetMember m in _members)
        {
            if (m.Index != Self)
            {
                heartbeat.Peers.Add(new PeerKnowledge(
                    m.Name, m.State, m.Evidence.Incarnation, m.Evidence.Sequence,
                    (float)(SilentNs(m, nowNs) * 1e-9), (float)m.Suspicion));
            }
        }
    }

    private void OnReport(int sender, in PeerKnowledge report, long nowNs)
    {
        int subject = report.Rover is null ? -1 : IndexOf(report.Rover);
        if (subject < 0 || subject == Self || subject == sender)
        {
            return;
        }

        FleetMember member = _members[subject];
        member.SuspectedBy[sender] = report.State == PeerState.Suspected;
        if (report.Sequence > 0 && member.Evidence.IsPlausible(report.Incarnation, report.Sequence, nowNs))
        {
            Learn(member, report.Incarnation, report.Sequence, nowNs);
        }
    }

    private void Learn(FleetMember member, uint incarnation, ulong sequence, long nowNs)
    {
        long silentNs = SilentNs(member, nowNs);
        if (!member.Evidence.Observe(incarnation, sequence, nowNs))
        {
            return;
        }

        if (member.State is PeerState.Suspected or PeerState.Lost)
        {
            PeerState next = member.State == PeerState.Lost ? PeerState.Returned : PeerState.Alive;
            Change(member, next, nowNs, silentNs);
        }
    }

    private void Judge(FleetMember member, long nowNs)
    {
        HeartbeatStream evidence = member.Evidence, direct = member.Direct;
        if (!evidence.Heard)
        {
            // Never heard: silent since the start, at the loss that is believed before measuring.
            double missed = Math.Max(0, (nowNs - _startNs) / (double)_options.PeriodNs - 1);
            member.Suspicion = missed * -Numerics.DetMath.Log(_options.PriorLoss) / 2.302585092994046;
            return;
        }

        double directPhi = direct.Phi(nowNs);
        member.LinkDown = !direct.Heard || directPhi >= _options.SuspicionThreshold;

        // Others' reports make up for losses of the direct link, until they fall silent themselves: what counts is the
        // loss that this rover would see alone, as long as its own link is there.
        double loss = evidence.Loss, burst = evidence.LossAfterLoss;
        if (!member.LinkDown)
        {
            loss = Math.Max(loss, direct.Loss);
            burst = Math.Max(burst, direct.LossAfterLoss);
        }

        member.Suspicion = evidence.Phi(nowNs, loss, burst);
    }

    private long SilentNs(FleetMember member, long nowNs) =>
        nowNs - (member.Evidence.Heard ? member.Evidence.LastArrivalNs : _startNs);

    private void Change(FleetMember member, PeerState to, long nowNs) =>
        Change(member, to, nowNs, SilentNs(member, nowNs));

    private void Change(FleetMember member, PeerState to, long nowNs, long silentNs)
    {
        _changes.Enqueue(new MembershipChange(member.Index, member.State, to, nowNs, silentNs));
        member.State = to;
        member.StateSinceNs = nowNs;
    }
}
