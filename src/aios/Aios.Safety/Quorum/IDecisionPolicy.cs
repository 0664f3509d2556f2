namespace Aios.Safety.Quorum;

/// <summary>This member's own judgement, asked before it supports a decision. May read the kernel's state, must not change it.</summary>
public interface IDecisionPolicy
{
    /// <summary>
    /// Whether this member, by what it sees itself, supports the decision now. Asked again as time passes: "no" may
    /// become "yes". Well-formedness and meaning under the decisions so far are already checked.
    /// </summary>
    bool Endorses(in Decision decision, long nowNs);

    /// <summary>Whether the member seems reachable. Only speed depends on it, never safety.</summary>
    bool IsReachable(int member);
}
