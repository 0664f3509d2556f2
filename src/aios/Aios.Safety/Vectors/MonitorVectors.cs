using Aios.Numerics;
using Aios.Safety.Monitor;

namespace Aios.Safety.Vectors;

/// <summary>Drives limit checkers, health monitors and formulas through random operations.</summary>
internal static class MonitorVectors
{
    private const long Tenth = 100_000_000;

    private static readonly string[] Equations = ["a", "a b and", "a b or not", "a b xor c or", "a not b c and or", "c"];

    private static readonly string[] Formulas =
    [
        "p -> once[0.5] q", "historically[0.3] p -> q", "!r since p -> q", "previously (p & q) | historically r",
        "once (p since q)", "historically[0.2] (p | once[0.4] r) -> !previously q",
    ];

    public static void Write(VectorWriter writer, SeededRandom random, int operations)
    {
        for (int done = 0; done < operations; done += 300)
        {
            WriteLimits(writer, random);
            WriteHealth(writer, random);
            WriteFormula(writer, random, TemporalFormula.Parse(Formulas[random.NextInt(Formulas.Length)]));
        }
    }

    private static void WriteLimits(VectorWriter w, SeededRandom random)
    {
        string[] names = ["a", "b", "c"];
        Watchpoint[] points = [.. names.Select(n => new Watchpoint(
            n, (Comparison)random.NextInt(6), random.NextInt(3), random.NextInt(3) * 3 * Tenth))];
        Actionpoint[] actions = [.. Enumerable.Range(0, 4).Select(i => new Actionpoint(
            $"x{i}", Equations[random.NextInt(Equations.Length)], 1 + random.NextInt(3), i, (ActionpointState)random.NextInt(3)))];
        var checker = new LimitChecker(points, actions, new Queue<MonitorEvent>());
        w.U32(10);
        w.I32(points.Length);
        foreach (Watchpoint p in points)
        {
            w.U32((uint)p.Comparison);
            w.F64(p.Bound);
            w.I64(p.StaleAfterNs);
        }

        w.I32(actions.Length);
        foreach (Actionpoint a in actions)
        {
            ReadOnlySpan<int> program = new RpnEquation(a.Equation, names).Program;
            w.I32(program.Length);
            foreach (int word in program)
            {
                w.I32(word);
            }

            w.I32(a.FailuresToAct);
            w.U32((uint)a.State);
        }

        for (int i = 0; i < 100; i++)
        {
            Disturb(w, random, checker, i * Tenth);
            Sample(w, checker, points.Length, i * Tenth);
        }
    }

    private static void Disturb(VectorWriter w, SeededRandom random, LimitChecker checker, long now)
    {
        if (random.NextBool(0.7))
        {
            int point = random.NextInt(3);
            double value = random.NextBool(0.05) ? double.NaN : random.NextInt(3);
            long stamp = random.NextInt(20) switch { 0 => now + (7 * Tenth), 1 => long.MaxValue, 2 => -1 - random.NextInt(1 << 30), _ => now };
            checker.Update(point, value, stamp);
            w.U32(11);
            w.I32(point);
            w.F64(value);
            w.I64(stamp);
        }

        if (random.NextBool(0.1))
        {
            int action = random.NextInt(4), state = random.NextInt(3);
            checker.SetState(action, (ActionpointState)state);
            w.U32(13);
            w.I32(action);
            w.I32(state);
        }
    }

    private static void Sample(VectorWriter w, LimitChecker checker, int points, long now)
    {
        checker.Sample(now);
        w.U32(12);
        w.I64(now);
        for (int p = 0; p < points; p++)
        {
            w.U32((uint)checker.ResultOf(p));
        }

        foreach (ActionpointRecord r in checker.Records)
        {
            w.U32((uint)r.Result);
            w.U32((uint)r.State);
            w.I32(r.ConsecutiveFailures);
            w.I32(r.Actions);
        }
    }

    private static void WriteHealth(VectorWriter w, SeededRandom random)
    {
        PingTarget[] targets = [.. Enumerable.Range(0, 3).Select(i => new PingTarget($"t{i}", 1 + random.NextInt(3), 4 + random.NextInt(3)))];
        var health = new HealthMonitor(targets, new Queue<MonitorEvent>());
        w.U32(20);
        w.I32(targets.Length);
        foreach (PingTarget t in targets)
        {
            w.I32(t.WarningCycles);
            w.I32(t.FatalCycles);
        }

        for (int i = 0; i < 100; i++)
        {
            health.Cycle(i);
            w.U32(21);
            w.Bool(health.StrokesWatchdog);
            for (int t = 0; t < targets.Length; t++)
            {
                w.I32(health.Waited(t));
                w.U32(health.KeyOf(t));
            }

            for (int t = 0; t < targets.Length; t++)
            {
                if (random.NextBool(0.6))
                {
                    uint key = health.KeyOf(t) + (random.NextBool(0.1) ? 1u : 0);
                    w.U32(22);
                    w.I32(t);
                    w.U32(key);
                    w.Bool(health.OnAnswer(t, key, i));
                }
            }
        }
    }

    private static void WriteFormula(VectorWriter w, SeededRandom random, TemporalFormula formula)
    {
        w.U32(30);
        w.I32(formula.Items.Length);
        foreach (TemporalFormula.Item item in formula.Items)
        {
            w.U32((uint)item.Operator);
            w.I32(item.Left);
            w.I32(item.Right);
            w.I64(item.BoundNs);
        }

        bool[] truth = new bool[formula.Names.Count];
        for (int i = 0; i < 100; i++)
        {
            uint mask = 0;
            for (int p = 0; p < truth.Length; p++)
            {
                truth[p] = random.NextBool(0.4) != truth[p];
                mask |= truth[p] ? 1u << p : 0;
            }

            w.U32(31);
            w.I64(i * Tenth);
            w.U32(mask);
            w.Bool(formula.Step(truth, i * Tenth));
        }
    }
}
