using Aios.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Safety.Tests.Gate;

public class GatePropertyTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(20260731, 17).WithMaxTest(2000);

    private static readonly double[] Wild =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon,
        -double.Epsilon, 0, -0.0, 1e-300, 1e300, 1, -1,
    ];

    private static readonly Gen<double> AnyDouble = Gen.Frequency(
        (1, Gen.Elements(Wild)), (12, Gen.Choose(-3000, 3000).Select(i => i / 1000.0)));

    private static readonly Gen<double> SmallDouble = Gen.Choose(-800, 800).Select(i => i / 1000.0);

    [Trait("Requirement", "SAF-GATE-001")]
    [Fact]
    public void Evaluate_AnyInputs_OutputIsFiniteAndWithinEveryLimit() =>
        Prop.ForAll(Arb.From(Sequence(Inputs(AnyDouble, WildStamp()))), sequence =>
        {
            var options = new GateOptions();
            var gate = new SafetyGate(options, new SafetyZones(Polygon.Rectangle(-2, -2, 2, 2), []));
            long now = 1_000_000_000;
            return sequence.All(inputs =>
            {
                now += GateHarness.TickNs;
                return IsWithinLimits(gate.Evaluate(inputs(now), now), options);
            });
        }).Check(Fixed);

    [Trait("Requirement", "SAF-GATE-002")]
    [Fact]
    public void Evaluate_NanInTheSelectedCommandOrAnySensor_OutputIsZero() =>
        Prop.ForAll(Arb.From(Inputs(AnyDouble, Gen.Constant(0L))), make =>
        {
            var gate = new SafetyGate(new GateOptions(), new SafetyZones(Polygon.Rectangle(-2, -2, 2, 2), []));
            GateInputs inputs = make(GateHarness.TickNs);
            GateVerdict verdict = gate.Evaluate(inputs, GateHarness.TickNs);
            return !HasNan(inputs) || (verdict.LinearMps == 0 && verdict.AngularRps == 0 && verdict.Action >= GateAction.Hold);
        }).Check(Fixed);

    [Trait("Requirement", "SAF-GATE-005")]
    [Fact]
    public void Evaluate_OrdinaryCommands_NeverSpeedUpFasterThanTheLimit() =>
        Prop.ForAll(Arb.From(Sequence(Inputs(SmallDouble, Gen.Constant(0L)))), sequence =>
        {
            var options = new GateOptions();
            var gate = new SafetyGate(options, SafetyZones.None);
            long now = 1_000_000_000;
            gate.Evaluate(default, now);
            double before = 0;
            return sequence.All(inputs =>
            {
                now += GateHarness.TickNs;
                double after = gate.Evaluate(inputs(now), now).LinearMps;
                bool grows = Math.Abs(after) > Math.Abs(before) || after * before < 0;
                double growth = after * before < 0 ? Math.Abs(after) : Math.Abs(after) - Math.Abs(before);
                before = after;
                return !grows || growth <= (options.MaxAccelMps2 * 0.05) + 1e-12;
            });
        }).Check(Fixed);

    [Trait("Requirement", "SAF-GATE-015")]
    [Fact]
    public void Evaluate_AfterStop_NeverMovesUntilTheValidPermit() =>
        Prop.ForAll(
            Arb.From(Sequence(Inputs(SmallDouble, Gen.Constant(0L)))),
            Arb.From(Gen.Choose(0, 5).ListOf().Select(l => l.ToArray())),
            (sequence, permits) =>
            {
                var gate = new SafetyGate(new GateOptions(), SafetyZones.None);
                gate.Stop(GateReason.OperatorStop);
                gate.Stop(GateReason.SelfStop);
                foreach (int id in permits.Where(id => id != gate.StopId))
                {
                    gate.TryResume(new ResumePermit(ResumeAuthority.Quorum, (uint)id));
                }

                long now = 1_000_000_000;
                return sequence.All(inputs =>
                {
                    now += GateHarness.TickNs;
                    GateVerdict v = gate.Evaluate(inputs(now), now);
                    return v is { LinearMps: 0, AngularRps: 0, Action: GateAction.Stopped };
                });
            }).Check(Fixed);

    [Trait("Requirement", "SAF-GATE-021")]
    [Fact]
    public void Evaluate_SameInputsTwice_GivesTheSameBits() =>
        Prop.ForAll(Arb.From(Sequence(Inputs(AnyDouble, WildStamp()))), sequence =>
        {
            var zones = new SafetyZones(Polygon.Rectangle(-2, -2, 2, 2), [Polygon.Rectangle(0, 0, 1, 1)]);
            SafetyGate a = new(new GateOptions(), zones), b = new(new GateOptions(), zones);
            long now = 1_000_000_000;
            return sequence.All(inputs =>
            {
                now += GateHarness.TickNs;
                GateInputs i = inputs(now);
                return a.Evaluate(i, now) == b.Evaluate(i, now);
            });
        }).Check(Fixed);

    [Trait("Requirement", "SAF-GATE-020")]
    [Fact]
    public void Evaluate_AnyInputs_AllocatesNothing()
    {
        var harness = new GateHarness(zones: new SafetyZones(Polygon.Rectangle(-20, -20, 20, 20), [Polygon.Rectangle(5, 5, 6, 6)]));
        var probe = new WallProbe(1);
        harness.Gate.Evaluate(harness.Inputs, harness.NowNs, ref probe);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            harness.Advance();
            harness.Gate.Evaluate(harness.Inputs, harness.NowNs, ref probe);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool IsWithinLimits(GateVerdict v, GateOptions o) =>
        v.LinearMps <= o.MaxSpeedMps && v.LinearMps >= -o.MaxReverseMps
        && Math.Abs(v.AngularRps) <= o.MaxYawRateRps
        && Math.Abs(v.LinearMps * v.AngularRps) <= o.MaxLateralAccelMps2 * (1 + 1e-12)
        && Math.Abs(v.AngularRps) <= (o.MaxCurvaturePerM * Math.Max(Math.Abs(v.LinearMps), o.PivotSpeedMps)) + 1e-12
        && (v.Action < GateAction.Hold || (v.LinearMps == 0 && v.AngularRps == 0));

    private static bool HasNan(GateInputs i)
    {
        StampedCommand chosen = i.Operator.StampNs > 0 ? i.Operator : i.Recovery.StampNs > 0 ? i.Recovery : i.Executive;
        double[] values =
        [
            chosen.LinearMps, chosen.AngularRps, i.Attitude.RollRad, i.Attitude.PitchRad, i.Attitude.RollRateRps,
            i.Attitude.PitchRateRps, i.Pose.X, i.Pose.Y, i.Pose.HeadingX, i.Pose.HeadingY, i.Pose.SigmaM,
            i.Speed.LinearMps, i.Speed.AngularRps, i.Battery.ChargeWh, i.Battery.EnergyToHomeWh,
        ];
        return values.Any(double.IsNaN);
    }

    private static Gen<Func<long, GateInputs>[]> Sequence(Gen<Func<long, GateInputs>> inputs) => inputs.ArrayOf(12);

    private static Gen<long> WildStamp() => Gen.Frequency(
        (20, Gen.Constant(0L)), (1, Gen.Elements(long.MinValue, long.MaxValue, -1L, 1L, 200_000_000L, -600_000_000L)));

    private static Gen<Func<long, GateInputs>> Inputs(Gen<double> number, Gen<long> skew) =>
        from n in number.ArrayOf(20)
        from s in skew.ArrayOf(7)
        from present in Gen.Choose(0, 7)
        select (Func<long, GateInputs>)(now => Build(n, s, present, now));

    private static GateInputs Build(double[] n, long[] skew, int present, long now)
    {
        long Stamp(int i) => unchecked(now + skew[i]);
        return new GateInputs
        {
            Executive = new StampedCommand(n[0], n[1], Stamp(0)),
            Recovery = (present & 1) != 0 ? new StampedCommand(n[2], n[3], Stamp(1)) : default,
            Operator = (present & 2) != 0 ? new StampedCommand(n[4], n[5], Stamp(2)) : default,
            SafeController = (present & 4) != 0 ? new StampedCommand(n[6], n[7], Stamp(3)) : default,
            Attitude = new AttitudeSample(n[8] * 0.2, n[9] * 0.2, n[10], n[11], Stamp(4)),
            Pose = new PoseSample(n[12], n[13], double.IsNaN(n[14]) ? n[14] : 1, 0, Math.Abs(n[15]) * 0.1, Stamp(5)),
            Speed = new SpeedSample(n[16] * 0.3, n[17] * 0.3, Stamp(6)),
            Battery = new BatterySample(100 + n[18], Math.Abs(n[19]), 0, 0, now),
            Fleet = new FleetState(false, 0, 0, now),
        };
    }
}
