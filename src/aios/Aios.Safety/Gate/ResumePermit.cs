namespace Aios.Safety;

/// <summary>On whose authority a latched stop is lifted.</summary>
public enum ResumeAuthority : byte
{
    None = 0,

    /// <summary>A quorum certificate for a resume decision that names this rover and this stop.</summary>
    Quorum = 1,

    /// <summary>A human's signed override.</summary>
    Operator = 2,
}

/// <summary>
/// Permission to lift one latched stop. Only the quorum kernel and the override verifier in this assembly make one;
/// the default value permits nothing.
/// </summary>
public readonly record struct ResumePermit
{
    internal ResumePermit(ResumeAuthority authority, uint stopId)
    {
        Authority = authority;
        StopId = stopId;
    }

    public ResumeAuthority Authority { get; }

    /// <summary>The stop it lifts, as <see cref="SafetyGate.StopId"/>.</summary>
    public uint StopId { get; }

    public bool IsValid => Authority != ResumeAuthority.None;
}
