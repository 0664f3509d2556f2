using System.Diagnostics;
using Aios.Numerics;
using Aios.Safety;

namespace Aios.Cli.Benchmarks;

/// <summary>Time and memory of the safety gate per command.</summary>
/// <param name="Ticks">Ticks measured.</param>
/// <param name="MeanNs">Mean time of a tick, ns.</param>
/// <param name="Bytes">Bytes allocated over all ticks.</param>
internal sealed record GateBenchmark(int Ticks, double MeanNs, long Bytes)
{
    /// <summary>Drives a gate with fence, keep-out and obstacle probe through ordinary inputs.</summary>
    public static GateBenchmark Measure(int ticks)
    {
        var zones = new SafetyZones(Polygon.Rectangle(-30, -30, 30, 30), [Polygon.Rectangle(5, 5, 8, 8)]);
        var gate = new SafetyGate(new GateOptions(), zones);
        var probe = default(Wall);
        Run(gate, ref probe, 20_000, 0);
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(gate, ref probe, ticks, 20_000);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return new GateBenchmark(ticks, watch.Elapsed.TotalNanoseconds / ticks, bytes);
    }

    private static void Run(SafetyGate gate, ref Wall probe, int ticks, int first)
    {
        for (var i = first; i < first + ticks; i++)
        {
            var now = 1_000_000_000 + (i * 50_000_000L);
            var inputs = new GateInputs
            {
                Executive = new StampedCommand(0.2 + (0.3 * (i % 7) / 7), (i % 11 * 0.1) - 0.5, now),
                Attitude = new AttitudeSample(i % 13 * 0.02, i % 5 * 0.03, 0.01, 0.02, now),
                Pose = new PoseSample((i % 50) - 25, (i % 40) - 20, 0.8, 0.6, 0.05, now),
                Speed = new SpeedSample(0.3, 0.1, now),
                Battery = new BatterySample(150, 10, 0, 0, now),
                Fleet = new FleetState(false, 0, 0, now),
            };
            gate.Evaluate(inputs, now, ref probe);
        }
    }

    private readonly struct Wall : IClearanceProbe
    {
        public double ClearanceM(double forwardM, double leftM) => 1.2 - forwardM;
    }
}
