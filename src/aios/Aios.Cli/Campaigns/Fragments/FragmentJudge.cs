using Aios.Mission;
using Aios.Nodes;
using Aios.Safety.Quorum;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>
/// Watches a fragment from outside and knows what must never be: a command at the wheels that is beyond the limits, or
/// other than zero when the rover must stand; two decisions in one epoch; two votes of an honest rover in one view; a halt
/// of all for which too few have asked. It shares no code with gate, monitor and fleet link, and hears everything undisturbed,
/// as it happens (<see cref="FragmentWitness"/>) or afterwards (<see cref="Dds.EvidenceReader"/>).
/// </summary>
internal sealed class FragmentJudge : IFragmentObserver
{
    private const double Tolerance = 1.001;
    private const double MaxYawRate = 0.6;
    private const double StopS = 0.3;
    private readonly Func<double> _now;
    private readonly RoverConfiguration[] _rovers;
    private readonly Rover[] _states;
    private readonly int _liars;
    private readonly FragmentPlan _plan;
    private readonly Dictionary<long, string> _decided = [];
    private readonly Dictionary<(int Voter, uint Epoch, uint View, VotePhase Phase), Decision> _votes = [];
    private readonly HashSet<string> _violations = [];

    /// <param name="now">Time of what it is told next, s of mission time.</param>
    /// <param name="rovers">What the rovers were told.</param>
    /// <param name="plan">Who lies, what is not held against the fleet, and who asks for what.</param>
    public FragmentJudge(Func<double> now, RoverConfiguration[] rovers, FragmentPlan plan)
    {
        (_now, _rovers, _liars, _plan) = (now, rovers, plan.Liars, plan);
        _states = [.. rovers.Select(_ => new Rover())];
    }

    /// <summary>What must not have happened, in words; each once.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Commands that reached wheels.</summary>
    public long Commands { get; private set; }

    /// <summary>Those of them that move a rover.</summary>
    public long Moves { get; private set; }

    /// <summary>Binding votes that honest rovers cast.</summary>
    public int Votes { get; private set; }

    /// <summary>Epochs that were decided.</summary>
    public int Decisions => _decided.Count;

    /// <summary>Notes a violation.</summary>
    public void Accuse(string what) => _violations.Add(what);

    /// <summary>Commands whose time says nothing, because the computer itself stood still.</summary>
    public long Unjudged { get; private set; }

    /// <summary>Between these times a rover's computer stood still, so that what it did until a second later is not judged by its time.</summary>
    public void Excuse(int rover, double fromS, double toS) => _states[rover].StandsStill.Add((fromS, toS + 1));

    /// <inheritdoc/>
    public void OnBoot(int rover) => _states[rover].BootS = _now();

    /// <inheritdoc/>
    /// <remarks>Whoever loses power before there was time to obey is not held to have been asked.</remarks>
    public void OnCrash(int rover) =>
        _states[rover].StoppedS = _now() - _states[rover].StoppedS is >= 0 and < StopS ? double.PositiveInfinity : _states[rover].StoppedS;

    /// <inheritdoc/>
    public void OnDeath(int rover) => _states[rover].IsDead = true;

    /// <inheritdoc/>
    public void OnFreshCommand(int rover) => _states[rover].FreshS = _now();

    /// <inheritdoc/>
    public void OnImu(int rover) => _states[rover].ImuS = _now();

    /// <inheritdoc/>
    public void OnStopRequest(int rover) => _states[rover].StoppedS = _now();

    /// <inheritdoc/>
    public void OnCommand(int rover, double speed, double yawRate)
    {
        Commands++;
        var state = _states[rover];
        var name = _rovers[rover].Name;
        if (!(Math.Abs(speed) <= _rovers[rover].MaxSpeed * Tolerance && Math.Abs(yawRate) <= MaxYawRate * Tolerance))
        {
            Accuse($"{name} is commanded beyond its limits");
        }

        if (speed == 0 && yawRate == 0)
        {
            return;
        }

        Moves++;
        const double StaleS = 0.75, BlindS = 0.5, HaltS = 0.5, BootS = 1;
        var now = _now();
        if (state.StandsStill.Exists(span => now >= span.FromS && now <= span.ToS))
        {
            Unjudged++;
            return;
        }

        Check(now - state.FreshS <= StaleS, "moves without a fresh command");
        Check(now - state.ImuS <= BlindS, "moves without an attitude");
        Check(!(now - state.StoppedS > StopS), "moves although it was stopped");
        Check(!(now - state.HaltedS > HaltS && now - state.BootS > BootS), "moves although it knows of a fleet halt");

        void Check(bool holds, string what)
        {
            if (!holds)
            {
                Accuse($"{name} {what}");
            }
        }
    }

    /// <summary>
    /// Whether all honest rovers that live know the same decisions, an honest one of which was made after a time, and no
    /// vote that was cast waits for its decision.
    /// </summary>
    public bool Agree(double afterS) => LastDecisionS >= afterS && VotedEpoch <= LastEpoch
        && _states.Index().All(s => s.Index < _liars || s.Item.IsDead || s.Item.Height == LastEpoch);

