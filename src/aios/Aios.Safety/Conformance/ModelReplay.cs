using Aios.Safety.Quorum;

namespace Aios.Safety.Conformance;

/// <summary>What became of a trace on the kernel.</summary>
/// <param name="Followed">Actions that the kernel took, with the model's state after each.</param>
/// <param name="Refused">The action that it did not take, and why; null when it took all.</param>
/// <param name="Violation">An invariant that broke, or a difference from the model; null when none did.</param>
public sealed record ReplayResult(int Followed, string? Refused, string? Violation);

/// <summary>
/// Drives <see cref="QuorumKernel"/> and <see cref="SafetyGate"/> through a trace of the Promela model: each action is put to
/// the kernel of its member with the votes that the action rests on, then votes, lock and view are compared with what the
/// model printed and the invariants are checked: one vote per view and phase, no two certificates, no vote that the model
/// does not allow there, no resume without a certificate.
/// </summary>
/// <remarks>
/// A liar has no kernel: its votes, each well signed, are shown to whom they help along, so that it says one thing to one and
/// another to another. Who of the model sits where in the kernel tells <see cref="ModelTrace.SeatOf"/>. The kernel is stricter than
/// the model in one rule: a leader that knows a prepare quorum carries it on, where the model lets an unlocked one propose
/// anything; and in one of the gate: each new stop needs a permit of its own. A trace of a broken variant is refused.
/// </remarks>
public sealed class ModelReplay
{
    private static readonly Decision One = new(DecisionKind.ChangeSpeedLimit, Value: 500_000);
    private static readonly Decision Two = new(DecisionKind.ResumeRover, Argument: 1);
    private readonly ModelTrace _trace;
    private readonly IReadOnlyList<ISignatureScheme> _keys;
    private readonly QuorumOptions _options;
    private readonly ModelState _model;
    private readonly Member[] _members;
    private readonly Dictionary<(int Member, VotePhase Phase, uint View), Decision> _stored = [];
    private readonly SafetyGate _gate = new(new GateOptions(), SafetyZones.None);
    private QuorumCertificate? _certificate;
    private string? _violation;

    private ModelReplay(ModelTrace trace, IReadOnlyList<ISignatureScheme> keys, bool forgetful)
    {
        _trace = trace;
        _keys = keys;
        _options = new QuorumOptions { FleetId = 7, Members = trace.Total, Model = trace.Faulty > 0 ? FaultModel.Byzantine : FaultModel.Crash };
        _model = new ModelState(trace, _options.Model);
        _members = [.. Enumerable.Range(0, trace.Members).Select(m => new Member(this, m, forgetful))];
    }

