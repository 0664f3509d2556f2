using Aios.Cli.Networks;
using Aios.Sim;
using ROS2.Simulation;
using FaultKind = Aios.Sim.FaultKind;
using FaultSpec = Aios.Sim.FaultSpec;

namespace Aios.Cli.Campaigns.Fragments.Dds;

/// <summary>
/// Does to processes and links what a plan says, when its time comes: kills and starts rovers, cuts, disturbs and mends links.
/// What happens inside of a rover its process does itself.
/// </summary>
internal sealed class FragmentScript
{
    /// <summary>Loss once all is calm, as in the simulated fragments.</summary>
    private static readonly LinkParameters Calm = new() { LossProbability = 0.1 };
    private readonly FragmentPlan _plan;
    private readonly RadioNetwork _network;
    private readonly RadioHub _hub;
    private readonly Queue<(double AtS, Action Do)> _actions;
    private readonly Dictionary<(int, int), int> _cuts = [];

    /// <param name="plan">What befalls the fleet.</param>
    /// <param name="network">The links; rover i is machine i.</param>
    /// <param name="hub">Through which they go.</param>
    /// <param name="rovers">The rovers' processes.</param>
    /// <param name="log">Where crashes and deaths are written down.</param>
    public FragmentScript(FragmentPlan plan, RadioNetwork network, RadioHub hub, IReadOnlyList<FragmentProcess> rovers, EvidenceLog log)
    {
        (_plan, _network, _hub) = (plan, network, hub);
        List<(double AtS, Action Do)> actions = [(0, () => SetRadio(plan.Radio)), (plan.CalmAtS, () => SetRadio(Calm))];
        foreach (var fault in plan.Faults)
        {
            var rover = IndexOf(fault.Rover);
            var endS = fault.AtS + fault.DurationS;
            switch (fault.Kind)
            {
                case FaultKind.RoverDeath:
                    actions.Add((fault.AtS, () => Kill(rovers[rover], rover, log, forGood: true)));
                    break;
                case FaultKind.RoverRestart:
                    actions.Add((fault.AtS, () => Kill(rovers[rover], rover, log, forGood: false)));
                    actions.Add((endS, rovers[rover].Restart));
                    break;
                case FaultKind.LinkCut or FaultKind.Partition:
                    actions.Add((fault.AtS, () => SetLinks(fault, isUp: false)));
                    actions.Add((endS, () => SetLinks(fault, isUp: true)));
                    break;
            }
        }

        _actions = new Queue<(double AtS, Action Do)>(actions.OrderBy(action => action.AtS));
    }

    /// <summary>Does what is due.</summary>
    /// <param name="now">Mission time, s.</param>
    public void Advance(double now)
    {
        while (_actions.TryPeek(out var next) && next.AtS <= now)
        {
            _actions.Dequeue();
            next.Do();
        }
    }

    private void SetRadio(LinkParameters radio)
    {
        _network.SetLoss(radio.LossProbability);
        _hub.Disturb(
            new RadioDisturbance(
                Duplication: radio.DuplicationProbability, Reordering: radio.ReorderingProbability, Corruption: radio.CorruptionProbability),
            TimeSpan.FromSeconds(radio.ReorderingDelayNs * 1e-9),
            _plan.VerifiesChecksums);
    }

    private static void Kill(FragmentProcess process, int rover, EvidenceLog log, bool forGood)
    {
        if (process.IsUp)
        {
            process.Kill();
            log.OnCrash(rover);
        }

        if (forGood)
        {
            process.IsDead = true;
            log.OnDeath(rover);
        }
    }

    private int IndexOf(string rover) => _plan.Roster.ToList().IndexOf(rover);

    /// <summary>A link that two faults have cut is mended with the second.</summary>
    private void SetLinks(FaultSpec fault, bool isUp)
    {
        var inside = fault.Kind == FaultKind.Partition ? fault.Group.Append(fault.Rover).Select(IndexOf).ToHashSet() : [IndexOf(fault.Rover)];
        var outside = fault.Kind == FaultKind.Partition
            ? Enumerable.Range(0, _plan.Rovers).Where(rover => !inside.Contains(rover))
            : [IndexOf(fault.Object)];
        foreach (var link in outside.SelectMany(_ => inside, (b, a) => (Math.Min(a, b), Math.Max(a, b))))
        {
            var before = _cuts.GetValueOrDefault(link);
            _cuts[link] = before + (isUp ? -1 : 1);
            if (before == 0 || _cuts[link] == 0)
            {
                _network.SetLink(link.Item1, link.Item2, isUp);
            }
        }
    }
}
