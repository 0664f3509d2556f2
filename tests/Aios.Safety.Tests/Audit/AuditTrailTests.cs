using System.Text;
using Aios.Safety.Audit;
using Aios.Safety.Quorum;
using Aios.Safety.Tests.Quorum;

namespace Aios.Safety.Tests.Audit;

public class AuditTrailTests
{
    private static readonly QuorumOptions Three = new() { SharedReasonKinds = 0, Members = 3, FleetId = 12 };
    private static readonly string[] Names = ["rover_1", "rover_2", "rover_3"];

    [Trait("Requirement", "SAF-QUO-014")]
    [Fact]
    public void Verify_TrailOfDecisionsAndOverrides_IsSoundAndTellsAll()
    {
        AuditReport report = DecisionAudit.Verify(Trail().Load(), keys: null);

        Assert.Empty(report.Breaks);
        Assert.Equal((4u, 2u, 1u), (report.Entries, report.Decisions, report.Overrides));
        Assert.Equal(Names, report.Genesis!.Members);
    }

    [Trait("Requirement", "SAF-QUO-014")]
    [Fact]
    public void Verify_AnyByteChanged_IsABreakOnItsLineOrTheNext()
    {
        byte[] good = Trail().Load();
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 1;
            int line = 1 + good.AsSpan(0, i).Count((byte)'\n');

            AuditReport report = DecisionAudit.Verify(bad, keys: null);

            Assert.True(report.Breaks.Count > 0, $"byte {i} of line {line}");
            Assert.InRange(report.Breaks[0].Line, line, line + 1);
        }
    }

    [Trait("Requirement", "SAF-QUO-014")]
    [Fact]
    public void Verify_LineRemovedSwappedOrRepeated_IsTold()
    {
        string[] good = Encoding.UTF8.GetString(Trail().Load()).TrimEnd('\n').Split('\n');
        string[][] bad =
        [
            [good[1], good[2], good[3]],
            [good[0], good[2], good[3]],
            [good[0], good[2], good[1], good[3]],
            [good[0], good[1], good[1], good[2], good[3]],
        ];

        Assert.All(bad, lines => Assert.NotEmpty(Verify(lines).Breaks));
        AuditReport cut = Verify(good[..3]);
        Assert.Empty(cut.Breaks);
        Assert.NotEqual(Verify(good).Head, cut.Head);
    }

    [Fact]
    public void Verify_RehashedForgery_FailsOnItsCertificate()
    {
        // A forger who changes a decision and mends all hashes still has no votes for it.
        string[] lines = Forge("\"decision\":\"fleet_halt\"", "\"decision\":\"fleet_resume\"");

        AuditBreak found = Assert.Single(Verify(lines).Breaks, b => b.Line == 2);
        Assert.Contains("no valid certificate", found.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"model\":\"crash\"", "\"model\":\"kind\"", "model 'kind', expected 'crash' or 'byzantine'")]
    [InlineData("\"self\":0", "\"self\":9", "self is 9, expected a member from 0 to 2")]
    [InlineData("\"keys\":{\"0\":\"", "\"keys\":{\"0\":\"00", "the key of member 0 has 65 bytes, expected 64")]
    [InlineData("\"keys\":{\"0\":\"", "\"keys\":{\"7\":\"", "member '7', expected a number from 0 to 2, or 255")]
    public void Verify_RehashedGenesisWithoutSense_IsSaidOnceAndWhatFollowsIsNotRead(string good, string bad, string problem)
    {
        IReadOnlyList<AuditBreak> breaks = Verify(Forge(good, bad)).Breaks;

        Assert.Equal(2, breaks.Count);
        Assert.All(breaks, b => Assert.Equal(1, b.Line));
        Assert.Contains(problem, breaks[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_VoteOfNobody_IsSaid() =>
        Assert.Contains(Verify(Forge("\"votes\":{\"0\"", "\"votes\":{\"12\"")).Breaks, b => b.Problem.Contains("member '12'", StringComparison.Ordinal));

    // Whoever writes all hashes anew.
    private static string[] Forge(string good, string bad)
    {
        string[] lines = Encoding.UTF8.GetString(Trail().Load()).TrimEnd('\n').Split('\n');
        string previous = AuditEntry.FirstPrevious;
        for (int i = 0; i < lines.Length; i++)
        {
            string fields = lines[i].Replace(good, bad, StringComparison.Ordinal);
            fields = fields[..fields.IndexOf(",\"previous\"", StringComparison.Ordinal)];
            string head = $"{fields},\"previous\":\"{previous}\"";
            previous = AuditEntry.HashOf(head);
            lines[i] = $"{head},\"hash\":\"{previous}\"}}";
        }

        return lines;
    }

    [Fact]
    public void Verify_KeysOfAnotherFleet_EveryCertificateAndOverrideFails()
    {
        using var others = EcdsaKeyRing.ForSimulation(0, 3, 999);

        Assert.Equal([2, 3, 4], DecisionAudit.Verify(Trail().Load(), others).Breaks.Select(b => b.Line).Distinct());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{}\n")]
    [InlineData("{\"n\":0")]
    public void Verify_NoTrail_IsABreak(string text) =>
        Assert.NotEmpty(DecisionAudit.Verify(Encoding.UTF8.GetBytes(text), keys: null).Breaks);

    [Trait("Requirement", "SAF-QUO-014")]
    [Fact]
    public void Write_AfterRestartAtAnyTornLength_GoesOnWithASoundTrail()
    {
        byte[] whole = Trail(out QuorumKernel kernel).Load();
        for (int length = 0; length <= whole.Length; length += length < 40 ? 1 : 37)
        {
            var store = new MemoryVoteStore();
            store.TryAppend(whole.AsSpan(0, length));
            var trail = new AuditTrail(store, Genesis());
            Assert.True(trail.Write(kernel.Log, kernel.Overrides, 5_000_000_000));

            AuditReport report = DecisionAudit.Verify(store.Load(), keys: null);
            Assert.Empty(report.Breaks);
            Assert.Equal((2u, 1u), (report.Decisions, report.Overrides));
        }
    }

    [Fact]
    public void Write_BrokenTrail_IsLeftAsItIs()
    {
        var store = new MemoryVoteStore();
        byte[] bad = Trail(out QuorumKernel kernel).Load();
        bad[^80] ^= 1;
        store.TryAppend(bad);
        var trail = new AuditTrail(store, Genesis());

        Assert.True(trail.IsBroken);
        Assert.False(trail.Write(kernel.Log, kernel.Overrides, 0));
        Assert.Equal(bad, store.Load());
    }

    [Fact]
    public void Note_Alarm_IsInTheTrail()
    {
        MemoryVoteStore store = Trail(out QuorumKernel kernel);
        var trail = new AuditTrail(store, Genesis());
        trail.Note(new QuorumEvent(QuorumEventKind.Equivocation, 3, 1, 2, new Decision(DecisionKind.FleetHalt), 0, 0));
        Assert.True(trail.Write(kernel.Log, kernel.Overrides, 0));

        Assert.Equal(1u, DecisionAudit.Verify(store.Load(), keys: null).Alarms);
        Assert.Contains("\"alarm\":\"equivocation\",\"epoch\":3,\"member\":2", Encoding.UTF8.GetString(store.Load()), StringComparison.Ordinal);
    }

    private static AuditReport Verify(string[] lines) =>
        DecisionAudit.Verify(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))), keys: null);

    private static AuditGenesis Genesis()
    {
        using var keys = EcdsaKeyRing.ForSimulation(0, 3, Three.FleetId);
        return AuditGenesis.Of(Three, 0, Names, keys);
    }

    private static MemoryVoteStore Trail() => Trail(out _);

    private static MemoryVoteStore Trail(out QuorumKernel kernel)
    {
        QuorumKernel[] fleet = [.. Enumerable.Range(0, 3).Select(i => new QuorumKernel(
            i, Three, EcdsaKeyRing.ForSimulation(i, 3, Three.FleetId), new MemoryVoteStore(), new TestPolicy(), 0))];
        Decide(fleet, new Decision(DecisionKind.FleetHalt));
        Decide(fleet, new Decision(DecisionKind.FleetResume));
        using var console = EcdsaKeyRing.ForSimulation(ISignatureScheme.Operator, 3, Three.FleetId);
        fleet[0].ApplyOverride(HumanOverride.Create(1, 2, new Decision(DecisionKind.FleetHalt), Three.FleetId, console), 0);
        var store = new MemoryVoteStore();
        new AuditTrail(store, Genesis()).Write(fleet[0].Log, fleet[0].Overrides, 1_500_000_000);
        kernel = fleet[0];
        return store;
    }

    private static void Decide(QuorumKernel[] fleet, Decision decision)
    {
        uint height = fleet[0].Log.Height;
        fleet[0].Propose(decision, 0);
        for (long now = 0; fleet.Any(k => k.Log.Height == height); now += 1_000_000_000)
        {
            foreach (QuorumKernel from in fleet)
            {
                byte[] message = from.PollMessage(now + (height * 100_000_000_000)).ToArray();
                foreach (QuorumKernel to in fleet.Where(k => k != from && message.Length > 0))
                {
                    to.Receive(message, now + (height * 100_000_000_000));
                }
            }
        }
    }
}
