using Aios.Mission;

namespace Aios.Cli.Missions;

/// <summary>Keeps the books of a mission from its events: tasks, faults, decisions, stops.</summary>
internal sealed class MissionLedger
{
    private readonly List<SafetyDecision> _decisions = [];

    private readonly List<SafetyOverride> _overrides = [];
    private readonly Dictionary<long, (string Kind, string Subject)> _decidedByEpoch = [];

    private readonly HashSet<(string Rover, double Place)> _places = [];

    public TaskLedger Tasks { get; } = new();

    public FaultLedger Faults { get; } = new();

    /// <summary>Decisions, each once, when the fleet first knew of it.</summary>
    public IReadOnlyList<SafetyDecision> Decisions => _decisions;

    /// <summary>Orders of the operator, each once, when the first rover followed it.</summary>
    public IReadOnlyList<SafetyOverride> Overrides => _overrides;

    /// <summary>Reports of a decision that contradict another one of the same epoch: must be 0.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Places of scouts and relays that were reached, each once.</summary>
    public int PlacesReached => _places.Count;

    /// <summary>Times a gate stopped its rover.</summary>
    public int Stops { get; private set; }

    /// <summary>Times runtime assurance took over from a controller.</summary>
    public int Takeovers { get; private set; }

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
            case EventKinds.HumanOverride:
                OnOverride(entry);
                break;
            case EventKinds.SafetyStop:
                Stops++;
                break;
            case EventKinds.AssuranceTakeover:
                Takeovers++;
                break;
            case EventKinds.FaultInjected:
                OnFault(entry);
                break;
            case EventKinds.PlaceReached when entry.Values.Count > 0:
                _places.Add((entry.Subject, entry.Values[0]));
                break;
        }
    }

    private void OnDecision(MissionEvent entry)
    {
        var epoch = entry.Values.Count > 1 ? (long)entry.Values[1] : 0;
        if (_decidedByEpoch.TryGetValue(epoch, out var decided))
        {
            Conflicts += decided == (entry.Detail, entry.Subject) ? 0 : 1;
        }
        else
        {
            _decidedByEpoch.Add(epoch, (entry.Detail, entry.Subject));
            _decisions.Add(new SafetyDecision(
                entry.Detail, entry.Subject, entry.Values.Count > 0 ? (int)entry.Values[0] : 0, entry.Time));
        }

        if (entry.Detail == EventKinds.DeclareLost)
        {
            Tasks.OnRoverLost(entry.Subject);
            Faults.OnDeclaredLost(entry.Subject, entry.Time);
        }
    }

    private void OnOverride(MissionEvent entry)
    {
        var number = entry.Values.Count > 0 ? (int)entry.Values[0] : 0;
        if (number > _overrides.Count)
        {
            _overrides.Add(new SafetyOverride(entry.Detail, entry.Subject, "operator", entry.Time));
        }
    }

    private void OnFault(MissionEvent entry)
    {
        var ends = entry.Subject.Split('-');
        Faults.OnInjected(entry.Detail, ends[0], ends.Length > 1 ? ends[1] : "", entry.Time);
    }
}
