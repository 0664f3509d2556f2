using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Gate;

/// <summary>A latched stop outlives the rover's power.</summary>
public class StopJournalTests
{
    private const int SlotBytes = 16;
    private static readonly GateOptions SecondLife = new() { FormerStopId = 1000 };

    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Restore_AfterPowerLoss_SameStopUntilItsOwnPermit()
    {
        var store = new MemoryVoteStore();
        SafetyGate gate = Start(store, new GateOptions(), out StopJournal journal);
        gate.Stop(GateReason.OperatorStop);
        gate.Stop(GateReason.MonitorStop);
        Assert.True(journal.Keep(gate));

        SafetyGate again = Start(store, SecondLife, out StopJournal kept);
        Assert.True(again.IsLatched);
        Assert.Equal((gate.StopId, gate.Latched), (again.StopId, again.Latched));
        Assert.Equal(GateAction.Stopped, again.Evaluate(new GateInputs(), 0).Action);
        Assert.False(again.TryResume(new ResumePermit(ResumeAuthority.Operator, gate.StopId - 1)));
        Assert.False(again.TryResume(new ResumePermit(ResumeAuthority.Quorum, gate.StopId)));
        Assert.True(again.TryResume(new ResumePermit(ResumeAuthority.Operator, gate.StopId)));
        Assert.True(kept.Keep(again));
        Assert.False(Start(store, SecondLife, out _).IsLatched);
    }

    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Stop_AfterOneWasPutBack_HasANumberBeyondAllLivesBefore()
    {
        var store = new MemoryVoteStore();
        SafetyGate gate = Start(store, new GateOptions(), out StopJournal journal);
        gate.Stop(GateReason.SelfStop);
        journal.Keep(gate);

        SafetyGate again = Start(store, SecondLife, out _);
        again.Stop(GateReason.SelfStop);

        Assert.Equal(1001u, again.StopId);
    }

    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Restore_TornAtAnyByte_IsStoppedUnlessTheLastWholeSlotIsALift()
    {
        byte[] whole = StoppedLiftedStopped();
        for (int length = 0; length <= whole.Length; length++)
        {
            MemoryVoteStore store = Of(whole[..length]);
            SafetyGate gate = Start(store, SecondLife, out _);

            bool isFree = length is 0 or 2 * SlotBytes;
            Assert.Equal(!isFree, gate.IsLatched);
            SafetyGate next = Start(store, SecondLife, out _);
            Assert.Equal((gate.IsLatched, gate.Latched), (next.IsLatched, next.Latched));
            Assert.True(isFree || gate.StopId == next.StopId);
        }
    }

    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Restore_TornAgainWhileTheDoubtIsWritten_IsStopped()
    {
        byte[] torn = StoppedLiftedStopped()[..^3];
        MemoryVoteStore store = Of(torn);
        Start(store, SecondLife, out _);
        byte[] after = store.Load();
        for (int length = torn.Length; length <= after.Length; length++)
        {
            Assert.True(Start(Of(after[..length]), SecondLife, out _).IsLatched);
        }
    }

    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Restore_AnyBitOfTheLastSlotWrong_IsStopped()
    {
        byte[] lifted = StoppedLiftedStopped()[..(2 * SlotBytes)];
        for (int bit = 8 * SlotBytes; bit < 16 * SlotBytes; bit++)
        {
            byte[] damaged = [.. lifted];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(Start(Of(damaged), SecondLife, out _).IsLatched);
        }

        Assert.True(Start(Of(new byte[SlotBytes]), SecondLife, out _).IsLatched); // grown, not yet written
    }

    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Restore_TornAfterALift_ThePermitOfTheLiftedStopLiftsNothing()
    {
        byte[] torn = StoppedLiftedStopped()[..^3];
        SafetyGate gate = Start(Of(torn), new GateOptions(), out _);

        Assert.True(gate.IsLatched);
        Assert.True(gate.StopId > 1);
        Assert.False(gate.TryResume(new ResumePermit(ResumeAuthority.Operator, 1)));
        Assert.True(gate.TryResume(new ResumePermit(ResumeAuthority.Operator, gate.StopId)));
    }

    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Stop_AfterLivesWithMoreStopsThanNumbersPerLife_HasANumberBeyondThem()
    {
        var store = new MemoryVoteStore();
        SafetyGate gate = Start(store, new GateOptions { FormerStopId = 5000 }, out StopJournal journal);
        gate.Stop(GateReason.SelfStop);
        journal.Keep(gate);
        gate.TryResume(new ResumePermit(ResumeAuthority.Quorum, gate.StopId));
        journal.Keep(gate);

        SafetyGate again = Start(store, SecondLife, out _);
        Assert.False(again.IsLatched);
        again.Stop(GateReason.SelfStop);
        Assert.Equal(5002u, again.StopId);
    }

    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Keep_StoreRefuses_IsSaidAndTriedAgain()
    {
        var store = new FullStore { IsFull = true };
        SafetyGate gate = Start(store, new GateOptions(), out StopJournal journal);
        gate.Stop(GateReason.SelfStop);
        Assert.False(journal.Keep(gate));
        Assert.True(gate.IsLatched);

        store.IsFull = false;
        Assert.True(journal.Keep(gate));
        Assert.True(Start(store, SecondLife, out _).IsLatched);
    }

    private static SafetyGate Start(IVoteStore store, GateOptions options, out StopJournal journal)
    {
        var gate = new SafetyGate(options, SafetyZones.None);
        journal = new StopJournal(store);
        journal.Restore(gate);
        return gate;
    }

    private static byte[] StoppedLiftedStopped()
    {
        var store = new MemoryVoteStore();
        SafetyGate gate = Start(store, new GateOptions(), out StopJournal journal);
        gate.Stop(GateReason.MonitorStop);
        journal.Keep(gate);
        gate.TryResume(new ResumePermit(ResumeAuthority.Quorum, gate.StopId));
        journal.Keep(gate);
        gate.Stop(GateReason.SelfStop);
        journal.Keep(gate);
        byte[] bytes = store.Load();
        Assert.Equal(3 * SlotBytes, bytes.Length);
        return bytes;
    }

    private static MemoryVoteStore Of(byte[] bytes)
    {
        var store = new MemoryVoteStore();
        store.TryAppend(bytes);
        return store;
    }

    private sealed class FullStore : IVoteStore
    {
        private readonly MemoryVoteStore _medium = new();

        public bool IsFull { get; set; }

        public byte[] Load() => _medium.Load();

        public bool TryAppend(ReadOnlySpan<byte> record) => !IsFull && _medium.TryAppend(record);

        public bool TryTruncate(int length) => _medium.TryTruncate(length);
    }
}
