namespace Aios.Safety;

// Simplex architecture (Sha 2001; ASTM F3269): an unverified controller drives while a recoverable state is certain,
// a simple one drives otherwise. Recoverable here: after one reaction time at the commanded motion the rover can brake
// to a stop along the commanded arc and keep the required clearance on every point of it.
public sealed partial class SafetyGate
{
    private GateAction Assure<TProbe>(
        in GateInputs inputs, in Tick tick, in Caps caps, in StampedCommand command, ref TProbe probe, ref TProbe safeProbe,
        ref double linear, ref double angular, ref ulong bounds)
        where TProbe : struct, IClearanceProbe
    {
        if (UpdateAssurance(inputs, caps, command, ref probe, linear, angular))
        {
            return GateAction.Pass;
        }

        bounds |= GateReasonSet.Bit(GateReason.AssuranceFallback);
        if (TrySafeController(inputs, tick, caps, ref safeProbe, ref linear, ref angular)
            || TrySlower(inputs, ref probe, ref linear, ref angular))
        {
            return GateAction.Fallback;
        }

        linear = 0;
        angular = 0;
        bounds |= GateReasonSet.Bit(GateReason.NotRecoverable);
        return GateAction.Hold;
    }

    /// <summary>
    /// Takes over when this tick's output is not recoverable. Hands back only after enough ticks in a row in which also
    /// the command itself was, at the speed it would reach: else the two controllers would take turns.
    /// </summary>
    /// <returns>Whether the selected source keeps or gets control.</returns>
    private bool UpdateAssurance<TProbe>(
        in GateInputs inputs, in Caps caps, in StampedCommand command, ref TProbe probe, double linear, double angular)
        where TProbe : struct, IClearanceProbe
    {
        bool recoverable = IsRecoverable(linear, angular, inputs.Speed.LinearMps, ref probe);
        if (!_assuranceActive && recoverable)
        {
            return true;
        }

        double wantedLinear = command.LinearMps, wantedAngular = command.AngularRps;
        ulong ignored = 0;
        ScaleToCaps(caps, ref wantedLinear, ref wantedAngular, ref ignored);
        LimitTurning(ref wantedLinear, ref wantedAngular, ref ignored);
        bool wishRecoverable = recoverable && IsRecoverable(wantedLinear, wantedAngular, inputs.Speed.LinearMps, ref probe);
        _recoverableTicks = wishRecoverable && _assuranceActive ? _recoverableTicks + 1 : 0;
        _assuranceActive = _recoverableTicks < _options.HandbackTicks;
        return !_assuranceActive;
    }

    private bool TrySafeController<TProbe>(
        in GateInputs inputs, in Tick tick, in Caps caps, ref TProbe probe, ref double linear, ref double angular)
        where TProbe : struct, IClearanceProbe
    {
        StampedCommand safe = inputs.SafeController;
        if (!IsFresh(safe.StampNs, tick.NowNs, _options.CommandTimeoutNs) || Malformation(safe) != GateReason.None)
        {
            return false;
        }

        double safeLinear = safe.LinearMps, safeAngular = safe.AngularRps;
        ulong ignored = 0;
        Bound(caps, tick.DtS, ref safeLinear, ref safeAngular, ref ignored);
        KeepToZones(inputs, tick, ref safeLinear, ref ignored);
        if (!IsRecoverable(safeLinear, safeAngular, inputs.Speed.LinearMps, ref probe))
        {
            return false;
        }

        linear = safeLinear;
        angular = safeAngular;
        return true;
    }

    /// <summary>The same arc at no more than half speed, else at crawl: the stopping distance shrinks faster than the speed.</summary>
    private bool TrySlower<TProbe>(in GateInputs inputs, ref TProbe probe, ref double linear, ref double angular)
        where TProbe : struct, IClearanceProbe
    {
        double half = 0.5 * _options.MaxSpeedMps;
        return TryAtMost(half, inputs, ref probe, ref linear, ref angular)
            || (_options.CrawlSpeedMps < half && TryAtMost(_options.CrawlSpeedMps, inputs, ref probe, ref linear, ref angular));
    }

    private bool TryAtMost<TProbe>(
        double most, in GateInputs inputs, ref TProbe probe, ref double linear, ref double angular)
        where TProbe : struct, IClearanceProbe
    {
        double scale = Math.Abs(linear) > most ? most / Math.Abs(linear) : 1;
        if (!IsRecoverable(linear * scale, angular * scale, inputs.Speed.LinearMps, ref probe))
        {
            return false;
        }

        linear *= scale;
        angular *= scale;
        return true;
    }

    /// <summary>
    /// Turning in place keeps a circular footprint where it is. Else every sample of the stopping arc must have the
    /// required clearance, or at least no less than the sample before (a rover beside a rock may drive away from it).
    /// </summary>
    private bool IsRecoverable<TProbe>(double linear, double angular, double measuredMps, ref TProbe probe)
        where TProbe : struct, IClearanceProbe
    {
        if (linear == 0)
        {
            return true;
        }

        double measuredAlong = linear < 0 ? -measuredMps : measuredMps;
        double speed = Math.Max(Math.Abs(linear), measuredAlong);
        double distance = (speed * _options.ReactionTimeS) + (speed * speed / (2 * _options.MaxDecelMps2));
        double step = distance / _options.ProbeSamples;
        double signedStep = linear < 0 ? -step : step;
        HalfStepRotation(0.5 * step * angular / Math.Abs(linear), out double c, out double s);

        double x = 0, y = 0, hx = 1, hy = 0;
        double before = probe.ClearanceM(0, 0);
        for (int i = 0; i < _options.ProbeSamples; i++)
        {
            Rotate(ref hx, ref hy, c, s);
            x += signedStep * hx;
            y += signedStep * hy;
            Rotate(ref hx, ref hy, c, s);
            double clearance = probe.ClearanceM(x, y);
            if (!(clearance >= _options.RequiredClearanceM || clearance >= before))
            {
                return false;
            }

            before = clearance;
        }

        return true;
    }

    /// <summary>
    /// Cosine and sine by the tangent of the half angle h ≈ (θ/2)(1 + θ²/12): exactly a rotation whatever h is, and
    /// within 1 % of the angle up to |θ| = 1 rad. Only exact IEEE operations, so every machine agrees.
    /// </summary>
    private static void HalfStepRotation(double angle, out double c, out double s)
    {
        double bounded = Clamp(angle, -1, 1);
        double h = 0.5 * bounded * (1 + (bounded * bounded / 12));
        double d = 1 / (1 + (h * h));
        c = (1 - (h * h)) * d;
        s = 2 * h * d;
    }

    private static void Rotate(ref double x, ref double y, double c, double s)
    {
        double rotated = (x * c) - (y * s);
        y = (x * s) + (y * c);
        x = rotated;
    }
}
