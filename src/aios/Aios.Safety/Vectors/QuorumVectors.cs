using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Safety.Vectors;

/// <summary>
/// Drives one member of a quorum through proposals, votes of others, lies and time-outs: its core with votes that count as
/// verified, or with its wire format, messages as bytes with signatures good and bad.
/// </summary>
internal static class QuorumVectors
{
    private const int StepsPerMember = 250;

    private static readonly Decision[] Pool =
    [
        new(DecisionKind.FleetHalt), new(DecisionKind.FleetResume), new(DecisionKind.DeclareLost, 1), new(DecisionKind.Readmit, 1),
        new(DecisionKind.TakeOverRole, 1, 2), new(DecisionKind.EnterHazardZone, 2, 1), new(DecisionKind.LeaveHazardZone, 2, 1),
        new(DecisionKind.ChangeSpeedLimit, Value: 100_000), new(DecisionKind.ResumeRover, 0, 0, 3),
        new(DecisionKind.ChangeVoters, Value: 5), new(DecisionKind.ChangeVoters, Value: 7), new(DecisionKind.FleetHalt, 1),
    ];

    public static void Write(VectorWriter writer, SeededRandom random, int steps, bool wire)
    {
        int[] sizes = [3, 4, 7];
        for (int done = 0; done < steps; done += StepsPerMember)
        {
            int members = sizes[random.NextInt(3)];
            FaultModel model = members > 3 && random.NextBool() ? FaultModel.Byzantine : FaultModel.Crash;
            var options = new QuorumOptions
            {
                Members = members,
                Model = model,
                FleetId = wire ? random.NextUInt64() : 0,
                SharedReasonKinds = random.NextInt(3) switch { 0 => 0, 1 => (uint)random.NextUInt64() & 0x7FE, _ => new QuorumOptions().SharedReasonKinds },
            };
            new Member(writer, random, options, random.NextInt(members), wire).Run();
        }
    }

    private sealed class Member
    {
        private readonly VectorWriter _writer;
        private readonly SeededRandom _random;
        private readonly QuorumOptions _options;
        private readonly QuorumKernel _kernel;
        private readonly Policy _policy = new();
        private readonly WireMessages? _wire;
        private long _now = 1_000_000_000;

        public Member(VectorWriter writer, SeededRandom random, QuorumOptions options, int self, bool wire)
        {
            (_writer, _random, _options) = (writer, random, options);
            ISignatureScheme keys = wire ? new KeyedHashSignatures(self) : new NoSignatures();
            _kernel = new QuorumKernel(self, options, keys, new MemoryVoteStore(), _policy, _now);
            _wire = wire ? new WireMessages(writer, random, options, _kernel) : null;
            writer.U32(40);
            writer.I32(options.Members);
            writer.I32(self);
            writer.Bool(options.Model == FaultModel.Byzantine);
            writer.U32(options.SharedReasonKinds);
            writer.I64(options.ViewTimeoutNs);
            writer.I64(options.MostViewTimeoutNs);
            writer.I64(options.DeadLeaderTimeoutNs);
            _wire?.WriteStart();
        }

        public void Run()
        {
            for (int i = 0; i < StepsPerMember; i++)
            {
                _now += _random.NextInt(120_000_000);
                switch (_random.NextInt(10))
                {
                    case 0:
                        Propose();
                        break;
                    case 1:
                        SetPolicy();
                        break;
                    case < 4:
                        _kernel.Tick(_now);
                        _writer.U32(43);
                        _writer.I64(_now);
                        break;
                    case 4 when _wire is not null:
                        _wire.WriteOwn();
                        break;
                    default:
                        Hear();
                        break;
                }

                WriteState();
            }
        }

        private Decision Draw() => Pool[_random.NextBool(0.6) ? _random.NextInt(2) : _random.NextInt(Pool.Length)];

        private void Propose()
        {
            Decision decision = Draw();
            bool accepted = _kernel.Propose(decision, _now);
            _writer.U32(41);
            WriteDecision(decision);
            _writer.I64(_now);
            _writer.Bool(accepted);
        }

        private void SetPolicy()
        {
            _policy.Kinds = _random.NextBool(0.5) ? uint.MaxValue : (uint)_random.NextUInt64();
            _policy.Reachable = _random.NextUInt64();
            _writer.U32(44);
            _writer.U32(_policy.Kinds);
            _writer.I64(unchecked((long)_policy.Reachable));
            _kernel.Turn = _random.NextBool(0.5) ? 0 : _random.NextInt(30);
            _writer.I64(_kernel.Turn);
        }

