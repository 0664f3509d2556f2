namespace Aios.Safety.Quorum;

/// <summary>
/// One member's part in the fleet's decisions: a log of decisions, each agreed by a quorum of signed votes.
/// </summary>
/// <remarks>
/// <para>
/// Each epoch decides one entry. A member that wants a decision requests it. In view 0 every member that endorses a
/// request prepares it at once, without a leader; if votes split or members are slow, views with rotating leaders follow.
/// A quorum of prepares lets a member lock and commit; a quorum of commits is the certificate. A locked member prepares
/// another decision only against a prepare quorum of a view no older than its lock. That is the safety argument of
/// Tendermint (Buchman, Kwon, Milosevic 2018, lemma 4) with nil votes replaced by time-outs and leader proposals by the leader's own
/// prepare; <c>docs/specs/quorum.pml</c> is its model. Safety does not rest on who is in which view when; that the members
/// come together in one is what view-changes are for.
/// </para>
/// <para>
/// Messages carry all the votes a member knows of the current epoch and are repeated, so loss, duplication and
/// reordering only delay, and members out of each other's reach agree through third ones. A vote is journalled before
/// it is sent.
/// </para>
/// <para>Deterministic given inputs; no clock, no threads. Not thread-safe.</para>
/// </remarks>
public sealed partial class QuorumKernel
{
    private readonly QuorumOptions _options;
    private readonly ISignatureScheme _keys;
    private readonly IVoteStore _store;
    private readonly IDecisionPolicy _policy;
    private readonly VoteTable _table;
    private readonly List<Decision> _wishes = [];
    private readonly List<HumanOverride> _overrides = [];
    private readonly Queue<QuorumEvent> _events = new();
    private readonly byte[] _sendBuffer;

    private bool _locked;
    private uint _lockedView;
    private Decision _lockedDecision;

