namespace Aios.Mission;

/// <summary>One injected fault and what the fleet made of it. Times in s of mission time.</summary>
/// <param name="Kind">Kind, as in mission files.</param>
/// <param name="Subject">The rover it struck.</param>
/// <param name="Object">The other rover of a link; empty otherwise.</param>
/// <param name="Injected">When it began.</param>
/// <param name="Detected">When the fleet first knew; null when it never did.</param>
/// <param name="Recovered">When its consequences were dealt with; null when they never were.</param>
public sealed record FaultRecord(
    string Kind, string Subject, string Object, double Injected, double? Detected = null, double? Recovered = null);

/// <summary>
/// Follows each injected fault to its detection and recovery. A rover's death is detected when a quorum declares it lost
/// and recovered when its work is taken over; a cut link is detected when either end misses the other and recovered when
/// either end hears the other again; a restart is detected when anyone misses the rover and recovered when anyone hears it
/// again.
/// </summary>
public sealed class FaultLedger
{
    /// <summary>Kind of a rover's death.</summary>
    public const string RoverDeath = "rover_death";

    /// <summary>Kind of a crash after which the rover starts again.</summary>
    public const string RoverRestart = "rover_restart";

    /// <summary>Kind of a rover that tells lies.</summary>
    public const string LyingRover = "lying_rover";

    /// <summary>Kind of a cut link.</summary>
    public const string LinkCut = "link_cut";

    private readonly List<FaultRecord> _faults = [];

    /// <summary>All faults in the order of injection.</summary>
    public IReadOnlyList<FaultRecord> Faults => _faults;

    /// <summary>A fault began.</summary>
    public void OnInjected(string kind, string subject, string other, double time) =>
        _faults.Add(new FaultRecord(kind, subject, other, time));

    /// <summary>A quorum declared a rover lost.</summary>
    public void OnDeclaredLost(string rover, double time) => Update(
        f => IsDeathOf(f, rover) && f.Detected is null, f => f with { Detected = time });

    /// <summary>A lost rover's work was taken over.</summary>
    public void OnTakenOver(string rover, double time) => Update(
        f => IsDeathOf(f, rover) && f.Recovered is null, f => f with { Recovered = time });

    /// <summary>One rover misses another.</summary>
    public void OnLinkLost(string rover, string peer, double time) => Update(
        f => (IsCutBetween(f, rover, peer) || IsRestartOf(f, peer)) && f.Detected is null && time >= f.Injected, f => f with { Detected = time });

    /// <summary>One rover hears another again.</summary>
    public void OnLinkRestored(string rover, string peer, double time) => Update(
        f => (IsCutBetween(f, rover, peer) || IsRestartOf(f, peer)) && f.Detected is not null && f.Recovered is null,
        f => f with { Recovered = time });

    private static bool IsDeathOf(FaultRecord fault, string rover) =>
        string.Equals(fault.Kind, RoverDeath, StringComparison.Ordinal)
        && string.Equals(fault.Subject, rover, StringComparison.Ordinal);

    private static bool IsRestartOf(FaultRecord fault, string rover) =>
        string.Equals(fault.Kind, RoverRestart, StringComparison.Ordinal) && Is(fault.Subject, rover);

    private static bool IsCutBetween(FaultRecord fault, string a, string b) =>
        string.Equals(fault.Kind, LinkCut, StringComparison.Ordinal)
        && ((Is(fault.Subject, a) && Is(fault.Object, b)) || (Is(fault.Subject, b) && Is(fault.Object, a)));

    private static bool Is(string end, string rover) => string.Equals(end, rover, StringComparison.Ordinal);

    private void Update(Func<FaultRecord, bool> concerns, Func<FaultRecord, FaultRecord> change)
    {
        for (var i = 0; i < _faults.Count; i++)
        {
            if (concerns(_faults[i]))
            {
                _faults[i] = change(_faults[i]);
            }
        }
    }
}