    /// <summary>Notes that it took too long, with which rover knows how many decisions and what is open.</summary>
    public void AccuseOfDisagreement() => Accuse(FormattableString.Invariant(
        $"no agreement after the faults ended, or a vote without its decision: decisions known {string.Join(' ', _states.Select((s, i) => i < _liars ? "liar" : s.IsDead ? "dead" : $"{s.Height}"))}, voted up to {VotedEpoch}, last decided at {LastDecisionS:0.0} s"));

    private double LastDecisionS { get; set; } = double.NegativeInfinity;

    private long LastEpoch => _decided.Count == 0 ? 0 : _decided.Keys.Max();

    private long VotedEpoch =>
        _votes.Keys.Where(vote => vote.Phase == VotePhase.Commit).Select(vote => (long)vote.Epoch).DefaultIfEmpty(0).Max();

    /// <inheritdoc/>
    public void OnEvent(int rover, string kind, string subject, string detail, long epoch)
    {
        if (kind == EventKinds.QuorumDecision)
        {
            OnDecision(rover, subject, detail, epoch);
        }
        else if (kind == EventKinds.QuorumAlarm && detail == nameof(QuorumEventKind.ForkDetected) && rover >= _liars)
        {
            Accuse($"{_rovers[rover].Name} saw a fork");
        }
        else if (kind == EventKinds.QuorumVote && rover >= _liars)
        {
            Votes++;
        }
    }

    private void OnDecision(int rover, string subject, string decision, long epoch)
    {
        if (decision == "resume_rover" && _plan.Roster.ToList().IndexOf(subject) is >= 0 and var resumed)
        {
            // Whoever tells of it: a rover that crashes with the certificate in its journal does not.
            _states[resumed].StoppedS = double.PositiveInfinity;
        }

        if (rover < _liars || epoch < 0)
        {
            return;
        }

        var what = $"{decision} of {subject}";
        if (_decided.TryAdd(epoch, what))
        {
            LastDecisionS = _now();
            CheckReasons(decision, DecisionKind.FleetHalt, "fleet_halt", "the fleet halts");
            CheckReasons(decision, DecisionKind.FleetResume, "fleet_resume", "the fleet resumes");
        }
        else if (_decided[epoch] != what)
        {
            Accuse($"epoch {epoch} is decided as {_decided[epoch]} and, by {_rovers[rover].Name}, as {what}");
        }
    }

    /// <summary>Nobody halts all, or lets all go, because one rover cries: it takes two that ask for it, and one more than may lie.</summary>
    private void CheckReasons(string decision, DecisionKind kind, string name, string what)
    {
        const double MostClockErrorS = 5;
        var asked = _plan.Orders.Where(order => order.Kind == kind && order.By != FleetOrder.Operator
            && order.At <= _now() + MostClockErrorS).Select(order => order.By).Union(_plan.Roster.Take(_liars)).Count();
        if (decision == name && asked < Math.Max(2, ((_rovers.Length - 1) / 3) + 1))
        {
            Accuse($"{what} on the word of {asked} rovers");
        }
    }

    /// <inheritdoc/>
    public void OnHeight(int rover, long height)
    {
        if (rover >= _liars)
        {
            _states[rover].Height = height;
        }
    }

    /// <inheritdoc/>
    /// <remarks>A late rover learns of orders and decisions in another order than they hold in: it is its state that counts.</remarks>
    public void OnHalted(int rover, bool halted)
    {
        var state = _states[rover];
        state.HaltedS = halted ? Math.Min(state.HaltedS, _now()) : double.PositiveInfinity;
    }

    /// <inheritdoc/>
    public void OnQuorum(int rover, ReadOnlySpan<byte> message)
    {
        if (rover < _liars)
        {
            return;
        }

        foreach (var vote in MessageInspector.VotesBy(rover, message))
        {
            var key = (rover, vote.Epoch, vote.View, vote.Phase);
            if (vote.Phase != VotePhase.Request && !_votes.TryAdd(key, vote.Decision) && _votes[key] != vote.Decision)
            {
                Accuse($"{_rovers[rover].Name} voted twice in epoch {vote.Epoch}, view {vote.View}");
            }
        }
    }

    /// <summary>What is known of one rover; times in s of mission time, infinite for never.</summary>
    private sealed class Rover
    {
        public double BootS { get; set; }

        public double FreshS { get; set; } = double.NegativeInfinity;

        public double ImuS { get; set; } = double.NegativeInfinity;

        public double StoppedS { get; set; } = double.PositiveInfinity;

        public double HaltedS { get; set; } = double.PositiveInfinity;

        public long Height { get; set; }

        public bool IsDead { get; set; }

        public List<(double FromS, double ToS)> StandsStill { get; } = [];
    }
}
