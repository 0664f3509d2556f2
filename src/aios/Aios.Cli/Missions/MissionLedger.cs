using Aios.Mission;

namespace Aios.Cli.Missions;

/// <summary>Keeps the books of a mission from its events: tasks, faults, decisions, stops.</summary>
internal sealed class MissionLedger
{
    private readonly List<SafetyDecision> _decisions = [];

    public TaskLedger Tasks { get; } = new();

    public FaultLedger Faults { get; } = new();

    /// <summary>Decisions, each once, when the fleet first knew of it.</summary>
    public IReadOnlyList<SafetyDecision> Decisions => _decisions;

    /// <summary>Times a gate stopped its rover.</summary>
    public int Stops { get; private set; }

    /// <summary>Takes one event.</summary>
    public void On(MissionEvent entry)
    {
        switch (entry.Kind)
        {
            case EventKinds.TaskAssigned when entry.Values.Count >= 3:
                Tasks.OnAssigned(entry.Subject, entry.Values[1], entry.Values[2]);
                break;
            case EventKinds.TaskCompleted:
                Tasks.OnCompleted(entry.Subject);
                break;
            case EventKinds.TaskAbandoned:
                Tasks.OnAbandoned(entry.Subject);
                break;
            case EventKinds.WorkTakenOver:
                Tasks.OnTakenOver(entry.Subject);
                Faults.OnTakenOver(entry.Subject, entry.Time);
                break;
            case EventKinds.LinkLost:
                Faults.OnLinkLost(entry.Source, entry.Subject, entry.Time);
                break;
            case EventKinds.LinkRestored:
                Faults.OnLinkRestored(entry.Source, entry.Subject, entry.Time);
                break;
            case EventKinds.QuorumDecision:
                OnDecision(entry);
                break;
            case EventKinds.SafetyStop:
                Stops++;
                break;
            case EventKinds.FaultInjected:
                OnFault(entry);
                break;
        }
    }

    private void OnDecision(MissionEvent entry)
    {
        var known = _decisions.Exists(d => d.Kind == entry.Detail && d.Subject == entry.Subject);
        if (!known)
        {
            _decisions.Add(new SafetyDecision(
                entry.Detail, entry.Subject, entry.Values.Count > 0 ? (int)entry.Values[0] : 0, entry.Time));
        }

        if (entry.Detail == EventKinds.DeclareLost)
        {
            Tasks.OnRoverLost(entry.Subject);
            Faults.OnDeclaredLost(entry.Subject, entry.Time);
        }
    }

    private void OnFault(MissionEvent entry)
    {
        var ends = entry.Subject.Split('-');
        Faults.OnInjected(entry.Detail, ends[0], ends.Length > 1 ? ends[1] : "", entry.Time);
    }
}
