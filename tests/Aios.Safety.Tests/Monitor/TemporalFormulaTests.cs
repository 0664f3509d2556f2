using Aios.Numerics;
using Aios.Safety.Monitor;

namespace Aios.Safety.Tests.Monitor;

public class TemporalFormulaTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData("p", "0101", "0101")]
    [InlineData("!p", "0101", "1010")]
    [InlineData("previously p", "0110", "0011")]
    [InlineData("once p", "0100", "0111")]
    [InlineData("once[1] p", "010000", "011000")]
    [InlineData("once[2.5] p", "010000", "011100")]
    [InlineData("historically p", "1101", "1100")]
    [InlineData("historically p", "0111", "0000")]
    [InlineData("historically[2] p", "1111011111", "0011000111")]
    [InlineData("historically[0] p", "0101", "0101")]
    [InlineData("true & !false", "01", "11")]
    [InlineData("p -> p -> false", "01", "10")]
    [InlineData("p | !p & p", "01", "01")]
    public void Step_OneProposition_FollowsTheDefinition(string formula, string p, string expected) =>
        Assert.Equal(expected, Run(TemporalFormula.Parse(formula), p));

    [Theory]
    [InlineData("p since q", "0111011", "0100010", "0111011")]
    [InlineData("!p since q", "0001000", "0100010", "0110011")]
    [InlineData("p -> once[1] q", "0101010", "1000100", "1110111")]
    [InlineData("p & q | p", "0101", "0011", "0101")]
    public void Step_TwoPropositions_FollowTheDefinition(string formula, string p, string q, string expected) =>
        Assert.Equal(expected, Run(TemporalFormula.Parse(formula), p, q));

    [Trait("Requirement", "SAF-MON-006")]
    [Fact]
    public void Step_RandomFormulas_AgreeWithTheDefinitionOverTheWholePast()
    {
        var random = new SeededRandom(4);
        for (int i = 0; i < 400; i++)
        {
            Node tree = Node.Draw(random, 4);
            var formula = TemporalFormula.Parse(tree.Text);
            int[] columns = [.. formula.Names.Select(n => n[0] - 'a')];
            var past = new List<bool[]>();
            for (int t = 0; t < 12; t++)
            {
                past.Add([random.NextBool(), random.NextBool(), random.NextBool()]);
                bool[] row = past[^1];
                bool found = formula.Step(columns.Select(c => row[c]).ToArray(), t * Second);
                Assert.True(tree.Holds(past, t) == found, $"{tree.Text} at {t}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("p &")]
    [InlineData("(p")]
    [InlineData("p)")]
    [InlineData("once[x] p")]
    [InlineData("once[1 p")]
    [InlineData("p q")]
    [InlineData("since p")]
    public void Parse_Malformed_IsRefused(string text) => Assert.Throws<FormatException>(() => TemporalFormula.Parse(text));

    [Fact]
    public void Parse_NestedBeyondReason_IsRefused() =>
        Assert.Throws<FormatException>(() => TemporalFormula.Parse(new string('(', 5000) + "p" + new string(')', 5000)));

    [Fact]
    public void Step_AfterTheFirst_AllocatesNothing()
    {
        var formula = TemporalFormula.Parse("historically[2] (p | q) -> once[3] (p since q)");
        bool[] truth = [true, false];
        formula.Step(truth, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 1000; i++)
        {
            formula.Step(truth, i * Second);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Trait("Requirement", "SAF-MON-006")]
    [Fact]
    public void Specified_TableOfThePage_IsWatchedAndReported()
    {
        string[] names = ["moving", "too_fast", "commands_stale", "attitude_stale", "battery_stale", "pose_stale", "stop_latched", "fleet_halted"];
        var events = new Queue<MonitorEvent>();
        var monitors = new RequirementMonitors(RequirementMonitors.Specified(), names, events);
        Assert.True(monitors.Requirements.Count >= 5);
        string page = File.ReadAllText(Path.Combine(TraceabilityTests.Root, "docs", "specs", "safety.md"));
        Assert.All(monitors.Requirements, r => Assert.Contains($"| {r.Id} | When", page.Replace("Always", "When", StringComparison.Ordinal).Replace("While", "When", StringComparison.Ordinal), StringComparison.Ordinal));

        // A gate that goes on driving through a fleet halt: caught once, 0.3 s after the halt.
        for (int i = 0; i < 20; i++)
        {
            bool halted = i is >= 5 and < 15;
            monitors.Step([true, false, false, false, false, false, false, halted], i * Second / 10);
        }

        MonitorEvent found = Assert.Single(events);
        Assert.Equal((MonitorEventKind.RequirementViolated, "SAF-GATE-016", 8 * Second / 10), (found.Kind, found.Subject, found.AtNs));
    }

    [Theory]
    [InlineData("at once", "(c) -> (r)")]
    [InlineData("within 0.5 s", "(historically[0.5] (c)) -> (once[0.5] (r))")]
    [InlineData("after 2 s", "(historically[2] (c)) -> (r)")]
    [InlineData("until x", "(!(x) since (c)) -> (r)")]
    [InlineData("always", "r")]
    public void ToFormula_EachTiming_GivesItsTemplate(string timing, string expected) =>
        Assert.Equal(expected, new WatchedRequirement("X", "c", timing, "r").ToFormula());

    [Fact]
    public void ToFormula_UnknownTimingOrProposition_IsRefused()
    {
        Assert.Throws<FormatException>(() => new WatchedRequirement("X", "c", "soon", "r").ToFormula());
        Assert.Throws<FormatException>(() => new RequirementMonitors([new WatchedRequirement("X", "c", "always", "r")], ["c"], new()));
    }

    private static string Run(TemporalFormula formula, params string[] traces)
    {
        var result = new System.Text.StringBuilder();
        for (int t = 0; t < traces[0].Length; t++)
        {
            bool[] truth = [.. formula.Names.Select(n => traces[n[0] - 'p'][t] == '1')];
            result.Append(formula.Step(truth, t * Second) ? '1' : '0');
        }

        return result.ToString();
    }

    /// <summary>A formula judged by its definition over the whole past; steps are 1 s apart.</summary>
    private sealed record Node(string Operator, Node? Left, Node? Right, int Bound)
    {
        public string Text => Operator switch
        {
            "&" or "|" or "->" or "since" => $"({Left!.Text} {Operator} {Right!.Text})",
            "!" or "previously" => $"({Operator} {Left!.Text})",
            "once" or "historically" => Bound < 0 ? $"({Operator} {Left!.Text})" : $"({Operator}[{Bound}] {Left!.Text})",
            _ => Operator,
        };

        public static Node Draw(SeededRandom random, int depth)
        {
            string[] operators = ["a", "b", "c", "!", "previously", "once", "historically", "&", "|", "->", "since"];
            int choice = random.NextInt(depth == 0 ? 3 : operators.Length);
            return new Node(
                operators[choice], choice >= 3 ? Draw(random, depth - 1) : null, choice >= 7 ? Draw(random, depth - 1) : null,
                choice is 5 or 6 ? random.NextInt(4) - 1 : -1);
        }

        public bool Holds(List<bool[]> past, int t) => Operator switch
        {
            "!" => !Left!.Holds(past, t),
            "previously" => t > 0 && Left!.Holds(past, t - 1),
            "once" => Enumerable.Range(0, t + 1).Any(s => (Bound < 0 || t - s <= Bound) && Left!.Holds(past, s)),
            "historically" => (Bound < 0 || t >= Bound)
                && Enumerable.Range(0, t + 1).All(s => (Bound >= 0 && t - s > Bound) || Left!.Holds(past, s)),
            "&" => Left!.Holds(past, t) & Right!.Holds(past, t),
            "|" => Left!.Holds(past, t) | Right!.Holds(past, t),
            "->" => !Left!.Holds(past, t) | Right!.Holds(past, t),
            "since" => Enumerable.Range(0, t + 1).Any(s =>
                Right!.Holds(past, s) && Enumerable.Range(s + 1, t - s).All(u => Left!.Holds(past, u))),
            _ => past[t][Operator[0] - 'a'],
        };
    }
}
