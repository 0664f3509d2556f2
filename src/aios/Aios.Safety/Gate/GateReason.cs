namespace Aios.Safety;

/// <summary>
/// Why the gate changed, held or refused a command. The numeric codes are stable: they are logged, sent in
/// <c>SafetyStatus</c> and shared with the embedded twin. Codes are bit positions of <see cref="GateReasonSet"/>.
/// </summary>
/// <remarks>1–9 latch until a resume permit; 10–39 hold the rover while they last; 40–59 only bound the command.</remarks>
public enum GateReason : byte
{
    None = 0,

    /// <summary>An operator pressed stop. Latches.</summary>
    OperatorStop = 1,

    /// <summary>A component of this rover asked for a stop. Latches.</summary>
    SelfStop = 2,

    /// <summary>The health monitor asked for a stop. Latches.</summary>
    MonitorStop = 3,

    /// <summary>Tilt beyond the critical angle. Latches.</summary>
    TiltCritical = 4,

    /// <summary>Battery below the critical charge. Latches.</summary>
    BatteryCritical = 5,

    /// <summary>The fleet's halt decision is in force; cleared by the fleet's resume decision, not by a permit.</summary>
    FleetHalt = 10,

    CommandMissing = 11,
    CommandStale = 12,
    CommandFuture = 13,
    CommandNonFinite = 14,
    CommandOutOfRange = 15,

    /// <summary>Missing, too old or from the future; so for the other inputs.</summary>
    AttitudeStale = 16,

    /// <summary>Not finite or outside any plausible range; so for the other inputs.</summary>
    AttitudeInvalid = 17,
    PoseStale = 18,
    PoseInvalid = 19,
    OdometryStale = 20,
    OdometryInvalid = 21,
    BatteryStale = 22,
    BatteryInvalid = 23,
    ClockBackward = 24,

    /// <summary>Tilt beyond the hold angle: only recovery and operator may move, at crawl speed.</summary>
    TiltHold = 25,

    /// <summary>Measured speed beyond the limit and its margin.</summary>
    Overspeed = 26,

    /// <summary>Charge no longer covers the way home with margin, and the rover drives away from home.</summary>
    BatteryAwayFromHome = 27,

    /// <summary>The next metres lead out of the mission area.</summary>
    Geofence = 28,

    /// <summary>The next metres lead into a keep-out or an unpermitted hazard zone.</summary>
    KeepOut = 29,

    /// <summary>Runtime assurance found no recoverable command.</summary>
    NotRecoverable = 30,

    /// <summary>An input outside the command that bounds it (fleet speed limit) is NaN or negative.</summary>
    FleetStateInvalid = 31,

    SpeedLimit = 40,
    YawRateLimit = 41,
    AccelerationLimit = 42,
    YawAccelerationLimit = 43,
    CurvatureLimit = 44,
    LateralAccelerationLimit = 45,
    SlopeLimit = 46,
    TiltRateLimit = 47,
    GeofenceLimit = 48,
    KeepOutLimit = 49,
    IsolatedLimit = 50,
    FleetSpeedLimit = 51,

    /// <summary>Runtime assurance replaced the executive's command by the safe controller's.</summary>
    AssuranceFallback = 52,

    /// <summary>Charge is below what the way home needs with margin: the mission must turn back. Advice, not a bound.</summary>
    BatteryReturn = 53,
}

/// <summary>What the gate did with the command; ordered by severity.</summary>
public enum GateAction : byte
{
    /// <summary>The selected command went out unchanged.</summary>
    Pass = 0,

    /// <summary>The selected command went out bounded.</summary>
    Limit = 1,

    /// <summary>The safe controller's command went out instead.</summary>
    Fallback = 2,

    /// <summary>Zero went out; motion resumes by itself when the reason ends.</summary>
    Hold = 3,

    /// <summary>Zero goes out until a valid resume.</summary>
    Stopped = 4,
}

/// <summary>Who asked for the motion, in rising priority.</summary>
public enum CommandSource : byte
{
    None = 0,
    Executive = 1,
    Recovery = 2,
    Operator = 3,
}

/// <summary>A set of <see cref="GateReason"/> as bits: bit <c>n</c> is the reason with code <c>n</c>.</summary>
public readonly record struct GateReasonSet(ulong Bits)
{
    /// <summary>Reasons that latch (codes 1–9).</summary>
    public const ulong LatchMask = 0x3FEUL;

    /// <summary>Reasons that hold while they last (codes 10–39).</summary>
    public const ulong HoldMask = 0xFF_FFFF_FC00UL;

    public bool IsEmpty => Bits == 0;

    public bool Contains(GateReason reason) => (Bits & Bit(reason)) != 0;

    /// <summary>The member with the lowest code, which is the most severe; <see cref="GateReason.None"/> when empty.</summary>
    public GateReason Primary => Bits == 0 ? GateReason.None : (GateReason)System.Numerics.BitOperations.TrailingZeroCount(Bits);

    /// <summary>Latching reasons that only a human lifts: an operator's stop, tilt beyond the critical angle, an empty battery.</summary>
    public const ulong OperatorOnlyMask = (1UL << (int)GateReason.OperatorStop) | (1UL << (int)GateReason.TiltCritical)
        | (1UL << (int)GateReason.BatteryCritical);

    /// <summary>The reason as a bit; 0 for <see cref="GateReason.None"/> and for what is no reason.</summary>
    public static ulong Bit(GateReason reason) => reason is > GateReason.None and < (GateReason)64 ? 1UL << (int)reason : 0UL;
}
