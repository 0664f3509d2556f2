using Aios.Safety.Monitor;

namespace Aios.Safety.Tests.Monitor;

public class LimitCheckerTests
{
    private const long Second = 1_000_000_000;
    private readonly Queue<MonitorEvent> _events = new();

    [Theory]
    [InlineData(Comparison.Less, 1, WatchResult.True)]
    [InlineData(Comparison.Less, 2, WatchResult.False)]
    [InlineData(Comparison.LessOrEqual, 2, WatchResult.True)]
    [InlineData(Comparison.LessOrEqual, 3, WatchResult.False)]
    [InlineData(Comparison.Greater, 3, WatchResult.True)]
    [InlineData(Comparison.Greater, 2, WatchResult.False)]
    [InlineData(Comparison.GreaterOrEqual, 2, WatchResult.True)]
    [InlineData(Comparison.GreaterOrEqual, 1, WatchResult.False)]
    [InlineData(Comparison.Equal, 2, WatchResult.True)]
    [InlineData(Comparison.Equal, 1, WatchResult.False)]
    [InlineData(Comparison.NotEqual, 1, WatchResult.True)]
    [InlineData(Comparison.NotEqual, 2, WatchResult.False)]
    [InlineData(Comparison.NotEqual, double.NaN, WatchResult.Error)]
    [InlineData(Comparison.Greater, double.PositiveInfinity, WatchResult.True)]
    public void Sample_ValueAgainstBoundTwo_GivesTheResult(Comparison comparison, double value, WatchResult expected)
    {
        var checker = new LimitChecker([new Watchpoint("x", comparison, 2, 0)], [], _events);
        checker.Update(0, value, 0);
        checker.Sample(0);

        Assert.Equal(expected, checker.ResultOf(checker.IndexOf("x")));
    }

    [Trait("Requirement", "SAF-MON-002")]
    [Fact]
    public void Sample_ValueMissingOrOld_IsStaleFromTheFirstNanosecondPastItsAge()
    {
        var checker = new LimitChecker([new Watchpoint("x", Comparison.Less, 2, Second)], [new Actionpoint("a", "x", 1)], _events);
        checker.Sample(0);
        Assert.Equal((WatchResult.Stale, ActionResult.Stale), (checker.ResultOf(0), checker.Records[0].Result));

        checker.Update(0, 5, 10);
        checker.Sample(10 + Second);
        Assert.Equal((WatchResult.False, ActionResult.Pass), (checker.ResultOf(0), checker.Records[0].Result));
        checker.Sample(11 + Second);
        Assert.Equal((WatchResult.Stale, ActionResult.Stale), (checker.ResultOf(0), checker.Records[0].Result));
    }

    [Trait("Requirement", "SAF-MON-001")]
    [Fact]
    public void Sample_ConditionFailsLongEnough_ActsOnceAndIsPassiveThen()
    {
        LimitChecker checker = Checker("x", failures: 3);
        Fail(checker, 2);
        Assert.False(checker.TryTakeSequence(out _));
        Fail(checker, 1);
        Assert.True(checker.TryTakeSequence(out int sequence));
        Assert.Equal(7, sequence);
        Assert.Equal(ActionpointState.Passive, checker.Records[0].State);

        Fail(checker, 5);
        Assert.False(checker.TryTakeSequence(out _));
        Assert.Equal((5, 1, 8), (checker.Records[0].PassiveCount, checker.Records[0].Actions, checker.Records[0].CumulativeFailures));

        checker.SetState(0, ActionpointState.Active);
        Fail(checker, 3);
        Assert.True(checker.TryTakeSequence(out _));
    }

    [Trait("Requirement", "SAF-MON-001")]
    [Fact]
    public void Sample_OnePassOrStaleBetween_CountsFromOneAgain()
    {
        LimitChecker checker = Checker("x", failures: 3);
        Fail(checker, 2);
        Value(checker, 0);
        Fail(checker, 2);
        Value(checker, double.NaN);
        Fail(checker, 2);

        Assert.False(checker.TryTakeSequence(out _));
        Assert.Equal(0, checker.Records[0].Actions);
    }

    [Fact]
    public void Sample_Disabled_IsNotJudged()
    {
        LimitChecker checker = Checker("x", failures: 1);
        checker.SetState(0, ActionpointState.Disabled);
        Fail(checker, 3);

        Assert.Equal(ActionResult.Stale, checker.Records[0].Result);
        Assert.Empty(_events);
    }

    [Fact]
    public void Sample_FlappingCondition_ReportsAtMostItsEvents()
    {
        var checker = new LimitChecker(
            [new Watchpoint("x", Comparison.Greater, 0.5, 0)], [new Actionpoint("a", "x", 100, MostEvents: 2)], _events);
        for (int i = 0; i < 10; i++)
        {
            Value(checker, i % 2);
        }

        Assert.Equal(2, _events.Count(e => e.Kind == MonitorEventKind.LimitFailed));
        Assert.Equal(2, _events.Count(e => e.Kind == MonitorEventKind.LimitPassed));
    }

    [Trait("Requirement", "SAF-MON-002")]
    [Theory]
    [InlineData("s t or", WatchResult.True)]
    [InlineData("s f or", WatchResult.Stale)]
    [InlineData("s f and", WatchResult.False)]
    [InlineData("s t and", WatchResult.Stale)]
    [InlineData("e t or", WatchResult.True)]
    [InlineData("e s or", WatchResult.Error)]
    [InlineData("e t and", WatchResult.Error)]
    [InlineData("t f xor", WatchResult.True)]
    [InlineData("t t xor", WatchResult.False)]
    [InlineData("t s xor", WatchResult.Stale)]
    [InlineData("s not", WatchResult.Stale)]
    [InlineData("f not t and", WatchResult.True)]
    [InlineData("t t and f or not", WatchResult.False)]
    [InlineData("t f t or and", WatchResult.True)]
    public void Evaluate_UnknownOperands_DecideOnlyWhatTheRestDoesNot(string equation, WatchResult expected) =>
        Assert.Equal(expected, new RpnEquation(equation, ["t", "f", "e", "s"]).Evaluate(
            [WatchResult.True, WatchResult.False, WatchResult.Error, WatchResult.Stale]));

    [Theory]
    [InlineData("")]
    [InlineData("x x")]
    [InlineData("and")]
    [InlineData("x and")]
    [InlineData("not x")]
    [InlineData("y")]
    public void Construct_BadEquation_IsRefused(string equation) =>
        Assert.Throws<ArgumentException>(() => new LimitChecker(
            [new Watchpoint("x", Comparison.Less, 0, 0)], [new Actionpoint("a", equation, 1)], _events));

    [Fact]
    public void Construct_BadConfiguration_IsRefused()
    {
        var x = new Watchpoint("x", Comparison.Less, 0, 0);
        Assert.Throws<ArgumentException>(() => new LimitChecker([x, x], [], _events));
        Assert.Throws<ArgumentException>(() => new LimitChecker([x with { Bound = double.NaN }], [], _events));
        Assert.Throws<ArgumentException>(() => new LimitChecker([x], [new Actionpoint("a", "x", 0)], _events));
    }

    private LimitChecker Checker(string equation, int failures) => new(
        [new Watchpoint("x", Comparison.Greater, 0.5, 0)], [new Actionpoint("a", equation, failures, Sequence: 7, EventId: 101)], _events);

    private static void Fail(LimitChecker checker, int samples)
    {
        for (int i = 0; i < samples; i++)
        {
            Value(checker, 1);
        }
    }

    private static void Value(LimitChecker checker, double value)
    {
        checker.Update(0, value, 0);
        checker.Sample(0);
    }
}
