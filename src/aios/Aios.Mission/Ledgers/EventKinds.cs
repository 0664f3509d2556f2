namespace Aios.Mission;

/// <summary>Stable kinds of mission events, as they stand in <c>aios_interfaces/msg/Event.kind</c> and <c>events.jsonl</c>.</summary>
/// <remarks>The comment of each gives the meaning of subject and values.</remarks>
public static class EventKinds
{
    /// <summary>The mission began. Subject: the mission.</summary>
    public const string MissionStarted = "mission_started";

    /// <summary>The mission ended. Subject: the mission; detail: outcome and reason.</summary>
    public const string MissionEnded = "mission_ended";

    /// <summary>A rover's phase changed. Subject: the rover; values: phase.</summary>
    public const string PhaseChanged = "phase_changed";

    /// <summary>A rover took a task. Subject: the rover; values: task, x, y (m, map frame).</summary>
    public const string TaskAssigned = "task_assigned";

    /// <summary>A rover finished its task: the ground it aimed at is known. Subject: the rover; values: task, x, y.</summary>
    public const string TaskCompleted = "task_completed";

    /// <summary>A rover gave its task up. Subject: the rover; detail: why; values: task, x, y.</summary>
    public const string TaskAbandoned = "task_abandoned";

    /// <summary>A rover took over the work of a lost one. Subject: the lost rover; values: x, y of the lost rover's task.</summary>
    public const string WorkTakenOver = "work_taken_over";

    /// <summary>A rover is not heard directly any more. Subject: that rover; values: silence, s.</summary>
    public const string LinkLost = "link_lost";

    /// <summary>A rover is heard directly again. Subject: that rover; values: silence, s.</summary>
    public const string LinkRestored = "link_restored";

    /// <summary>Nobody in reach has news of a rover. Subject: that rover; values: silence, s.</summary>
    public const string PeerSuspected = "peer_suspected";

    /// <summary>There is news again of a rover that was suspected. Subject: that rover; values: silence, s.</summary>
    public const string PeerTrusted = "peer_trusted";

    /// <summary>A quorum decided. Subject: whom it concerns; detail: the decision; values: votes, epoch.</summary>
    public const string QuorumDecision = "quorum_decision";

    /// <summary>A rover cast its binding vote. Subject: whom it concerns; detail: the decision; values: epoch, view.</summary>
    public const string QuorumVote = "quorum_vote";

    /// <summary>A rover follows a signed order of the human. Subject: whom it concerns; detail: the order; values: its number.</summary>
    public const string HumanOverride = "human_override";

    /// <summary>Detail of a <see cref="QuorumDecision"/> that declares a rover lost.</summary>
    public const string DeclareLost = "declare_lost";

    /// <summary>Detail of a <see cref="QuorumDecision"/> by which the role of a lost rover passes on.</summary>
    public const string TakeOverRole = "take_over_role";

    /// <summary>A rover takes the role of a lost one. Subject: the lost rover; detail: the role.</summary>
    public const string RoleTaken = "role_taken";

    /// <summary>A scout or relay is at a place of its role. Subject: the rover whose role it was at first; values: number of the
    /// place, x, y (m, map frame).</summary>
    public const string PlaceReached = "place_reached";

    /// <summary>A scout or relay gives a place up. Subject and values as of <see cref="PlaceReached"/>; detail: why.</summary>
    public const string PlaceGivenUp = "place_given_up";

    /// <summary>A rover is in a zone. Subject: the rover; detail: the zone; values: x, y (m, map frame), 1 with a permit, else 0.</summary>
    public const string ZoneEntered = "zone_entered";

    /// <summary>A rover is out of a zone again. Subject: the rover; detail: the zone; values: x, y.</summary>
    public const string ZoneLeft = "zone_left";

    /// <summary>A goal lies in a zone that is closed to the rover. Subject: the rover; detail: the zone; values: x, y.</summary>
    public const string GoalRefused = "goal_refused";

    /// <summary>A member lies, or the quorum's safety is in doubt. Subject: the member; detail: what; values: epoch.</summary>
    public const string QuorumAlarm = "quorum_alarm";

    /// <summary>The safety gate stopped a rover. Subject: the rover; detail: reasons; values: reason bits.</summary>
    public const string SafetyStop = "safety_stop";

    /// <summary>The safety gate lets a rover move again. Subject: the rover.</summary>
    public const string SafetyResume = "safety_resume";

    /// <summary>Runtime assurance took over from a rover's controller. Subject: the rover; detail: what it does; values: x, y (m,
    /// map frame), how often so far.</summary>
    public const string AssuranceTakeover = "assurance_takeover";

    /// <summary>Runtime assurance handed back. Subject: the rover; values: x, y, how long it drove, s.</summary>
    public const string AssuranceHandback = "assurance_handback";

    /// <summary>A node of a rover does not answer its pings. Subject: the rover; detail: the node; values: cycles waited.</summary>
    public const string ComponentDead = "component_dead";

    /// <summary>A dead node was restarted. Subject: the rover; detail: the node; values: which attempt.</summary>
    public const string ComponentRestarted = "component_restarted";

    /// <summary>A node died too often: the rover stops until the quorum or a human lets it on. Subject: the rover; values: restarts.</summary>
    public const string SafeMode = "safe_mode";

    /// <summary>A limit was exceeded for its persistence count. Subject: the rover; detail: the limit; values: event id.</summary>
    public const string LimitExceeded = "limit_exceeded";

    /// <summary>A requirement watched at run time does not hold. Subject: the rover; detail: its id; values: how often.</summary>
    public const string RequirementViolated = "requirement_violated";

    /// <summary>The simulator injected a fault. Subject: the rover; detail: kind.</summary>
    public const string FaultInjected = "fault_injected";

    /// <summary>A fault of limited duration ended. Subject: the rover; detail: kind.</summary>
    public const string FaultEnded = "fault_ended";

    /// <summary>A rover hit something. Subject: the rover.</summary>
    public const string Collision = "collision";

    /// <summary>A rover tipped over. Subject: the rover.</summary>
    public const string TipOver = "tip_over";

    /// <summary>Coverage passed another tenth. Subject: the fleet; values: coverage.</summary>
    public const string CoverageReached = "coverage_reached";

    /// <summary>
    /// Periodic: true x, y, z (m), yaw (rad), estimated x, y, yaw, then distance (m), energy (Wh), charge (0..1) of a rover.
    /// </summary>
    public const string RoverState = "rover_state";

    /// <summary>A rover does not get on. Subject: the rover; values: x, y.</summary>
    public const string Stuck = "stuck";

    /// <summary>Name of a decision in events and results: its words in lower case, joined by underscores.</summary>
    public static string DecisionName(string pascalCase)
    {
        ArgumentNullException.ThrowIfNull(pascalCase);
        var name = new System.Text.StringBuilder(pascalCase.Length + 4);
        foreach (var letter in pascalCase)
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
