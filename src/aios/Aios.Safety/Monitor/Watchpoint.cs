namespace Aios.Safety.Monitor;

/// <summary>How a measured value is held against a bound.</summary>
public enum Comparison : byte
{
    Less = 0,
    LessOrEqual = 1,
    Greater = 2,
    GreaterOrEqual = 3,
    Equal = 4,
    NotEqual = 5,
}

/// <summary>A result that may be unknown.</summary>
public enum WatchResult : byte
{
    False = 0,
    True = 1,

    /// <summary>The value is not a number.</summary>
    Error = 2,

    /// <summary>No value yet, or the newest is too old.</summary>
    Stale = 3,
}

/// <summary>A value to watch.</summary>
/// <param name="Name">Unique; actionpoints refer to it.</param>
/// <param name="Comparison">Holds when value ∘ bound.</param>
/// <param name="Bound">Finite.</param>
/// <param name="StaleAfterNs">Distance of the value's time from now, on either side, from which the result is stale, ns; 0: never.</param>
public sealed record Watchpoint(string Name, Comparison Comparison, double Bound, long StaleAfterNs);

/// <summary>What an actionpoint does when it fails.</summary>
public enum ActionpointState : byte
{
    /// <summary>Judged, reported and acted upon.</summary>
    Active = 0,

    /// <summary>Judged and reported only; an active one becomes passive when it has acted, so that it acts once.</summary>
    Passive = 1,

    /// <summary>Not judged.</summary>
    Disabled = 2,
}

/// <summary>A condition over watchpoints, in reverse Polish notation, and what to do when it persists.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Equation">
/// Names of watchpoints and the operators <c>and</c>, <c>or</c>, <c>xor</c>, <c>not</c>, separated by blanks; true means failure.
/// </param>
/// <param name="FailuresToAct">Failing samples in a row before it acts, 1 or more.</param>
/// <param name="Sequence">Stored sequence to start; -1 for none.</param>
/// <param name="State">State at the start.</param>
/// <param name="EventId">Stable id of its events.</param>
/// <param name="MostEvents">Most events of each kind (failed, passed, passive) that it reports; 0: no limit.</param>
public sealed record Actionpoint(
    string Name, string Equation, int FailuresToAct, int Sequence = -1,
    ActionpointState State = ActionpointState.Active, int EventId = 0, int MostEvents = 0);

/// <summary>Result of an actionpoint's last sample.</summary>
public enum ActionResult : byte
{
    Stale = 0,
    Pass = 1,
    Fail = 2,
    Error = 3,
}
