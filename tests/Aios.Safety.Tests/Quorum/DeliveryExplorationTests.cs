using System.Globalization;
using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

/// <summary>
/// Systematic exploration: every order of deliveries, losses, time-outs and one crash of a small fleet, to a depth. A
/// state is reached by replaying its actions on new kernels; states that were seen before are not gone on from.
/// </summary>
public class DeliveryExplorationTests
{
    /// <summary>Distinct states per configuration in a test run; the full run sets AIOS_SAFETY_STATES=1000000.</summary>
    private static readonly int MostStates =
        int.TryParse(Environment.GetEnvironmentVariable("AIOS_SAFETY_STATES"), CultureInfo.InvariantCulture, out int n) ? n : 2500;

    [Trait("Requirement", "SAF-QUO-001")]
    [Trait("Requirement", "SAF-QUO-002")]
    [Theory]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Explore_EveryDeliveryOrderToADepth_NoConflictAndNoDoubleVote(int members, bool crash)
    {
        var exploration = new Exploration(members, crash, forgetful: false);
        exploration.Run(MostStates);

        Assert.Null(exploration.Violation);
        Assert.True(exploration.States >= MostStates, $"{exploration.States} states");
        Assert.True(exploration.Decided > 0 || members > 3, "no path decided anything");
    }

    [Fact]
    public void Explore_JournalLostInTheCrash_FindsTheDoubleVote()
    {
        var exploration = new Exploration(3, crash: true, forgetful: true);
        exploration.Run(20_000);

        Assert.NotNull(exploration.Violation);
    }

    /// <summary>One step of the world.</summary>
    private readonly record struct Step(char Kind, int Member, int Other);

    private sealed class Exploration(int members, bool crash, bool forgetful)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

        public int States => _seen.Count;

        public int Decided { get; private set; }

        public string? Violation { get; private set; }

        /// <summary>Breadth first, so that the shortest counterexample is found first.</summary>
        public void Run(int mostStates)
        {
            var open = new Queue<Step[]>();
            open.Enqueue([]);
            while (open.TryDequeue(out Step[]? path) && _seen.Count < mostStates && Violation is null)
            {
                World world = Replay(path);
                foreach (Step step in world.Enabled(crash))
                {
                    Step[] next = [.. path, step];
                    World after = Replay(next);
                    Violation ??= after.Violation is { } found ? $"{found} after {string.Join(' ', next.Select(s => $"{s.Kind}{s.Member}{s.Other}"))}" : null;
                    if (_seen.Add(after.Fingerprint()))
                    {
                        Decided += after.HasDecided ? 1 : 0;
                        open.Enqueue(next);
                    }
                }
            }
        }

