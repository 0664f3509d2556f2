using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Mission;
using Aios.Nodes;
using Aios.Safety.Quorum;
using ROS2;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>
/// Watches a fragment from outside and knows what must never be: a command at the wheels that is beyond the limits, or
/// other than zero when the rover must stand; two decisions in one epoch; two votes of an honest rover in one view; a halt
/// of all for which too few have asked. It shares no code with gate, monitor and fleet link, and hears everything undisturbed.
/// </summary>
internal sealed class FragmentJudge
{
    private const double Tolerance = 1.001;
    private const double MaxYawRate = 0.6;
    private readonly Func<double> _now;
    private readonly RoverConfiguration[] _rovers;
    private readonly Rover[] _states;
    private readonly int _liars;
    private readonly FragmentPlan _plan;
    private readonly Dictionary<long, string> _decided = [];
    private readonly Dictionary<(int Voter, uint Epoch, uint View, VotePhase Phase), Decision> _votes = [];
    private readonly HashSet<string> _violations = [];

    /// <param name="node">A node on a host that hears all rovers undisturbed.</param>
    /// <param name="rovers">What the rovers were told.</param>
    /// <param name="plan">Who lies, what is not held against the fleet, and who asks for what.</param>
    public FragmentJudge(Node node, RoverConfiguration[] rovers, FragmentPlan plan)
    {
        (_rovers, _liars, _plan) = (rovers, plan.Liars, plan);
        _now = () => node.Clock.NowNanoseconds * 1e-9;
        _states = [.. rovers.Select(_ => new Rover())];
        for (var i = 0; i < rovers.Length; i++)
        {
            var rover = i;
            node.CreateSubscription<Event>(Topics.Of(rovers[i].Name, Topics.Events), m => OnEvent(rover, m), QosProfile.KeepLast(100));
            node.CreateSubscription<aios_interfaces.msg.Heartbeat>(
                Topics.Of(rovers[i].Name, Topics.Heartbeat), m => OnHeartbeat(rover, m), QosProfile.SensorDataProfile);
            node.CreateSubscription<FleetState>(Topics.Of(rovers[i].Name, Topics.FleetState), m => OnFleetState(rover, m));
            node.CreateSubscription<QuorumMessage>(
                Topics.Of(rovers[i].Name, Topics.Quorum), m => OnQuorum(rover, m), QosProfile.SensorDataProfile.WithKeepLast(100));
        }
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

    /// <summary>A rover's computer has started.</summary>
    public void OnBoot(int rover) => _states[rover].BootS = _now();

    /// <summary>A rover's computer has died for good: nobody waits for it any more.</summary>
    public void OnDeath(int rover) => _states[rover].IsDead = true;

    /// <summary>A driver sent something that a gate may follow.</summary>
    public void OnFreshCommand(int rover) => _states[rover].FreshS = _now();

    /// <summary>The rover's IMU gave a sample.</summary>
    public void OnImu(int rover) => _states[rover].ImuS = _now();

    /// <summary>The rover's gate was asked to stop.</summary>
    public void OnStopRequest(int rover) => _states[rover].StoppedS = _now();

    /// <summary>A command reached a rover's wheels.</summary>
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
        const double StaleS = 0.75, BlindS = 0.5, StopS = 0.3, HaltS = 0.5, BootS = 1;
        var now = _now();
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

    /// <summary>Which rover knows how many decisions, and what is open, in words.</summary>
    public string Standing() => FormattableString.Invariant(
        $"decisions known {string.Join(' ', _states.Select((s, i) => i < _liars ? "liar" : s.IsDead ? "dead" : $"{s.Height}"))}, voted up to {VotedEpoch}, last decided at {LastDecisionS:0.0} s");

    private double LastDecisionS { get; set; } = double.NegativeInfinity;

    private long LastEpoch => _decided.Count == 0 ? 0 : _decided.Keys.Max();

    private long VotedEpoch =>
        _votes.Keys.Where(vote => vote.Phase == VotePhase.Commit).Select(vote => (long)vote.Epoch).DefaultIfEmpty(0).Max();

    private void OnEvent(int rover, Event message)
    {
        if (message.Kind == EventKinds.QuorumDecision)
        {
            OnDecision(rover, message);
        }
        else if (message.Kind == EventKinds.QuorumAlarm && message.Detail == nameof(QuorumEventKind.ForkDetected) && rover >= _liars)
        {
            Accuse($"{_rovers[rover].Name} saw a fork");
        }
        else if (message.Kind == EventKinds.QuorumVote && rover >= _liars)
        {
            Votes++;
        }
    }

    private void OnDecision(int rover, Event message)
    {
        if (message.Detail == "resume_rover" && _plan.Roster.ToList().IndexOf(message.Subject) is >= 0 and var subject)
        {
            // Whoever tells of it: a rover that crashes with the certificate in its journal does not.
            _states[subject].StoppedS = double.PositiveInfinity;
        }

        if (rover < _liars || message.Values.Count < 2)
        {
            return;
        }

        var epoch = (long)message.Values[1];
        var what = $"{message.Detail} of {message.Subject}";
        if (_decided.TryAdd(epoch, what))
        {
            LastDecisionS = _now();
            CheckReasons(message.Detail);
        }
        else if (_decided[epoch] != what)
        {
            Accuse($"epoch {epoch} is decided as {_decided[epoch]} and, by {_rovers[rover].Name}, as {what}");
        }
    }

    /// <summary>Nobody halts all because one rover cries: it takes two that ask for it, and one more than may lie.</summary>
    private void CheckReasons(string decision)
    {
        const double MostClockErrorS = 5;
        var asked = _plan.Orders.Where(order => order.Kind == DecisionKind.FleetHalt && order.By != FleetOrder.Operator
            && order.At <= _now() + MostClockErrorS).Select(order => order.By).Union(_plan.Roster.Take(_liars)).Count();
        if (decision == "fleet_halt" && asked < Math.Max(2, ((_rovers.Length - 1) / 3) + 1))
        {
            Accuse($"the fleet halts on the word of {asked} rovers");
        }
    }

    private void OnHeartbeat(int rover, aios_interfaces.msg.Heartbeat message)
    {
        if (rover >= _liars)
        {
            _states[rover].Height = message.DecisionHeight;
        }
    }

    /// <summary>A late rover learns of orders and decisions in another order than they hold in: it is its state that counts.</summary>
    private void OnFleetState(int rover, FleetState message)
    {
        var state = _states[rover];
        state.HaltedS = message.Halted ? Math.Min(state.HaltedS, _now()) : double.PositiveInfinity;
    }

    private void OnQuorum(int rover, QuorumMessage message)
    {
        if (rover < _liars)
        {
            return;
        }

        foreach (var vote in MessageInspector.VotesBy(rover, CollectionsMarshal.AsSpan(message.Data)))
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
    }
}
