using Aios.Numerics;

namespace Aios.Safety.Vectors;

/// <summary>Drives a gate through ordinary and absurd inputs.</summary>
internal static class GateVectors
{
    private const int TicksPerGate = 40;

    private static readonly double[] Wild =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, -0.0, 1e300, -1e-300,
    ];

    public static void Write(VectorWriter writer, SeededRandom random, int ticks)
    {
        for (int done = 0; done < ticks; done += TicksPerGate)
        {
            GateOptions options = Options(random);
            SafetyZones zones = Zones(random);
            var gate = new SafetyGate(options, zones);
            WriteGate(writer, options, zones);
            bool wild = random.NextBool(0.3);
            long now = 1_000_000_000;
            for (int i = 0; i < TicksPerGate; i++)
            {
                now += random.NextBool(0.02) ? -30_000_000 : random.NextBool(0.005) ? -20_000_000_000 : 50_000_000;
                WriteTick(writer, gate, Inputs(random, now, wild), now, random);
                WriteStopOrResume(writer, gate, random);
            }
        }
    }

    private static GateOptions Options(SeededRandom random)
    {
        var options = new GateOptions();
        return random.NextBool(0.5)
            ? options
            : options with
            {
                MaxSpeedMps = random.NextDouble(0.3, 1), CrawlSpeedMps = random.NextDouble(0.05, 0.3),
                IsolatedSpeedMps = random.NextDouble(0.05, 0.3), MaxAccelMps2 = random.NextDouble(0.1, 2),
                MaxReverseMps = 0.2, MaxCurvaturePerM = random.NextDouble(0.5, 5), ReactionTimeS = random.NextDouble(0, 0.5),
                HandbackTicks = 1 + random.NextInt(12), ProbeSamples = 1 + random.NextInt(16),
                IsolationTimeoutNs = 500_000_000, AwayAllowanceWh = 1,
            };
    }

    private static SafetyZones Zones(SeededRandom random)
    {
        Polygon? fence = random.NextBool(0.7)
            ? new Polygon([-6, -5, random.NextDouble(3, 8), -5.5, 6, random.NextDouble(2, 7), 0, 3.5, -7, 5])
            : null;
        var areas = new List<Polygon>();
        for (int i = random.NextInt(3); i > 0; i--)
        {
            double x = random.NextDouble(-4, 4), y = random.NextDouble(-4, 4);
            areas.Add(new Polygon([x, y, x + 2, y, x + random.NextDouble(-1, 2), y + 1.5]));
        }

        return new SafetyZones(fence, areas);
    }

    private static GateInputs Inputs(SeededRandom random, long now, bool wild)
    {
        double D(double least, double most) =>
            wild && random.NextBool(0.03) ? Wild[random.NextInt(Wild.Length)] : random.NextDouble(least, most);
        long Stamp() => random.NextInt(60) switch
        {
            0 => 0,
            1 => now - 2_000_000_000,
            2 => now + 400_000_000,
            3 when wild => long.MinValue,
            4 when wild => long.MaxValue,
            _ => now - random.NextInt(100_000_000),
        };
        StampedCommand Command(double present) =>
            random.NextBool(present) ? new StampedCommand(D(-0.5, 0.9), D(-0.9, 0.9), Stamp()) : default;
        double heading = D(-3.1, 3.1);
        (double sin, double cos) = double.IsFinite(heading) ? DetMath.SinCos(Math.Clamp(heading, -4, 4)) : (heading, 1);
        double steep = random.NextBool(0.1) ? 0.8 : 0.3;
        return new GateInputs
        {
            Executive = Command(0.95),
            Recovery = Command(0.1),
            Operator = Command(0.05),
            SafeController = Command(0.5),
            Attitude = new AttitudeSample(D(-steep, steep), D(-steep, steep), D(-0.6, 0.6), D(-1.1, 0.6), Stamp()),
            Pose = new PoseSample(D(-7, 7), D(-6, 6), cos, sin, Math.Abs(D(0, 0.2)), Stamp()),
            Speed = new SpeedSample(D(-0.3, 0.6), D(-0.6, 0.6), Stamp()),
            Battery = new BatterySample(D(8, 200), D(0, 60), D(-5, 5), D(-5, 5), Stamp()),
            Fleet = new FleetState(
                random.NextBool(0.03), random.NextUInt64() & 3, random.NextBool(0.1) ? D(0, 0.5) : 0,
                wild && random.NextBool(0.2) ? Stamp() : now - (random.NextInt(20) * 100_000_000L)),
        };
    }

    private static void WriteGate(VectorWriter w, GateOptions o, SafetyZones zones)
    {
        w.U32(1);
        w.F64(
            o.MaxSpeedMps, o.MaxReverseMps, o.MaxYawRateRps, o.MaxAccelMps2, o.MaxDecelMps2, o.MaxYawAccelRps2,
            o.MaxLateralAccelMps2, o.MaxCurvaturePerM, o.PivotSpeedMps, o.CrawlSpeedMps, o.SlopeFullSpeedRad, o.SlopeCrawlRad,
            o.TiltHoldRad, o.TiltReleaseRad, o.TiltCriticalRad, o.TiltRateRps, o.OverspeedFactor, o.BatteryCriticalWh,
            o.BatteryReserveWh, o.HomeEnergyFactor, o.AwayAllowanceWh, o.FenceMarginM, o.IsolatedSpeedMps, o.ReactionTimeS,
            o.RequiredClearanceM);
        long[] times =
        [
            o.TiltRateHoldoffNs, o.CommandTimeoutNs, o.AttitudeTimeoutNs, o.PoseTimeoutNs, o.SpeedTimeoutNs, o.BatteryTimeoutNs,
            o.FutureToleranceNs, o.MaxTickNs, o.IsolationTimeoutNs,
        ];
        Array.ForEach(times, w.I64);
        w.I32(o.ProbeSamples);
        w.I32(o.HandbackTicks);
        WritePolygon(w, zones.Fence);
        w.I32(zones.KeepOuts.Count);
        foreach (Polygon area in zones.KeepOuts)
        {
            WritePolygon(w, area);
        }
    }

    private static void WritePolygon(VectorWriter w, Polygon? polygon)
    {
        w.I32(polygon is null ? 0 : polygon.Vertices.Length / 2);
        if (polygon is not null)
        {
            w.F64(polygon.Vertices);
        }
    }

    private static void WriteTick(VectorWriter w, SafetyGate gate, in GateInputs i, long now, SeededRandom random)
    {
        w.U32(2);
        foreach (StampedCommand c in (StampedCommand[])[i.Executive, i.Recovery, i.Operator, i.SafeController])
        {
            w.F64(c.LinearMps, c.AngularRps);
            w.I64(c.StampNs);
        }

        w.F64(i.Attitude.RollRad, i.Attitude.PitchRad, i.Attitude.RollRateRps, i.Attitude.PitchRateRps);
        w.I64(i.Attitude.StampNs);
        w.F64(i.Pose.X, i.Pose.Y, i.Pose.HeadingX, i.Pose.HeadingY, i.Pose.SigmaM);
        w.I64(i.Pose.StampNs);
        w.F64(i.Speed.LinearMps, i.Speed.AngularRps);
        w.I64(i.Speed.StampNs);
        w.F64(i.Battery.ChargeWh, i.Battery.EnergyToHomeWh, i.Battery.HomeX, i.Battery.HomeY);
        w.I64(i.Battery.StampNs);
        w.Bool(i.Fleet.Halted);
        w.I64(unchecked((long)i.Fleet.HazardPermits));
        w.F64(i.Fleet.SpeedLimitMps);
        w.I64(i.Fleet.LastPeerHeardNs);
        w.I64(now);
        var probe = new Rock(random.NextInt(3), random.NextDouble(0, 3), random.NextDouble(-1, 1), random.NextDouble(0.1, 0.8));
        w.U32((uint)probe.Kind);
        w.F64(probe.X, probe.Y, probe.Radius);
        GateVerdict verdict = gate.Evaluate(i, now, ref probe);
        w.F64(verdict.LinearMps, verdict.AngularRps);
        w.I64(unchecked((long)verdict.Reasons.Bits));
        w.U32((uint)verdict.Action);
        w.U32((uint)verdict.Source);
    }

    private static void WriteStopOrResume(VectorWriter w, SafetyGate gate, SeededRandom random)
    {
        if (random.NextBool(0.02))
        {
            int reason = random.NextInt(64);
            gate.Stop((GateReason)reason);
            w.U32(3);
            w.I32(reason);
            w.U32(gate.StopId);
        }

        if (gate.IsLatched && random.NextBool(0.2))
        {
            uint stop = random.NextBool(0.8) ? gate.StopId : gate.StopId - 1;
            w.U32(4);
            w.U32(stop);
            bool byHuman = random.NextBool(0.5);
            w.Bool(byHuman);
            w.Bool(gate.TryResume(new ResumePermit(byHuman ? ResumeAuthority.Operator : ResumeAuthority.Quorum, stop)));
        }
    }

    /// <summary>0: open ground, 1: a wall across at X, 2: a round rock.</summary>
    private readonly record struct Rock(int Kind, double X, double Y, double Radius) : IClearanceProbe
    {
        public double ClearanceM(double forwardM, double leftM)
        {
            double dx = forwardM - X, dy = leftM - Y;
            return Kind == 0 ? double.PositiveInfinity : Kind == 1 ? X - forwardM : Math.Sqrt((dx * dx) + (dy * dy)) - Radius;
        }
    }
}
