using System.Diagnostics;
using Aios.Cli.Networks;
using Aios.Mission;
using Aios.Nodes;

namespace Aios.Cli.Campaigns.Fragments.Dds;

/// <summary>
/// A fragment on DDS: a process for each rover in a network namespace of its own, on the links and through the crashes of
/// the plan; then, from what all processes wrote down, the judge of the simulated fragments.
/// </summary>
/// <remarks>Real time and real packets: the plan is the seed's, what comes of it is not the same twice.</remarks>
internal sealed class DdsFragment : IDisposable
{
    /// <summary>Times of the plan in parts of the simulated fragment's.</summary>
    public const double Pace = 0.5;

    private const double PatienceS = 75;
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(60);
    private readonly FragmentPlan _plan;
    private readonly ConstraintSpec _constraints;
    private readonly string _directory;
    private readonly RadioNetwork _network;
    private readonly RadioHub _hub;
    private readonly MissionClock _clock = new();
    private readonly List<FragmentProcess> _processes = [];
    private readonly EvidenceLog _log;
    private long? _startNs;

    /// <summary>They agreed once after the last order. What is asked for after that ends with the fragment, amid a vote perhaps.</summary>
    private bool _agreed;

    private DdsFragment(MissionSpec mission, FragmentPlan plan, string directory)
    {
        (_plan, _constraints, _directory) = (plan, mission.Constraints, directory);
        (_network, _hub) = Connect(plan.Rovers + 1, plan.Seed);
        _log = new EvidenceLog(Path.Combine(directory, "campaign" + EvidenceLog.Suffix), () => _clock.NowS);
        try
        {
            for (var machine = 0; machine <= plan.Rovers; machine++)
            {
                var (prefix, rover) = (_network.Enter(machine), machine < plan.Rovers ? (int?)machine : null);
                if (rover is not null || plan.Orders.Any(order => order.By == FleetOrder.Operator))
                {
                    _processes.Add(new FragmentProcess(
                        rover is null ? FleetOrder.Operator : FragmentPlan.Name(machine),
                        life => FragmentProcess.Command(prefix, mission.File, plan.Seed, directory, rover, life, _startNs),
                        directory));
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The plan of a seed on a real network.</summary>
    public static FragmentPlan Draw(ulong seed) => FragmentPlan.Draw(seed).ForRealNetwork(Pace);

    /// <summary>Makes sure that fragments can run here.</summary>
    /// <exception cref="AiosException">They cannot; one line says what is missing.</exception>
    public static void CheckPrerequisites()
    {
        Connect(machines: 2, seed: 1).Network.Dispose();
    }

    /// <summary>Runs one to its end, half a minute; nothing of it is left but its files.</summary>
    /// <param name="mission">The mission, for what the rovers must keep to.</param>
    /// <param name="plan">What befalls the fleet, of <see cref="Draw"/>.</param>
    /// <param name="directory">Empty folder for journals and evidence.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="AiosException">Processes or network cannot be made.</exception>
    public static FragmentResult Run(MissionSpec mission, FragmentPlan plan, string directory, CancellationToken cancel)
    {
        using var fragment = new DdsFragment(mission, plan, directory);
        var problem = fragment.Begin(cancel) ?? fragment.Play(cancel);
        var end = fragment._clock.NowS;
        fragment._processes.ForEach(process => process.Kill());
        var judge = EvidenceReader.Judge(directory, plan, mission.Constraints);
        if (problem is not null)
        {
            judge.Accuse(problem);
        }
        else if (!fragment._agreed)
        {
            judge.AccuseOfDisagreement();
        }

        return new FragmentResult(plan, [.. judge.Violations], end, judge.Decisions, judge.Votes, judge.Commands, judge.Moves, 0, 0, "")
        {
            Unjudged = judge.Unjudged,
            Radio = fragment._hub.Counts,
        };
    }

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        _log.Dispose();
        _network.Dispose();
    }

    private static (RadioNetwork Network, RadioHub Hub) Connect(int machines, ulong seed)
    {
        RadioHub? hub = null;
        var network = RadioNetwork.TryCreate(machines, out var problem, (centre, ports) => hub = new RadioHub(centre, ports, seed));
        return (network ?? throw NoNetwork(problem), hub!);
    }

    private static AiosException NoNetwork(string problem) => new(
        ExitCode.MissingPrerequisite,
        $"fragments over DDS need root and network namespaces: {problem} (sudo, apt-get install -y iproute2 nftables)");

    private string? Failure => _processes.Select(process => process.Failure).FirstOrDefault(failure => failure is not null);

    /// <summary>Lets all begin once they have found each other; null when they have.</summary>
    private string? Begin(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        while (!_processes.TrueForAll(process => process.IsReady))
        {
            cancel.ThrowIfCancellationRequested();
            if (Failure is { } failure)
            {
                return failure;
            }

            if (watch.Elapsed > ReadyPatience)
            {
                return "not all processes found each other in time";
            }

            Thread.Sleep(10);
        }

        const long SoonNs = 100_000_000;
        _startNs = MissionClock.SteadyNs + SoonNs;
        _clock.Start(_startNs.Value);
        _processes.ForEach(process => process.Begin(_startNs.Value));
        return null;
    }

    /// <summary>Plays the plan until all agree, or must not go on; null when nothing went wrong by itself.</summary>
    private string? Play(CancellationToken cancel)
    {
        var script = new FragmentScript(_plan, _network, _hub, _processes, _log);
        var askedS = _plan.LastOrderAtS;
        while (_clock.NowS < PatienceS)
        {
            cancel.ThrowIfCancellationRequested();
            script.Advance(_clock.NowS);
            if (Failure is { } failure)
            {
                return failure;
            }

            if (_clock.NowS - askedS >= 1)
            {
                askedS = _clock.NowS;
                var judge = EvidenceReader.Judge(_directory, _plan, _constraints);
                _agreed = judge.Agree(_plan.LastOrderAtS);
                if (judge.Violations.Count > 0 || _agreed)
                {
                    return null;
                }
            }

            Thread.Sleep(5);
        }

        return null;
    }
}
