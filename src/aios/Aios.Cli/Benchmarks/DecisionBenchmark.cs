using System.Diagnostics;
using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Cli.Benchmarks;

/// <summary>Time from a proposal to the moment at which a majority of members hold the certificate.</summary>
/// <param name="Members">Members.</param>
/// <param name="Loss">Part of the messages lost.</param>
/// <param name="DeadLeaders">Members that are silent from the start.</param>
/// <param name="MedianMs">Median, ms of mission time.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="CpuMs">CPU time per decision, all members together, signatures included, ms.</param>
internal sealed record DecisionBenchmark(int Members, double Loss, int DeadLeaders, double MedianMs, double P99Ms, double CpuMs)
{
    private const long StepNs = 5_000_000;
    private const int TickEvery = 10;

    /// <summary>Decides several times over links of 10 to 30 ms.</summary>
    public static DecisionBenchmark Measure(int members, double loss, int dead, int decisions, ulong seed)
    {
        var times = new List<double>();
        var watch = Stopwatch.StartNew();
        using var fleet = new Fleet(members, loss, dead, seed);
        for (var i = 1; i <= decisions; i++)
        {
            times.Add(fleet.Decide(new Decision(DecisionKind.ChangeSpeedLimit, Value: i), dead + (i % (members - dead))));
        }

        times.Sort();
        return new DecisionBenchmark(
            members, loss, dead, times[times.Count / 2], times[(int)(0.99 * (times.Count - 1))], watch.Elapsed.TotalMilliseconds / decisions);
    }

    private sealed class Fleet : IDisposable
    {
        private readonly QuorumKernel[] _kernels;
        private readonly EcdsaKeyRing[] _keys;
        private readonly PriorityQueue<(int To, byte[] Bytes), (long AtNs, long Order)> _air = new();
        private readonly SeededRandom _random;
        private readonly double _loss;
        private readonly int _dead;
        private long _nowNs = 1_000_000_000;
        private long _order;
        private long _steps;

        public Fleet(int members, double loss, int dead, ulong seed)
        {
            var options = new QuorumOptions { Members = members, FleetId = seed };
            (_loss, _dead) = (loss, dead);
            _random = SeededRandom.ForStream(seed, "decision");
            _keys = [.. Enumerable.Range(0, members).Select(i => EcdsaKeyRing.ForSimulation(i, members, seed))];
            _kernels = [.. _keys.Select((keys, i) => new QuorumKernel(i, options, keys, new MemoryVoteStore(), new Willing(dead), _nowNs))];
        }

        public double Decide(in Decision decision, int proposer)
        {
            var height = _kernels[_dead..].Max(kernel => kernel.Log.Height);
            var start = _nowNs;
            _kernels[proposer].Propose(decision, _nowNs);
            while (_kernels[_dead..].Count(kernel => kernel.Log.Height > height) <= _kernels.Length / 2)
            {
                Step();
            }

            var time = (_nowNs - start) * 1e-6;
            while (_kernels[_dead..].Any(kernel => kernel.Log.Height == height) || _nowNs - start < 1_000_000_000)
            {
                Step();
            }

            return time;
        }

        public void Dispose() => Array.ForEach(_keys, keys => keys.Dispose());

        private void Step()
        {
            _nowNs += StepNs;
            while (_air.TryPeek(out var message, out var key) && key.AtNs <= _nowNs)
            {
                _air.Dequeue();
                _kernels[message.To].Receive(message.Bytes, _nowNs);
                Send(message.To);
            }

            var ticks = _steps++ % TickEvery == 0;
            for (var i = _dead; i < _kernels.Length; i++)
            {
                if (ticks)
                {
                    _kernels[i].Tick(_nowNs);
                }

                Send(i);
            }
        }

        private void Send(int from)
        {
            var message = _kernels[from].PollMessage(_nowNs);
            if (message.IsEmpty)
            {
                return;
            }

            var bytes = message.ToArray();
            for (var to = _dead; to < _kernels.Length; to++)
            {
                if (to != from && !_random.NextBool(_loss))
                {
                    _air.Enqueue((to, bytes), (_nowNs + 10_000_000 + _random.NextInt(20_000_000), _order++));
                }
            }
        }
    }

    private sealed class Willing(int dead) : IDecisionPolicy
    {
        public bool Endorses(in Decision decision, long nowNs) => true;

        public bool IsReachable(int member) => member >= dead;
    }
}