    /// <param name="self">This member's index.</param>
    /// <param name="options">The fleet's agreement and timing; must be valid.</param>
    /// <param name="keys">Signs as this member. Not owned.</param>
    /// <param name="store">Journal; replayed now. Not owned.</param>
    /// <param name="policy">This member's judgement.</param>
    /// <param name="nowNs">Mission time, ns.</param>
    /// <exception cref="ArgumentException">An option is out of range, or self is not a member.</exception>
    public QuorumKernel(
        int self, QuorumOptions options, ISignatureScheme keys, IVoteStore store, IDecisionPolicy policy, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(errors[0], nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)self, (uint)options.Members, nameof(self));
        _options = options;
        _keys = keys ?? throw new ArgumentNullException(nameof(keys));
        _store = store ?? throw new ArgumentNullException(nameof(store));
        _policy = policy ?? throw new ArgumentNullException(nameof(policy));
        Self = self;
        _table = new VoteTable(options.Members);
        _viewChanges = new ViewChanges(options.Members);
        _sendBuffer = new byte[options.MostMessageBytes];
        Log = new DecisionLog(options.FleetId);
        State = new FleetDecisionState(options.Members);
        Recover(nowNs);
        _nextSendNs = nowNs + (self * options.SpacingNs);
    }

    /// <summary>This member's index.</summary>
    public int Self { get; }

    /// <summary>The decisions so far, with their certificates.</summary>
    public DecisionLog Log { get; }

    /// <summary>What follows from decisions and overrides so far.</summary>
    public FleetDecisionState State { get; private set; }

    /// <summary>The human overrides so far, in sequence.</summary>
    public IReadOnlyList<HumanOverride> Overrides => _overrides;

    /// <summary>Number of the decision being sought: <see cref="DecisionLog.Height"/> + 1.</summary>
    public uint Epoch => Log.Height + 1;

    /// <summary>
    /// Whether this member no longer votes because its journal was damaged: it may have sent votes that it does not know.
    /// It stays so; the fleet replaces it by a change of voters.
    /// </summary>
    public bool Abstains { get; private set; }

    /// <summary>Current view of the epoch.</summary>
    public uint View { get; private set; }

    public QuorumStatistics Statistics { get; } = new();

    /// <summary>
    /// Asks the fleet for a decision. It stays asked for until decided, withdrawn or without meaning.
    /// </summary>
    /// <returns>False when it is malformed or means nothing under the present state.</returns>
    public bool Propose(in Decision decision, long nowNs)
    {
        if (!State.Allows(decision))
        {
            return false;
        }

        if (!_wishes.Contains(decision))
        {
            _wishes.Add(decision);
            Step(nowNs);
        }

        return true;
    }

    /// <summary>Stops asking. Votes already given stand.</summary>
    public void Withdraw(in Decision decision) => _wishes.Remove(decision);

    /// <summary>
    /// Which of its wishes a member asks for, one at a time: 0 the best, k &gt; 0 the k-th after it, over and over. Who never
    /// changes it waits with all others while nobody supports the best.
    /// </summary>
    /// <value>Not negative; default 0.</value>
    public long Turn { get; set; }

    /// <summary>Whether this member is asking for the decision.</summary>
    public bool IsProposed(in Decision decision) => _wishes.Contains(decision);

    /// <summary>Voters known to have signed a request for the decision in this epoch, this member included; changes nothing.</summary>
    public int Askers(in Decision decision) =>
        _table.Find(0, VotePhase.Request)?.Count(decision, State.Voters) ?? 0;

    /// <summary>Whether the member is known to have signed a request for the decision in this epoch.</summary>
    public bool IsAskedBy(int member, in Decision decision) =>
        _table.Find(0, VotePhase.Request) is { } round && round.Has(member) && round.DecisionOf(member) == decision;

    /// <summary>Lets time pass: views time out, judgement is asked anew. Call every few tens of milliseconds.</summary>
    public void Tick(long nowNs)
    {
        Step(nowNs);
        SynchroniseViews(nowNs);
    }

    /// <summary>Takes in an override from the operator's console.</summary>
    /// <returns>False when it is not the next in sequence or not the operator's.</returns>
    public bool ApplyOverride(HumanOverride order, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(order);
        bool accepted = TryAcceptOverride(order, nowNs);
        Step(nowNs);
        return accepted;
    }

    /// <summary>Height of a member's log by a message that it signed for this fleet.</summary>
    /// <returns>False for anything else.</returns>
    public static bool TryReadHeight(
        ReadOnlySpan<byte> message, ulong fleetId, ISignatureScheme keys, out int member, out uint height)
    {
        ArgumentNullException.ThrowIfNull(keys);
        (member, height) = (-1, 0);
        int body = message.Length - ISignatureScheme.SignatureBytes;
        if (body < MessageHeader.EncodedBytes || !MessageHeader.TryRead(message, out MessageHeader header)
            || header.FleetId != fleetId || !keys.Verify(header.Sender, message[..body], message[body..]))
        {
            return false;
        }

        (member, height) = (header.Sender, header.Epoch - 1);
        return true;
    }

    /// <summary>Next event, oldest first.</summary>
    public bool TryTakeEvent(out QuorumEvent happened) => _events.TryDequeue(out happened);

    /// <summary>
    /// The permit to lift one stop of this rover's own gate, once the fleet or the operator has decided so.
    /// </summary>
    public bool TryIssuePermit(uint stopId, out ResumePermit permit)
    {
        bool decided = stopId != 0 && State.ResumedStop(Self) == stopId;
        ResumeAuthority authority = State.IsResumedByHuman(Self) ? ResumeAuthority.Operator : ResumeAuthority.Quorum;
        permit = decided ? new ResumePermit(authority, stopId) : default;
        return decided;
    }

    /// <summary>The lock, for comparison with the model and the embedded twin.</summary>
    internal (bool IsLocked, uint View, Decision Decision) Lock => (_locked, _lockedView, _lockedDecision);

    /// <summary>This member's own vote of a view and phase of the current epoch; null when it cast none.</summary>
    internal Decision? OwnVote(uint view, VotePhase phase) =>
        _table.Find(view, phase) is { } round && round.Has(Self) ? round.DecisionOf(Self) : null;

    /// <summary>The view of this member's newest view-change; 0 for none.</summary>
    internal uint WantedView => _viewChanges.Of(Self);

    /// <summary>All votes known of the current epoch as text, the same for the same votes.</summary>
    internal string VotesDigest() => string.Join(' ', Enumerable.Range(0, _options.Members).Select(_viewChanges.Of)) + ' '
        + string.Join(' ', _table.Rounds.SelectMany(round =>
        Enumerable.Range(0, _options.Members).Where(round.Has)
            .Select(i => FormattableString.Invariant($"{round.View}.{(int)round.Phase}.{i}.{(int)round.DecisionOf(i).Kind}.{round.DecisionOf(i).Value}"))));

    private int VotesNeeded => QuorumRules.Votes(State.VoterCount, _options.Model);

    private void Report(QuorumEventKind kind, long nowNs, int member, in Decision decision = default, ulong voters = 0) =>
        _events.Enqueue(new QuorumEvent(kind, Epoch, View, member, decision, voters, nowNs));
}
