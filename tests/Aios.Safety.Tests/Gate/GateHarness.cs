namespace Aios.Safety.Tests.Gate;

/// <summary>A gate with healthy inputs that advances in ticks of 50 ms; each test spoils what it is about.</summary>
internal sealed class GateHarness
{
    public const long TickNs = 50_000_000;

    public GateHarness(GateOptions? options = null, SafetyZones? zones = null)
    {
        Options = options ?? new GateOptions();
        Gate = new SafetyGate(Options, zones ?? SafetyZones.None);
        Inputs = Healthy(NowNs);
    }

    public GateOptions Options { get; }

    public SafetyGate Gate { get; }

    public long NowNs { get; private set; } = 10_000_000_000;

    public GateInputs Inputs;

    public static GateInputs Healthy(long nowNs) => new()
    {
        Executive = new StampedCommand(0.4, 0.1, nowNs),
        Attitude = new AttitudeSample(0.02, -0.03, 0, 0, nowNs),
        Pose = new PoseSample(0, 0, 1, 0, 0.05, nowNs),
        Speed = new SpeedSample(0, 0, nowNs),
        Battery = new BatterySample(200, 20, 0, 0, nowNs),
        Fleet = new FleetState(false, 0, 0, nowNs),
    };

    public GateVerdict Tick() => Gate.Evaluate(Inputs, NowNs);

    public GateVerdict Tick<TProbe>(TProbe probe)
        where TProbe : struct, IClearanceProbe => Gate.Evaluate(Inputs, NowNs, ref probe);

    /// <summary>Lets one tick pass and stamps every input that has a stamp anew, values kept.</summary>
    public void Advance()
    {
        NowNs += TickNs;
        Refresh(NowNs);
    }

    public GateVerdict Settle(int ticks = 40)
    {
        GateVerdict verdict = default;
        for (int i = 0; i < ticks; i++)
        {
            Advance();
            verdict = Tick();
        }

        return verdict;
    }

    public void AdvanceClockOnly(long ns) => NowNs += ns;

    private void Refresh(long nowNs)
    {
        Inputs.Executive = Restamp(Inputs.Executive, nowNs);
        Inputs.Recovery = Restamp(Inputs.Recovery, nowNs);
        Inputs.Operator = Restamp(Inputs.Operator, nowNs);
        Inputs.SafeController = Restamp(Inputs.SafeController, nowNs);
        Inputs.Attitude = Inputs.Attitude with { StampNs = nowNs };
        Inputs.Pose = Inputs.Pose with { StampNs = nowNs };
        Inputs.Speed = Inputs.Speed with { StampNs = nowNs };
        Inputs.Battery = Inputs.Battery with { StampNs = nowNs };
        if (Inputs.Fleet.LastPeerHeardNs != 0)
        {
            Inputs.Fleet = Inputs.Fleet with { LastPeerHeardNs = nowNs };
        }
    }

    private static StampedCommand Restamp(StampedCommand command, long nowNs) =>
        command.StampNs == 0 ? command : command with { StampNs = nowNs };
}

/// <summary>An obstacle: everything beyond x = WallM of the base frame.</summary>
internal readonly struct WallProbe(double wallM) : IClearanceProbe
{
    public double ClearanceM(double forwardM, double leftM) => wallM - forwardM;
}

/// <summary>A round obstacle of the base frame.</summary>
internal readonly struct RockProbe(double x, double y, double radius) : IClearanceProbe
{
    public double ClearanceM(double forwardM, double leftM)
    {
        double dx = forwardM - x, dy = leftM - y;
        return Math.Sqrt((dx * dx) + (dy * dy)) - radius;
    }
}

internal readonly struct NanProbe : IClearanceProbe
{
    public double ClearanceM(double forwardM, double leftM) => double.NaN;
}