        private World Replay(Step[] path)
        {
            var world = new World(members, forgetful);
            foreach (Step step in path)
            {
                world.Take(step);
            }

            return world;
        }
    }

    /// <summary>Members that want opposite things, and the newest message of each on its way to each other.</summary>
    private sealed class World
    {
        private static readonly Decision[] Wishes =
        [
            new(DecisionKind.ChangeSpeedLimit, Value: 1), new(DecisionKind.ChangeSpeedLimit, Value: 2),
        ];

        private readonly QuorumOptions _options;
        private readonly MemoryVoteStore[] _stores;
        private readonly QuorumKernel[] _kernels;
        private readonly byte[]?[,] _air;
        private readonly Dictionary<(int Member, uint Epoch, uint View, VotePhase Phase), Decision> _votes = [];
        private readonly bool _forgetful;
        private long _nowNs = 1_000_000_000;
        private long _pollNs = 1_000_000_000;
        private int _timeouts;
        private int _crashes;

        public World(int members, bool forgetful)
        {
            _forgetful = forgetful;
            _options = new QuorumOptions { Members = members, ViewTimeoutNs = 1_000_000, DeadLeaderTimeoutNs = 1_000_000 };
            _stores = [.. Enumerable.Range(0, members).Select(_ => new MemoryVoteStore())];
            _air = new byte[]?[members, members];
            _kernels = [.. Enumerable.Range(0, members).Select(Start)];
            for (int i = 0; i < members; i++)
            {
                _kernels[i].Propose(Wishes[i % 2], _nowNs);
                Send(i);
            }
        }

        public string? Violation { get; private set; }

        public bool HasDecided => _kernels.Any(k => k.Log.Height > 0);

        public IEnumerable<Step> Enabled(bool crash)
        {
            for (int from = 0; from < _kernels.Length; from++)
            {
                for (int to = 0; to < _kernels.Length; to++)
                {
                    if (_air[from, to] is not null)
                    {
                        yield return new Step('d', from, to);
                    }
                }

                if (_timeouts < 2)
                {
                    yield return new Step('t', from, 0);
                }

                if (crash && _crashes == 0)
                {
                    yield return new Step('c', from, 0);
                }
            }
        }

        // A message that is overtaken by a newer one of the same sender is as good as lost: it holds no vote that the
        // newer one lacks. So losses need no step of their own.
        public void Take(Step step)
        {
            _nowNs += 10_000_000;
            switch (step.Kind)
            {
                case 'd':
                    byte[] message = _air[step.Member, step.Other]!;
                    _air[step.Member, step.Other] = null;
                    _kernels[step.Other].Receive(message, _nowNs);
                    Send(step.Other);
                    break;
                case 't':
                    _timeouts++;
                    _kernels[step.Member].Tick(_nowNs);
                    _nowNs += 20_000_000_000;
                    _kernels[step.Member].Tick(_nowNs);
                    Send(step.Member);
                    break;
                default:
                    _crashes++;
                    Crash(step.Member);
                    break;
            }

            Check();
        }

        public string Fingerprint()
        {
            var text = new System.Text.StringBuilder();
            foreach (QuorumKernel k in _kernels)
            {
                text.Append(k.Epoch).Append(',').Append(k.View).Append(',').Append(k.Lock).Append(',').Append(k.State.SpeedLimit).Append(';');
                text.Append(k.VotesDigest()).Append('|');
            }

            foreach (byte[]? message in _air)
            {
                text.Append(message is null ? "-" : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(message).AsSpan(0, 6)));
            }

            return text.Append(_timeouts).Append(_crashes).ToString();
        }

        private QuorumKernel Start(int member) => new(
            member, _options, new FakeSignatures(member), _stores[member], new TestPolicy { EndorsesAll = true }, _nowNs);

        private void Crash(int member)
        {
            if (_forgetful)
            {
                _stores[member] = new MemoryVoteStore();
            }

            _kernels[member] = Start(member);
            _kernels[member].Propose(Wishes[(member + 1) % 2], _nowNs);
            Send(member);
        }

        private void Send(int member)
        {
            // Long after the last one, so that spacing and repetition never withhold it.
            _pollNs += 1_000_000_000_000;
            byte[] message = _kernels[member].PollMessage(_pollNs).ToArray();
            Audit(member, message);
            for (int to = 0; to < _kernels.Length; to++)
            {
                if (to != member)
                {
                    _air[member, to] = message;
                }
            }
        }

        private void Audit(int member, byte[] message)
        {
            foreach (Vote vote in MessageInspector.VotesBy(member, message).Where(v => v.Phase != VotePhase.Request))
            {
                var key = (member, vote.Epoch, vote.View, vote.Phase);
                if (!_votes.TryAdd(key, vote.Decision) && _votes[key] != vote.Decision)
                {
                    Violation ??= $"member {member} voted twice";
                }
            }
        }

        private void Check()
        {
            for (uint epoch = 1; epoch <= _kernels.Max(k => k.Log.Height); epoch++)
            {
                if (_kernels.Where(k => k.Log.Height >= epoch).Select(k => k.Log[epoch].Decision).Distinct().Count() > 1)
                {
                    Violation ??= $"epoch {epoch} has two decisions";
                }
            }
        }
    }
}
