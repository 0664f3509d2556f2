using Aios.Safety.Monitor;

namespace Aios.Safety.Tests.Monitor;

public class HealthMonitorTests
{
    private readonly Queue<MonitorEvent> _events = new();

    [Fact]
    public void Cycle_EveryoneAnswers_PingsEachCycleWithANewKeyAndStrokes()
    {
        HealthMonitor health = Monitor();
        var keys = new HashSet<uint>();
        for (int i = 0; i < 20; i++)
        {
            health.Cycle(i);
            while (health.TryTakePing(out int target, out uint key))
            {
                Assert.True(keys.Add(key));
                Assert.True(health.OnAnswer(target, key, i));
            }
        }

        Assert.Equal((40, 20UL), (keys.Count, health.Strokes));
        Assert.Empty(_events);
    }

    [Trait("Requirement", "SAF-MON-004")]
    [Fact]
    public void Cycle_OneIsSilent_WarnsThenStopsStrokingUntilItAnswers()
    {
        HealthMonitor health = Monitor();
        var strokes = new List<bool>();
        for (int i = 0; i < 8; i++)
        {
            health.Cycle(i);
            strokes.Add(health.StrokesWatchdog);
            Answer(health, only: 0, i);
        }

        Assert.Equal([true, true, true, true, true, false, false, false], strokes);
        Assert.Equal([MonitorEventKind.PingLate, MonitorEventKind.PingFatal], _events.Select(e => e.Kind));
        Assert.Equal([2L, 5L], _events.Select(e => e.AtNs));
        Assert.True(health.IsDead(1));

        Assert.True(health.OnAnswer(1, health.KeyOf(1), 9));
        health.Cycle(9);
        Assert.True(health.StrokesWatchdog);
        Assert.Equal(MonitorEventKind.PingRecovered, _events.Last().Kind);
    }

    [Fact]
    public void OnAnswer_OldKeyOrUnasked_IsReportedAndDoesNotCount()
    {
        HealthMonitor health = Monitor();
        health.Cycle(0);
        health.TryTakePing(out int target, out uint key);

        Assert.False(health.OnAnswer(target, key + 5, 0));
        Assert.Equal(1, health.Waited(target));
        Assert.True(health.OnAnswer(target, key, 0));
        Assert.False(health.OnAnswer(target, key, 0));
        Assert.Equal(2, _events.Count(e => e.Kind == MonitorEventKind.PingWrongKey));
    }

    [Fact]
    public void SetEnabled_Off_IsNeitherPingedNorMissed()
    {
        HealthMonitor health = Monitor();
        health.SetEnabled(1, false);
        for (int i = 0; i < 30; i++)
        {
            health.Cycle(i);
            Answer(health, only: 0, i);
        }

        Assert.True(health.StrokesWatchdog);
        Assert.Empty(_events);
    }

    [Trait("Requirement", "SAF-MON-005")]
    [Fact]
    public void OnDead_ComponentStaysDead_IsRestartedNTimesWithGrowingPausesThenSafeModeForGood()
    {
        var supervisor = new RestartSupervisor(["controller"], mostRestarts: 3, pauseNs: 10, _events);
        var restarts = new List<long>();
        long safe = 0;
        for (long now = 0; now < 200; now++)
        {
            RestartVerdict verdict = supervisor.OnDead(0, now);
            if (verdict == RestartVerdict.Restart)
            {
                restarts.Add(now);
            }

            safe += verdict == RestartVerdict.SafeMode ? now : 0;
        }

        Assert.Equal([0L, 10L, 30L], restarts);
        Assert.Equal(70, safe);
        Assert.True(supervisor.IsSafeMode);
        Assert.Equal(4, _events.Count);
        supervisor.Reset();
        Assert.Equal(RestartVerdict.Restart, supervisor.OnDead(0, 300));
    }

    [Trait("Requirement", "SAF-MON-003")]
    [Fact]
    public void TryTakeCommand_TwoSequences_ComeAtTheirTimesAndARunningOneIsNotStartedAgain()
    {
        var runner = new SequenceRunner(
            [
                new StoredSequence("a", [new SequenceStep(0, RecoveryCommand.Stop), new SequenceStep(20, RecoveryCommand.SafeMode)]),
                new StoredSequence("b", [new SequenceStep(10, RecoveryCommand.RestartComponent, 4)]),
            ],
            _events);
        Assert.True(runner.TryStart(0, 100));
        Assert.True(runner.TryStart(1, 100));
        Assert.False(runner.TryStart(0, 100));
        Assert.False(runner.TryStart(2, 100));

        var taken = new List<(long, RecoveryCommand, int)>();
        for (long now = 100; now <= 130; now += 5)
        {
            while (runner.TryTakeCommand(now, out SequenceStep step))
            {
                taken.Add((now, step.Command, step.Argument));
            }
        }

        Assert.Equal([(100, RecoveryCommand.Stop, 0), (110, RecoveryCommand.RestartComponent, 4), (120, RecoveryCommand.SafeMode, 0)], taken);
        Assert.True(runner.TryStart(0, 200));
        runner.Stop(0);
        Assert.False(runner.TryTakeCommand(500, out _));
    }

    [Fact]
    public void Construct_BadConfiguration_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new HealthMonitor([new PingTarget("a", 3, 3)], _events));
        Assert.Throws<ArgumentException>(() => new HealthMonitor([new PingTarget("a", 0, 3)], _events));
        Assert.Throws<ArgumentException>(() => new HealthMonitor([new PingTarget("a", 1, 3), new PingTarget("a", 1, 3)], _events));
        Assert.Throws<ArgumentException>(() => new SequenceRunner([new StoredSequence("a", [])], _events));
        Assert.Throws<ArgumentException>(() => new SequenceRunner(
            [new StoredSequence("a", [new SequenceStep(-1, RecoveryCommand.Stop)])], _events));
    }

    private HealthMonitor Monitor() => new([new PingTarget("a", 2, 5), new PingTarget("b", 2, 5)], _events);

    private static void Answer(HealthMonitor health, int only, long now)
    {
        while (health.TryTakePing(out int target, out uint key))
        {
            if (target == only)
            {
                health.OnAnswer(target, key, now);
            }
        }
    }
}