    /// <summary>Runs a trace to its end or to the first action that the kernel refuses.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="keys">Keys of at least as many members, by index. Not owned.</param>
    /// <param name="forgetful">A deliberately broken kernel, which loses its journal with power.</param>
    public static ReplayResult Run(ModelTrace trace, IReadOnlyList<ISignatureScheme> keys, bool forgetful = false)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return new ModelReplay(trace, keys, forgetful).Run();
    }

    private ReplayResult Run()
    {
        for (int i = 0; i < _trace.Actions.Count; i++)
        {
            ModelAction action = _trace.Actions[i];
            string? refused = Take(action);
            if (refused is not null && _trace.Holds && !IsStricterRule(action))
            {
                _violation ??= "the kernel refuses what the model allows: " + refused;
            }

            if (refused is not null || _violation is not null)
            {
                string where = $"{_trace.Name}, action {i + 1} ({action.Kind} of member {action.Member} in view {action.View})";
                return new ReplayResult(i, refused is null ? null : $"{where}: {refused}", _violation is null ? null : $"{where}: {_violation}");
            }
        }

        return new ReplayResult(_trace.Actions.Count, null, null);
    }

    private string? Take(in ModelAction action)
    {
        Member member = _members[action.Member];
        string? refused = action.Kind switch
        {
            ModelActionKind.Prepare => member.Vote(VotePhase.Prepare, action.View, action.Prepared, PrepareRestsOn(action)),
            ModelActionKind.Commit => member.Vote(VotePhase.Commit, action.View, action.Committed, QuorumFor(action.View, action.Committed)),
            ModelActionKind.NextView => member.NextView(action.View),
            ModelActionKind.Restart => member.Restart(),
            ModelActionKind.Certificate => Certify(action),
            ModelActionKind.Stop => Stop(),
            _ => Resume(),
        };
        _model.Follow(action);
        if (refused is null && action.Kind <= ModelActionKind.Restart)
        {
            refused = member.DifferenceFrom(action);
        }

        return refused;
    }

    /// <summary>A leader that knows a prepare quorum carries it on; the model lets an unlocked one propose anything.</summary>
    private bool IsStricterRule(in ModelAction action)
    {
        if (action.Kind != ModelActionKind.Prepare || _model.Leader(action.View) != action.Member)
        {
            return false;
        }

        int other = 3 - action.Prepared;
        return Enumerable.Range(0, (int)action.View).Any(v => _model.HasQuorum(VotePhase.Prepare, (uint)v, other));
    }

    private List<(VotePhase Phase, uint View, int Value, int Voter)> PrepareRestsOn(in ModelAction action)
    {
        var votes = new List<(VotePhase, uint, int, int)>();
        int leader = _model.Leader(action.View);
        if (action.View == 0 || leader == action.Member)
        {
            votes.Add((VotePhase.Request, 0, action.Prepared, (action.Member + 1) % _trace.Members));
        }
        else
        {
            votes.Add((VotePhase.Prepare, action.View, action.Prepared, leader));
        }

        int locked = _model.LockOf(action.Member);
        if (locked != 0 && locked != action.Prepared && _model.Justification(action.Member, action.View, action.Prepared) is { } view)
        {
            votes.AddRange(QuorumFor(view, action.Prepared));
        }

        return votes;
    }

    private List<(VotePhase Phase, uint View, int Value, int Voter)> QuorumFor(uint view, int value) =>
        [.. _model.Voters(VotePhase.Prepare, view, value).Select(voter => (VotePhase.Prepare, view, value, voter))];

    private string? Certify(in ModelAction action)
    {
        int value = action.Certified2 && (_certificate is null || _certificate.Decision != Two) ? 2 : 1;
        var log = new DecisionLog(_options.FleetId);
        ulong voters = (1UL << _trace.Total) - 1;
        for (uint view = 0; view < 8; view++)
        {
            List<VoterSignature> signatures = [.. _model.Voters(VotePhase.Commit, view, value)
                .Select(m => SignatureOf(VotePhase.Commit, view, value, m, log.Head))];
            var certificate = new QuorumCertificate(1, view, DecisionOf(value), signatures);
            if (QuorumCertificates.IsValid(certificate, _options.FleetId, log.Head, voters, _options.Model, _keys[0]))
            {
                _violation ??= _certificate is not null && _certificate.Decision != certificate.Decision ? "two certificates in one epoch" : null;
                _certificate = certificate;
                return null;
            }
        }

        return "no valid certificate can be made of the commits";
    }

    private string? Stop()
    {
        _gate.Stop(GateReason.SelfStop);
        return null;
    }

    /// <summary>The rover learns of the certificate and asks its kernel for a permit; a second stop keeps the gate latched.</summary>
    private string? Resume()
    {
        var kernel = new QuorumKernel(0, _options, _keys[0], new MemoryVoteStore(), new ReplayPolicy(), 0);
        if (_certificate is not null)
        {
            kernel.Receive(ComposeCertificate(_certificate), 0);
        }

        bool permitted = kernel.TryIssuePermit(1, out ResumePermit permit);
        bool lifted = permitted && _gate.TryResume(permit);
        _violation ??= lifted && _certificate?.Decision != Two ? "a resume without a certificate" : null;
        return permitted && (lifted || _gate.StopId > 1) ? null : "the gate got no permit";
    }

    private void OnAttempt(int member, in Vote vote)
    {
        if (!_model.Allows(member, vote.Phase, vote.View, vote.Decision == Two ? 2 : 1))
        {
            _violation ??= $"member {member} would cast {vote.Phase} in view {vote.View}, which the model forbids";
        }
    }

    private void OnStored(int member, in Vote vote)
    {
        _model.Cast(member, vote.Phase, vote.View, vote.Decision == Two ? 2 : 1);
        if (!_stored.TryAdd((member, vote.Phase, vote.View), vote.Decision) && _stored[(member, vote.Phase, vote.View)] != vote.Decision)
        {
            _violation ??= $"member {member} voted twice in view {vote.View}";
        }
    }

    private static Decision DecisionOf(int value) => value switch { 0 => default, 1 => One, _ => Two };

    private VoterSignature SignatureOf(VotePhase phase, uint view, int value, int member, ReadOnlySpan<byte> head)
    {
        Span<byte> signed = stackalloc byte[Vote.SignedBytes];
        new Vote(1, view, phase, (byte)_trace.SeatOf(member), DecisionOf(value)).WriteSigned(signed, _options.FleetId, head);
        byte[] signature = new byte[ISignatureScheme.SignatureBytes];
        _keys[_trace.SeatOf(member)].Sign(signed, signature);
        return new VoterSignature((byte)_trace.SeatOf(member), signature);
    }

    private byte[] ComposeVotes(int sender, IReadOnlyList<(VotePhase Phase, uint View, int Value, int Voter)> votes, ReadOnlySpan<byte> head)
    {
        byte[] buffer = new byte[_options.MostMessageBytes];
        var writer = new WireWriter(buffer);
        new MessageHeader((byte)sender, _options.FleetId, 1, 0, 0).Write(ref writer);
        foreach (var same in votes.GroupBy(vote => (vote.Phase, vote.View, vote.Value)))
        {
            (VotePhase phase, uint view, int value) = same.Key;
            writer.Byte((byte)MessageSection.Votes);
            writer.UInt32(view);
            writer.Byte((byte)phase);
            writer.Decision(DecisionOf(value));
            var signatures = new List<VoterSignature>();
            foreach (var vote in same)
            {
                signatures.Add(SignatureOf(phase, view, value, vote.Voter, head));
            }

            writer.Signatures(signatures);
        }

        return Sign(sender, buffer, writer.Length);
    }

    private byte[] ComposeCertificate(QuorumCertificate certificate)
    {
        byte[] buffer = new byte[_options.MostMessageBytes];
        var writer = new WireWriter(buffer);
        new MessageHeader(1, _options.FleetId, 1, 0, 0).Write(ref writer);
        writer.Byte((byte)MessageSection.Certificate);
        QuorumCertificates.Write(ref writer, certificate);
        return Sign(1, buffer, writer.Length);
    }

    private byte[] Sign(int sender, byte[] buffer, int body)
    {
        _keys[sender].Sign(buffer.AsSpan(0, body), buffer.AsSpan(body, ISignatureScheme.SignatureBytes));
        return buffer[..(body + ISignatureScheme.SignatureBytes)];
    }

    /// <summary>One member's kernel with its journal, judgement and clock.</summary>
    private sealed class Member
    {
        private readonly ModelReplay _replay;
        private readonly int _member;
        private readonly ReplayPolicy _policy = new();
        private readonly ReplayStore _store;
        private QuorumKernel _kernel;
        private long _nowNs = 1_000_000_000;

        public Member(ModelReplay replay, int member, bool forgetful)
        {
            (_replay, _member) = (replay, member);
            _store = new ReplayStore(vote => replay.OnAttempt(member, vote), vote => replay.OnStored(member, vote), forgetful);
            _kernel = Start();
        }

        public string? Vote(VotePhase phase, uint view, int value, IReadOnlyList<(VotePhase Phase, uint View, int Value, int Voter)> restsOn)
        {
            Decision decision = DecisionOf(value);
            _policy.Only = decision;
            _store.Permitted = (phase, view, decision);
            Deliver(restsOn);
            _kernel.Tick(_nowNs);
            _store.Permitted = null;
            return _kernel.OwnVote(view, phase) == decision ? null : $"it does not cast {phase} for decision {value}";
        }

        public string? NextView(uint view)
        {
            _policy.Only = null;
            Deliver([.. Enumerable.Range(1, _replay._trace.Total - 1)
                .Select(i => (VotePhase.ViewChange, view, 0, (_member + i) % _replay._trace.Total))]);
            return _kernel.View == view ? null : $"it is in view {_kernel.View}";
        }

        public string? Restart()
        {
            _kernel = Start();
            return null;
        }

        public string? DifferenceFrom(in ModelAction model)
        {
            (bool isLocked, uint lockedView, Decision locked) = _kernel.Lock;
            var own = (_kernel.View, Value(_kernel.OwnVote(model.View, VotePhase.Prepare)), Value(_kernel.OwnVote(model.View, VotePhase.Commit)),
                isLocked ? Value(locked) : 0, isLocked ? lockedView : 0);
            var expected = (model.View, model.Prepared, model.Committed, model.LockedValue, model.LockedView);
            return own == expected ? null : $"view, prepared, committed, lock and its view are {own}, in the model {expected}";
        }

        private QuorumKernel Start()
        {
            int self = _replay._trace.SeatOf(_member);
            return new QuorumKernel(self, _replay._options, _replay._keys[self], _store, _policy, _nowNs);
        }

        private void Deliver(IReadOnlyList<(VotePhase Phase, uint View, int Value, int Voter)> votes)
        {
            int sender = _replay._trace.SeatOf((_member + 1) % _replay._trace.Total);
            _kernel.Receive(_replay.ComposeVotes(sender, votes, _kernel.Log.Head), _nowNs);
        }

        private static int Value(Decision? decision) => decision is null ? 0 : decision == Two ? 2 : 1;
    }
}
