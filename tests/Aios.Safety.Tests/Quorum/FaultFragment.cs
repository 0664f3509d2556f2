using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

/// <summary>
/// One seeded minute of a fleet's life under crashes, restarts, partitions, loss, duplication, reordering, corruption,
/// torn journals and liars, then a quiet time in which all must come together again.
/// </summary>
internal sealed class FaultFragment
{
    private static readonly int[] Sizes = [3, 4, 5, 7];
    private readonly SeededRandom _random;
    private readonly QuorumOptions _options;
    private readonly QuorumSimulation _fleet;
    private readonly List<LyingMember?> _liars;
    private readonly List<Decision> _pool;
    private readonly bool _forgetfulStores;

    /// <param name="seed">Decides everything.</param>
    /// <param name="forgetfulStores">Known-bad: journals are lost with power. The campaign must notice.</param>
    public FaultFragment(ulong seed, bool forgetfulStores = false)
    {
        _forgetfulStores = forgetfulStores;
        _random = SeededRandom.ForStream(seed, "fragment");
        int members = Sizes[_random.NextInt(Sizes.Length)];
        FaultModel model = members is 4 or 7 && _random.NextBool(0.7) ? FaultModel.Byzantine : FaultModel.Crash;
        _options = new QuorumOptions { SharedReasonKinds = 0, Members = members, Model = model, FleetId = seed };
        int tolerated = QuorumRules.TolerableFaults(members, model);
        var network = new NetworkModel
        {
            Loss = _random.NextDouble(0, 0.4), Duplication = _random.NextDouble(0, 0.2), Corruption = _random.NextDouble(0, 0.05),
            MostDelayNs = 20_000_000 + (long)(_random.NextDouble() * 280e6),
        };
        _fleet = new QuorumSimulation(_options, network, seed);
        int liars = model == FaultModel.Byzantine ? _random.NextInt(tolerated + 1) : 0;
        _liars = [.. Enumerable.Range(0, members).Select(i => i < liars ? new LyingMember(i, _options, _random.Fork($"liar{i}")) : null)];
        for (int i = 0; i < liars; i++)
        {
            _fleet.Liars[i] = true;
        }

        _fleet.Eavesdropper = bytes => _liars.ForEach(l => l?.Overhear(bytes));

        _pool =
        [
            new(DecisionKind.FleetHalt), new(DecisionKind.FleetResume), new(DecisionKind.DeclareLost, 1),
            new(DecisionKind.Readmit, 1), new(DecisionKind.EnterHazardZone, 2, 1), new(DecisionKind.LeaveHazardZone, 2, 1),
            new(DecisionKind.ChangeSpeedLimit, Value: 100_000), new(DecisionKind.ChangeSpeedLimit, Value: 300_000),
        ];
    }

    public QuorumSimulation Fleet => _fleet;

    /// <summary>Runs it.</summary>
    /// <returns>What went wrong; empty when nothing did.</returns>
    public List<string> Run()
    {
        for (int step = 0; step < 40; step++)
        {
            Disturb();
            _fleet.Run(0.5);
        }

        Calm();
        Decision last = new(DecisionKind.ChangeSpeedLimit, Value: 1 + (long)_options.FleetId % 1000);
        int honest = _options.Members - 1;
        _fleet[honest].Propose(last, _fleet.NowNs);
        bool agreed = _fleet.RunUntil(() => Agreed(last), 120);
        if (!agreed)
        {
            _fleet.Violations.Add("no agreement after the faults ended");
        }

        return _fleet.Violations;
    }

    private void Disturb()
    {
        int member = _random.NextInt(_options.Members);
        switch (_random.NextInt(8))
        {
            case 0 or 1:
                _fleet.Kernels[member]?.Propose(_pool[_random.NextInt(_pool.Count)], _fleet.NowNs);
                _fleet.Flush(member);
                break;
            case 2:
                _fleet.Partition(_random.NextUInt64() & ((1UL << _options.Members) - 1));
                break;
            case 3:
                _fleet.Heal();
                break;
            case 4:
                CrashOrRestart(member);
                break;
            case 5:
                _fleet.Policies[member].EndorsesAll = !_fleet.Policies[member].EndorsesAll;
                break;
            default:
                TellLies();
                break;
        }
    }

    private void CrashOrRestart(int member)
    {
        if (_fleet.Kernels[member] is not null)
        {
            _fleet.Crash(member);
            if (_forgetfulStores)
            {
                _fleet.Stores[member].TryTruncate(0);
            }
            else if (_random.NextBool(0.5))
            {
                // Power was lost while a record was being written.
                _fleet.Stores[member].TryAppend([60, 0, 195, 255, 1, .. Enumerable.Repeat((byte)_random.NextInt(256), _random.NextInt(50))]);
            }
        }
        else
        {
            _fleet.Start(member);
        }
    }

    private void TellLies()
    {
        for (int i = 0; i < _liars.Count; i++)
        {
            if (_liars[i] is not { } liar)
            {
                continue;
            }

            for (int to = 0; to < _options.Members; to++)
            {
                if (_fleet.Kernels[to] is { } target && !_fleet.Liars[to])
                {
                    _fleet.Inject(to, liar.Lie(target.Epoch, target.View, target.Log.Head, _pool));
                }
            }
        }
    }

    private void Calm()
    {
        _fleet.Heal();
        _fleet.Network = new NetworkModel { Loss = 0.1 };
        for (int i = 0; i < _options.Members; i++)
        {
            _fleet.Policies[i].EndorsesAll = true;
            if (_fleet.Kernels[i] is null)
            {
                _fleet.Start(i);
            }
        }
    }

    private bool Agreed(Decision last)
    {
        List<QuorumKernel> honest = [.. _fleet.Kernels.Where((_, i) => !_fleet.Liars[i]).Select(k => k!)];
        return honest.All(k => k.Log.Head.SequenceEqual(honest[0].Log.Head) && !k.Abstains)
            && Enumerable.Range(1, (int)honest[0].Log.Height).Any(e => honest[0].Log[(uint)e].Decision == last);
    }
}
