namespace Aios.Safety;

/// <summary>A velocity command of one source. Base frame: x forward (m/s), yaw rate counter-clockwise (rad/s).</summary>
/// <param name="LinearMps">Forward speed, m/s.</param>
/// <param name="AngularRps">Yaw rate, rad/s.</param>
/// <param name="StampNs">When it was issued, mission time in ns; 0 means that no command ever came.</param>
public readonly record struct StampedCommand(double LinearMps, double AngularRps, long StampNs);

/// <summary>Attitude against gravity. REP-103: roll about x forward, pitch about y left.</summary>
/// <param name="RollRad">Roll, rad.</param>
/// <param name="PitchRad">Pitch, rad.</param>
/// <param name="RollRateRps">Roll rate, rad/s.</param>
/// <param name="PitchRateRps">Pitch rate, rad/s.</param>
/// <param name="StampNs">Mission time in ns; 0 means none yet.</param>
public readonly record struct AttitudeSample(
    double RollRad, double PitchRad, double RollRateRps, double PitchRateRps, long StampNs);

/// <summary>Position in the map frame, as needed by fence and keep-outs.</summary>
/// <param name="X">East, m.</param>
/// <param name="Y">North, m.</param>
/// <param name="HeadingX">cos(yaw); the gate itself calls no trigonometric function, so that its C twin agrees bit for bit.</param>
/// <param name="HeadingY">sin(yaw).</param>
/// <param name="SigmaM">Standard deviation of the position, m; widens the margins by two sigma.</param>
/// <param name="StampNs">Mission time in ns; 0 means none yet.</param>
public readonly record struct PoseSample(
    double X, double Y, double HeadingX, double HeadingY, double SigmaM, long StampNs);

/// <summary>Speeds as measured by the wheels or the localiser, base frame.</summary>
public readonly record struct SpeedSample(double LinearMps, double AngularRps, long StampNs);

/// <summary>Battery charge against the way home.</summary>
/// <param name="ChargeWh">Energy left, Wh.</param>
/// <param name="EnergyToHomeWh">Estimated energy that the way home costs, Wh.</param>
/// <param name="HomeX">Home in the map frame, m.</param>
/// <param name="HomeY">Home in the map frame, m.</param>
/// <param name="StampNs">Mission time in ns; 0 means none yet.</param>
public readonly record struct BatterySample(
    double ChargeWh, double EnergyToHomeWh, double HomeX, double HomeY, long StampNs);

/// <summary>What the fleet has decided, as this rover knows it from certificates.</summary>
/// <param name="Halted">A fleet halt is in force.</param>
/// <param name="HazardPermits">Bit <c>i</c> permits entry to keep-out area <c>i</c> (areas above 63 cannot be permitted).</param>
/// <param name="SpeedLimitMps">The fleet's speed limit, m/s; 0 means no limit beyond the rover's own.</param>
/// <param name="LastPeerHeardNs">When any other rover was last heard, by this rover's own clock; 0, or a time to come, means never.</param>
public readonly record struct FleetState(bool Halted, ulong HazardPermits, double SpeedLimitMps, long LastPeerHeardNs);

/// <summary>
/// Everything one gate tick looks at: the latest value of each input. Plain values, passed by reference, no ownership.
/// </summary>
public struct GateInputs
{
    /// <summary>Command of the mission's controller (the optimising or learned one).</summary>
    public StampedCommand Executive;

    /// <summary>Command of a recovery behaviour; outranks the executive while fresh.</summary>
    public StampedCommand Recovery;

    /// <summary>Command of a human operator; outranks all while fresh.</summary>
    public StampedCommand Operator;

    /// <summary>Command of the simple safe controller, used only by runtime assurance. Stamp 0: there is none.</summary>
    public StampedCommand SafeController;

    public AttitudeSample Attitude;
    public PoseSample Pose;
    public SpeedSample Speed;
    public BatterySample Battery;
    public FleetState Fleet;
}

/// <summary>The gate's answer of one tick: the only command that may reach the wheels.</summary>
/// <param name="LinearMps">Forward speed out, m/s; always finite.</param>
/// <param name="AngularRps">Yaw rate out, rad/s; always finite.</param>
/// <param name="Action">What was done.</param>
/// <param name="Reasons">All reasons that applied; its <see cref="GateReasonSet.Primary"/> is the most severe.</param>
/// <param name="Source">Whose command was selected.</param>
public readonly record struct GateVerdict(
    double LinearMps, double AngularRps, GateAction Action, GateReasonSet Reasons, CommandSource Source)
{
    public GateReason Primary => Reasons.Primary;
}

/// <summary>
/// Local obstacle clearance, asked by runtime assurance along the way the rover would need to stop.
/// Implemented as a struct over the traversability grid; must neither allocate nor throw.
/// </summary>
public interface IClearanceProbe
{
    /// <summary>Distance in m from a point of the base frame to the nearest untraversable place; 0 or less inside it.</summary>
    /// <param name="forwardM">x of the point, m.</param>
    /// <param name="leftM">y of the point, m.</param>
    /// <returns>Clearance, m. NaN counts as none.</returns>
    double ClearanceM(double forwardM, double leftM);
}

/// <summary>A probe that sees no obstacle: turns runtime assurance off.</summary>
public readonly struct OpenProbe : IClearanceProbe
{
    public double ClearanceM(double forwardM, double leftM) => double.PositiveInfinity;
}
