using Aios.Numerics;

namespace Aios.Safety;

/// <summary>
/// The only way to the wheels. Once per control period it takes the latest inputs and gives the command that may be
/// driven, with reasons. A pure function of its inputs and its few words of state: no clock, no allocation, no
/// exception, no trigonometry (the embedded C twin gives the same bits).
/// </summary>
/// <remarks>Not thread-safe: one thread calls it. Real-time safe after construction.</remarks>
public sealed partial class SafetyGate
{
    private readonly GateOptions _options;
    private readonly Polygon? _fence;
    private readonly Polygon[] _keepOuts;
    private readonly GateStatistics _statistics = new();

    private double _lastLinear;
    private double _lastAngular;
    private long _lastNowNs;
    private long _firstNowNs;
    private bool _started;
    private ulong _latched;
    private bool _tiltHeld;
    private long _tiltRateUntilNs;
    private bool _assuranceActive;
    private int _recoverableTicks;
    private bool _returning;
    private double _leastEnergyToHomeWh;

    /// <param name="options">Limits; must be valid.</param>
    /// <param name="zones">Fence and keep-outs, map frame.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public SafetyGate(GateOptions options, SafetyZones zones)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(zones);
        IReadOnlyList<string> errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(errors[0], nameof(options));
        }

        _options = options;
        StopId = (uint)options.FormerStopId;
        _fence = zones.Fence;
        _keepOuts = [.. zones.KeepOuts];
    }

    /// <summary>Whether a latched stop is in force.</summary>
    public bool IsLatched => _latched != 0;

    /// <summary>The latched reasons.</summary>
    public GateReasonSet Latched => new(_latched);

    /// <summary>Number of the newest latched stop, from 1; a resume permit must name it, so that an old permit cannot lift a new stop.</summary>
    public uint StopId { get; private set; }

    /// <summary>Ticks and onsets of every reason since construction.</summary>
    public GateStatistics Statistics => _statistics;

    /// <summary>
    /// Stops now and until a resume permit. Always works: no state of the gate refuses it.
    /// </summary>
    /// <param name="reason">A latching reason (codes 1–9); any other counts as <see cref="GateReason.SelfStop"/>.</param>
    public void Stop(GateReason reason)
    {
        ulong bit = GateReasonSet.Bit(reason) & GateReasonSet.LatchMask;
        _latched |= bit != 0 ? bit : GateReasonSet.Bit(GateReason.SelfStop);

        // A stop asked for again is a new stop: a permit already on its way for the former one must not lift it.
        StopId = NextStopId();
    }

    /// <summary>
    /// Latches the stop of a life before, under its own number, so that it needs the permit that it needed then. For a gate
    /// that has not ticked yet.
    /// </summary>
    /// <param name="stopId">Number of the newest stop that is known; the numbers go on from there.</param>
    /// <param name="reasons">Its reasons, 0 when it was lifted; what is none that latches counts as <see cref="GateReason.SelfStop"/>.</param>
    /// <param name="inDoubt">
    /// There may have been a newer stop: the gate stops for those reasons, or for itself, under a new number, since the known
    /// one may have its permit already.
    /// </param>
    internal void Restore(uint stopId, ulong reasons, bool inDoubt)
    {
        ulong bits = reasons & GateReasonSet.LatchMask;
        bool stops = reasons != 0 || inDoubt;
        _latched = bits == 0 && stops ? GateReasonSet.Bit(GateReason.SelfStop) : bits;
        StopId = stops ? stopId : Math.Max(StopId, stopId);
        StopId = inDoubt ? NextStopId() : StopId;
    }

    /// <summary>Lifts the latched stop that the permit names. A cause that persists latches anew at the next tick.</summary>
    /// <returns>
    /// False, and nothing changes, when nothing is latched, the permit is for another stop, or a reason is one that only a
    /// human lifts (<see cref="GateReasonSet.OperatorOnlyMask"/>) and the permit is the fleet's.
    /// </returns>
    public bool TryResume(in ResumePermit permit)
    {
        bool isOperators = permit.Authority == ResumeAuthority.Operator;
        if (_latched == 0 || !permit.IsValid || permit.StopId != StopId
            || (!isOperators && (_latched & GateReasonSet.OperatorOnlyMask) != 0))
        {
            return false;
        }

        _latched = 0;
        return true;
    }

    /// <summary>One tick without an obstacle probe (runtime assurance off).</summary>
    public GateVerdict Evaluate(in GateInputs inputs, long nowNs)
    {
        var probe = default(OpenProbe);
        return Evaluate(inputs, nowNs, ref probe);
    }

    /// <summary>One tick.</summary>
    /// <param name="inputs">Latest inputs; any bit pattern is accepted.</param>
    /// <param name="nowNs">Mission time, ns. Going backward holds the rover for that tick.</param>
    /// <param name="probe">Obstacle clearance in the base frame.</param>
    public GateVerdict Evaluate<TProbe>(in GateInputs inputs, long nowNs, ref TProbe probe)
        where TProbe : struct, IClearanceProbe => Evaluate(inputs, nowNs, ref probe, ref probe);

    /// <summary>One tick with a safe controller that sees the ground otherwise than the gate does.</summary>
    /// <param name="inputs">Latest inputs; any bit pattern is accepted.</param>
    /// <param name="nowNs">Mission time, ns. Going backward holds the rover for that tick.</param>
    /// <param name="probe">Obstacle clearance in the base frame.</param>
    /// <param name="safeProbe">That by which the safe controller found its command; its command is judged by it.</param>
    public GateVerdict Evaluate<TProbe>(in GateInputs inputs, long nowNs, ref TProbe probe, ref TProbe safeProbe)
        where TProbe : struct, IClearanceProbe
    {
        ulong reasons = 0;
        double dtS = AdvanceClock(nowNs, ref reasons);
        double tilt = CheckAttitude(inputs.Attitude, nowNs, ref reasons);
        CheckSpeed(inputs.Speed, nowNs, ref reasons);
        CheckBattery(inputs.Battery, nowNs, ref reasons);
        CheckFleet(inputs.Fleet, ref reasons);
        bool poseUsable = CheckPose(inputs.Pose, nowNs, ref reasons);
        StampedCommand command = Select(inputs, nowNs, out CommandSource source, ref reasons);
        reasons |= _tiltHeld && source == CommandSource.Executive ? GateReasonSet.Bit(GateReason.TiltHold) : 0;
        reasons |= _latched;

        var tick = new Tick(nowNs, dtS, tilt, source, poseUsable);
        double linear = 0, angular = 0;
        GateAction action = ActionOf(reasons);
        if (action < GateAction.Hold)
        {
            action = Drive(inputs, tick, command, ref probe, ref safeProbe, ref reasons, out linear, out angular);
        }
        else
        {
            _recoverableTicks = 0;
        }

        linear += 0.0; // turns -0 into +0
        angular += 0.0;
        _lastLinear = linear;
        _lastAngular = angular;
        _statistics.Count(reasons, action);
        return new GateVerdict(linear, angular, action, new GateReasonSet(reasons), source);
    }

    private static GateAction ActionOf(ulong reasons) =>
        (reasons & GateReasonSet.LatchMask) != 0 ? GateAction.Stopped
        : (reasons & GateReasonSet.HoldMask) != 0 ? GateAction.Hold
        : GateAction.Pass;

    private void Latch(ulong bits)
    {
        if ((bits & ~_latched) != 0)
        {
            StopId = NextStopId();
        }

        _latched |= bits;
    }

    /// <summary>Beyond all numbers of former lives, also after one of their stops was put back.</summary>
    private uint NextStopId() => Math.Max(StopId, (uint)_options.FormerStopId) + 1;

    private double AdvanceClock(long nowNs, ref ulong reasons)
    {
        if (!_started)
        {
            _started = true;
            _firstNowNs = nowNs;
            _lastNowNs = nowNs;
            return _options.MaxTickNs * 1e-9;
        }

        if (nowNs < _lastNowNs)
        {
            // What was reckoned by the later time must not outlast the jump.
            reasons |= GateReasonSet.Bit(GateReason.ClockBackward);
            _tiltRateUntilNs = Math.Min(_tiltRateUntilNs, SaturatingAdd(nowNs, _options.TiltRateHoldoffNs));
            _firstNowNs = Math.Min(_firstNowNs, nowNs);
            _lastNowNs = nowNs;
            return 0;
        }

        ulong elapsed = (ulong)nowNs - (ulong)_lastNowNs;
        _lastNowNs = nowNs;
        return Math.Min(elapsed, (ulong)_options.MaxTickNs) * 1e-9;
    }

    /// <summary>What one tick knows beside its inputs.</summary>
    private readonly record struct Tick(long NowNs, double DtS, double TiltRad, CommandSource Source, bool PoseUsable);
}
