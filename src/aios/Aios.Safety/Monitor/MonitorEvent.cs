namespace Aios.Safety.Monitor;

/// <summary>What the monitor reports. The codes are stable: they are logged, sent and shared with the embedded twin.</summary>
public enum MonitorEventKind : byte
{
    None = 0,

    /// <summary>An actionpoint went from pass to fail. Value: how often it has.</summary>
    LimitFailed = 1,

    /// <summary>An actionpoint went from fail to pass. Value: how often it has.</summary>
    LimitPassed = 2,

    /// <summary>An actionpoint acted. Value: failing samples in a row.</summary>
    LimitActed = 3,

    /// <summary>A passive actionpoint would have acted. Value: how often.</summary>
    LimitPassive = 4,

    /// <summary>A component has not answered for its warning time. Value: cycles waited.</summary>
    PingLate = 10,

    /// <summary>A component has not answered for its fatal time: the watchdog is not stroked. Value: cycles waited.</summary>
    PingFatal = 11,

    /// <summary>A component answered a ping that was not the last one. Value: the key it gave.</summary>
    PingWrongKey = 12,

    /// <summary>A component that was late or dead answers again. Value: cycles waited.</summary>
    PingRecovered = 13,

    /// <summary>A requirement's monitor found its formula false. Value: how often.</summary>
    RequirementViolated = 20,

    /// <summary>A component is to be restarted. Value: which attempt.</summary>
    Restart = 30,

    /// <summary>A component used up its restarts: safe mode. Value: restarts made.</summary>
    SafeMode = 31,

    /// <summary>A stored sequence began. Value: its number.</summary>
    SequenceStarted = 40,

    /// <summary>A stored sequence is through. Value: its number.</summary>
    SequenceEnded = 41,
}

/// <param name="Kind">What.</param>
/// <param name="Id">Stable id given by the configuration; 0 for none.</param>
/// <param name="Subject">Actionpoint, component, requirement or sequence.</param>
/// <param name="Value">By kind.</param>
/// <param name="AtNs">Mission time, ns.</param>
public readonly record struct MonitorEvent(MonitorEventKind Kind, int Id, string Subject, long Value, long AtNs);