        // Votes near the member's view, mostly for one decision, so that quorums come about; a liar says anything.
        private void Hear()
        {
            int sender = _random.NextInt(_options.Members);
            uint epoch = _random.NextBool(0.95) ? _kernel.Epoch : _kernel.Epoch + 1;
            Decision favourite = _kernel.Lock is { IsLocked: true } held && _random.NextBool(0.7) ? held.Decision : Draw();
            var votes = new List<Vote>();
            for (int i = _random.NextInt(4); i >= 0; i--)
            {
                var phase = (VotePhase)_random.NextInt(5);
                byte voter = (byte)_random.NextInt(_options.Members + 1);
                votes.Add(new Vote(epoch, DrawView(phase), phase, voter, DrawDecision(phase, favourite)));
            }

            if (_wire is not null)
            {
                _wire.Hear(sender, epoch, votes, _now);
                return;
            }

            _kernel.Receive(Message(sender, epoch, votes), _now);
            WriteMessage(sender, epoch, votes);
        }

        private uint DrawView(VotePhase phase) => phase switch
        {
            VotePhase.Request when _random.NextBool(0.9) => 0,
            VotePhase.ViewChange when _random.NextBool(0.2) => _kernel.View + (uint)_random.NextInt(40),
            _ => (uint)Math.Max(0, _kernel.View + _random.NextInt(4) - (phase == VotePhase.ViewChange ? 1 : 2)),
        };

        private Decision DrawDecision(VotePhase phase, in Decision favourite) =>
            phase == VotePhase.ViewChange && _random.NextBool(0.95) ? default : _random.NextBool(0.8) ? favourite : Draw();

        private byte[] Message(int sender, uint epoch, List<Vote> votes)
        {
            byte[] buffer = new byte[_options.MostMessageBytes];
            var writer = new WireWriter(buffer);
            new MessageHeader((byte)sender, _options.FleetId, epoch, 0, 0).Write(ref writer);
            foreach (Vote v in votes)
            {
                writer.Byte((byte)MessageSection.Votes);
                writer.UInt32(v.View);
                writer.Byte((byte)v.Phase);
                writer.Decision(v.Decision);
                writer.Signatures([new VoterSignature(v.Voter, new byte[ISignatureScheme.SignatureBytes])]);
            }

            return buffer[..(writer.Length + ISignatureScheme.SignatureBytes)];
        }

        private void WriteMessage(int sender, uint epoch, List<Vote> votes)
        {
            _writer.U32(42);
            _writer.I32(sender);
            _writer.U32(epoch);
            _writer.I64(_now);
            _writer.I32(votes.Count);
            foreach (Vote v in votes)
            {
                _writer.U32(v.View);
                _writer.U32((uint)v.Phase);
                _writer.U32(v.Voter);
                WriteDecision(v.Decision);
            }
        }

        private void WriteState()
        {
            _writer.U32(_wire is null ? 45u : 49u);
            _writer.U32(_kernel.Epoch);
            _writer.U32(_kernel.View);
            _writer.U32(_kernel.WantedView);
            _writer.Bool(_kernel.Lock.IsLocked);
            _writer.U32(_kernel.Lock.IsLocked ? _kernel.Lock.View : 0);
            foreach (VotePhase phase in (VotePhase[])[VotePhase.Prepare, VotePhase.Commit])
            {
                Decision? own = _kernel.OwnVote(_kernel.View, phase);
                _writer.Bool(own is not null);
                WriteDecision(own ?? default);
            }

            _writer.Bool(_kernel.State.FleetHalted);
            _writer.I64(unchecked((long)_kernel.State.Lost));
            _writer.I64(unchecked((long)_kernel.State.Voters));
            _writer.I64(_kernel.State.SpeedLimit);
            _writer.Bool(_kernel.State.HumanHalted);
            _writer.I64(unchecked((long)_kernel.State.HazardPermits(_kernel.Self)));
            _writer.U32(_kernel.State.ResumedStop(_kernel.Self));
            _writer.Bool(_kernel.State.IsResumedByHuman(_kernel.Self));
            _writer.I32(_kernel.Overrides.Count);
        }

        private void WriteDecision(in Decision d)
        {
            _writer.U32((uint)d.Kind | ((uint)d.Subject << 8) | ((uint)d.Object << 16));
            _writer.U32(d.Argument);
            _writer.I64(d.Value);
        }
    }

    private sealed class Policy : IDecisionPolicy
    {
        public uint Kinds { get; set; } = uint.MaxValue;

        public ulong Reachable { get; set; } = ulong.MaxValue;

        public bool Endorses(in Decision decision, long nowNs) => ((Kinds >> (int)decision.Kind) & 1) != 0;

        public bool IsReachable(int member) => ((Reachable >> member) & 1) != 0;
    }

    /// <summary>The twin's core sees votes only after their signatures were verified.</summary>
    private sealed class NoSignatures : ISignatureScheme
    {
        public void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => signature.Clear();

        public bool Verify(int member, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => true;
    }
}
