using FsCheck;
using FsCheck.Fluent;
using ROS2.Simulation;
using ROS2.Transport;

namespace Ros2.SimulatedBus.Tests;

public sealed class EmulatedFlowTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void BestEffort_OverADelay_IsReleasedWhenItsTimeHasCome()
    {
        EmulatedFlow flow = Flow(_ => new LinkOutcome(true, 5 * Millisecond), reliable: false);
        flow.Offer(Sample(1), nowNs: 100);

        flow.Advance(5 * Millisecond);
        Assert.False(flow.HasReleased);
        Assert.Equal((5 * Millisecond) + 100, flow.NextEventNs);

        flow.Advance(flow.NextEventNs);
        Assert.Equal([1], TakeAll(flow));
        Assert.Equal(long.MaxValue, flow.NextEventNs);
    }

    [Fact]
    public void BestEffort_Overtaken_IsDiscarded()
    {
        EmulatedFlow flow = Flow(attempt => new LinkOutcome(true, attempt == 1 ? 10 * Millisecond : 1 * Millisecond), reliable: false);
        flow.Offer(Sample(1), 0);
        flow.Offer(Sample(2), 0);

        flow.Advance(20 * Millisecond);

        Assert.Equal([2], TakeAll(flow));
        Assert.Equal(1, flow.LostCount);
    }

    [Fact]
    public void BestEffort_LostOrDamaged_StaysLost()
    {
        EmulatedFlow flow = Flow(
            attempt => attempt == 1 ? LinkOutcome.Lost : new LinkOutcome(true, 0) { Corrupted = true }, reliable: false);
        flow.Offer(Sample(1), 0);
        flow.Offer(Sample(2), 0);

        flow.Advance(long.MaxValue - 1);

        Assert.Empty(TakeAll(flow));
        Assert.Equal(2, flow.LostCount);
    }

    [Fact]
    public void Reliable_Lost_IsTriedAgainAndHoldsUpWhatFollows()
    {
        EmulatedFlow flow = Flow(attempt => attempt == 1 ? LinkOutcome.Lost : new LinkOutcome(true, 0), reliable: true);
        flow.Offer(Sample(1), 0);
        flow.Offer(Sample(2), 0);

        flow.Advance(1 * Millisecond);
        Assert.False(flow.HasReleased);

        flow.Advance(flow.NextEventNs);
        Assert.Equal([1, 2], TakeAll(flow));
        Assert.Equal(0, flow.LostCount);
    }

    [Fact]
    public void Reliable_OverACutLink_TriesMoreAndMoreRarely()
    {
        EmulatedFlow flow = Flow(_ => LinkOutcome.Lost, reliable: true);
        flow.Offer(Sample(1), 0);
        var waits = new List<long>();
        for (long nowNs = 0; waits.Count < 8; nowNs = flow.NextEventNs)
        {
            flow.Advance(nowNs);
            waits.Add((flow.NextEventNs - nowNs) / Millisecond);
        }

        Assert.Equal([50, 100, 200, 400, 800, 1600, 1600, 1600], waits);
    }

    [Fact]
    public void Reliable_PushedOutOfTheHistory_IsGivenUpAndTheRestGoesOn()
    {
        bool up = false;
        EmulatedFlow flow = Flow(_ => up ? new LinkOutcome(true, 0) : LinkOutcome.Lost, reliable: true, capacity: 3);
        for (int i = 1; i <= 5; i++)
        {
            flow.Offer(Sample(i), 0);
        }

        up = true;
        flow.Advance(flow.NextEventNs);

        Assert.Equal([3, 4, 5], TakeAll(flow));
        Assert.Equal(2, flow.LostCount);
    }

    [Fact]
    public void Released_ButNotTaken_KeepsTheLastOnes()
    {
        EmulatedFlow flow = Flow(_ => new LinkOutcome(true, 0), reliable: false, capacity: 2);
        for (int i = 1; i <= 5; i++)
        {
            flow.Offer(Sample(i), i);
            flow.Advance(i);
        }

        Assert.Equal([4, 5], TakeAll(flow));
    }

    [Fact]
    public void Reliable_WhateverTheLinkDoes_DeliversEverythingOnceAndInOrder() =>
        Prop.ForAll<bool[], NonNegativeInt[]>((fates, delays) =>
        {
            EmulatedFlow flow = Flow(
                attempt => attempt <= fates.Length && fates[attempt - 1]
                    ? LinkOutcome.Lost
                    : new LinkOutcome(true, delays.Length == 0 ? 0 : delays[attempt % delays.Length].Get * Millisecond),
                reliable: true);
            for (int i = 1; i <= 20; i++)
            {
                flow.Offer(Sample(i), i);
            }

            while (flow.NextEventNs != long.MaxValue)
            {
                flow.Advance(flow.NextEventNs);
            }

            return TakeAll(flow).SequenceEqual(Enumerable.Range(1, 20));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(11, 13));

    private static EmulatedFlow Flow(Func<int, LinkOutcome> outcome, bool reliable, int capacity = 100) =>
        new(new Scripted(outcome), "rover_2", "rover_1", reliable, capacity);

    private static HeldSample Sample(int number) => SamplePool.Copy([(byte)number], new SampleInfo(0, 0, 0, default));

    private static List<int> TakeAll(EmulatedFlow flow)
    {
        var numbers = new List<int>();
        while (flow.TryTake(out HeldSample sample))
        {
            numbers.Add(sample.Buffer[0]);
        }

        return numbers;
    }

    private sealed class Scripted(Func<int, LinkOutcome> outcome) : ILinkModel
    {
        private int _attempts;

        public LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs)
        {
            Assert.Equal(("rover_2", "rover_1"), (fromHost, toHost));
            return outcome(++_attempts);
        }
    }
}
