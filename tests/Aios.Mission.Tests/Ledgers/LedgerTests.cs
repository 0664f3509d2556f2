namespace Aios.Mission.Tests.Ledgers;

public sealed class TaskLedgerTests
{
    [Fact]
    public void Task_AssignedAndCompleted_IsCountedOnceEach()
    {
        var ledger = new TaskLedger();

        ledger.OnAssigned("rover_1", 1, 2);
        ledger.OnCompleted("rover_1");
        ledger.OnCompleted("rover_1");

        Assert.Equal((1, 1, 0), (ledger.Assigned, ledger.Completed, ledger.Abandoned));
    }

    [Fact]
    public void Task_ReplacedByAnother_IsAbandoned()
    {
        var ledger = new TaskLedger();

        ledger.OnAssigned("rover_1", 1, 2);
        ledger.OnAssigned("rover_1", 3, 4);

        Assert.Equal((2, 1), (ledger.Assigned, ledger.Abandoned));
    }

    [Fact]
    public void LostRover_WithOpenTask_CountsAsLostUntilTakenOver()
    {
        var ledger = new TaskLedger();
        ledger.OnAssigned("rover_2", 1, 2);
        ledger.OnRoverLost("rover_2");
        Assert.Equal(1, ledger.Lost);

        ledger.OnTakenOver("rover_2");
        ledger.OnTakenOver("rover_2");

        Assert.Equal((0, 1), (ledger.Lost, ledger.Reassigned));
    }

    [Fact]
    public void TakenOver_OfRoverThatIsNotLost_IsIgnored()
    {
        var ledger = new TaskLedger();
        ledger.OnAssigned("rover_2", 1, 2);

        ledger.OnTakenOver("rover_2");

        Assert.Equal(0, ledger.Reassigned);
    }
}

public sealed class FaultLedgerTests
{
    [Fact]
    public void Death_DeclaredAndTakenOver_HasBothTimes()
    {
        var ledger = new FaultLedger();
        ledger.OnInjected(FaultLedger.RoverDeath, "rover_2", "", 100);

        ledger.OnDeclaredLost("rover_1", 101);
        ledger.OnDeclaredLost("rover_2", 103);
        ledger.OnDeclaredLost("rover_2", 104);
        ledger.OnTakenOver("rover_2", 110);

        Assert.Equal(new FaultRecord(FaultLedger.RoverDeath, "rover_2", "", 100, 103, 110), Assert.Single(ledger.Faults));
    }

    [Fact]
    public void Cut_NoticedByEitherEnd_IsDetectedAndRecovered()
    {
        var ledger = new FaultLedger();
        ledger.OnInjected(FaultLedger.LinkCut, "rover_1", "rover_3", 50);

        ledger.OnLinkLost("rover_1", "rover_2", 51);
        ledger.OnLinkRestored("rover_3", "rover_1", 51.5);
        ledger.OnLinkLost("rover_3", "rover_1", 52);
        ledger.OnLinkRestored("rover_1", "rover_3", 171);

        Assert.Equal(new FaultRecord(FaultLedger.LinkCut, "rover_1", "rover_3", 50, 52, 171), Assert.Single(ledger.Faults));
    }
}
