namespace Aios.Fleet.Tests.Membership;

public class FleetMembershipTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.4)]
    public void Tick_AllAlive_NobodyIsSuspectedInTenMinutes(double loss)
    {
        var fleet = new FleetSimulation(3, loss, 1);

        fleet.Run(600);

        Assert.All(fleet.Changes, Assert.Empty);
    }

    [Trait("Requirement", "SAF-FLEET-001")]
    [Theory]
    [InlineData(0.0, 1.3)]
    [InlineData(0.2, 3.0)]
    public void Tick_RoverDies_EveryOtherSuspectsItInTime(double loss, double withinS)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var fleet = new FleetSimulation(3, loss, seed);
            fleet.Run(60);
            fleet.Dead[2] = true;
            long deathNs = fleet.NowNs;
            fleet.Run(10);
            for (int i = 0; i < 2; i++)
            {
                MembershipChange change = Assert.Single(fleet.Changes[i]);
                Assert.Equal((2, PeerState.Alive, PeerState.Suspected), (change.Peer, change.From, change.To));
                Assert.InRange((change.AtNs - deathNs) * 1e-9, 0.3, withinS);
                Assert.True(fleet.Rovers[i].ShouldDeclareLost(2, fleet.NowNs));
                Assert.Equal(2, fleet.Rovers[i].CountSuspecting(2));
            }
        }
    }

    [Trait("Requirement", "SAF-FLEET-003")]
    [Fact]
    public void Tick_OneLinkCutForTwoMinutes_PeerStaysAliveThroughTheThird()
    {
        var fleet = new FleetSimulation(3, 0.2, 4);
        fleet.Run(60);
        fleet.CutBoth(0, 2, true);
        fleet.Run(120);

        Assert.All(fleet.Changes, Assert.Empty);
        Assert.True(fleet.Rovers[0].Members[2].LinkDown);
        Assert.False(fleet.Rovers[1].Members[2].LinkDown);

        fleet.CutBoth(0, 2, false);
        fleet.Run(5);
        Assert.False(fleet.Rovers[0].Members[2].LinkDown);
    }

    [Fact]
    public void Tick_RelayDiesWhileLinkIsCut_SuspectsButTheyDoNotAgree()
    {
        var fleet = new FleetSimulation(4, 0, 4);
        fleet.Run(30);
        fleet.CutBoth(0, 2, true);
        fleet.CutBoth(0, 3, true);
        fleet.Run(10);
        fleet.CutBoth(0, 1, true);
        fleet.Run(10);

        Assert.Equal(PeerState.Suspected, fleet.Rovers[0].Members[2].State);
        Assert.Equal(1, fleet.Rovers[0].CountSuspecting(2));
        Assert.Equal(PeerState.Alive, fleet.Rovers[1].Members[2].State);
    }

    [Fact]
    public void OnHeartbeat_SuspectedPeerHeardAgain_IsAliveAtOnce()
    {
        var fleet = new FleetSimulation(2, 0, 1);
        fleet.Run(30);
        fleet.CutBoth(0, 1, true);
        fleet.Run(20);
        fleet.CutBoth(0, 1, false);
        fleet.Run(0.4);

        Assert.Equal([PeerState.Suspected, PeerState.Alive], fleet.Changes[0].Select(c => c.To));
        Assert.InRange(fleet.Changes[0][1].SilentNs, 19_500_000_000, 20_500_000_000);
    }

    [Trait("Requirement", "SAF-FLEET-004")]
    [Fact]
    public void OnHeartbeat_LostPeerHeardAgain_IsReturnedUntilReadmitted()
    {
        var fleet = FleetWhoseSecondReturned();
        Assert.Equal(PeerState.Returned, fleet.Rovers[0].Members[1].State);

        fleet.Rovers[0].MarkReadmitted(1, fleet.NowNs);

        Assert.Equal(PeerState.Alive, fleet.Rovers[0].Members[1].State);
    }

    [Trait("Requirement", "SAF-FLEET-004")]
    [Fact]
    public void Tick_ReturnedPeerFallsSilentBeforeItIsReadmitted_IsLostAgain()
    {
        var fleet = FleetWhoseSecondReturned();
        fleet.Dead[1] = true;
        fleet.Run(10);

        Assert.Equal(PeerState.Lost, fleet.Rovers[0].Members[1].State);
    }

    private static FleetSimulation FleetWhoseSecondReturned()
    {
        var fleet = new FleetSimulation(2, 0, 1);
        fleet.Run(30);
        fleet.Dead[1] = true;
        fleet.Run(10);
        fleet.Rovers[0].MarkLost(1, fleet.NowNs);
        fleet.Restart(1);
        fleet.Run(5);
        return fleet;
    }

    [Fact]
    public void Tick_PeerNeverHeard_IsSuspectedAfterAWhile()
    {
        var fleet = new FleetSimulation(3, 0, 1);
        fleet.Dead[2] = true;
        fleet.Run(20);

        Assert.Equal(PeerState.Suspected, fleet.Rovers[0].Members[2].State);
    }

    [Trait("Requirement", "SAF-FLEET-005")]
    [Fact]
    public void OnHeartbeat_LiarClaimsAbsurdSequences_TheDeadAreStillDetectedAndTheLivingNotHarmed()
    {
        var fleet = new FleetSimulation(4, 0.1, 9)
        {
            Tamper = static (rover, beat) =>
            {
                for (int i = 0; rover == 3 && i < beat.Peers.Count; i++)
                {
                    beat.Peers[i] = beat.Peers[i] with { Sequence = ulong.MaxValue, Incarnation = 77, State = PeerState.Alive };
                }
            },
        };
        fleet.Run(60);
        Assert.All(fleet.Changes.Take(3), Assert.Empty);
        fleet.Dead[2] = true;
        fleet.Run(5);

        Assert.Equal(PeerState.Suspected, fleet.Rovers[0].Members[2].State);
        Assert.Equal(PeerState.Suspected, fleet.Rovers[1].Members[2].State);
    }

    [Fact]
    public void OnHeartbeat_StrangerOrOwnName_IsRefused()
    {
        var membership = new FleetMembership("a", ["a", "b"], new FailureDetectorOptions(), 0);

        Assert.False(membership.OnHeartbeat(new Heartbeat { Rover = "x", Sequence = 1 }, 1));
        Assert.False(membership.OnHeartbeat(new Heartbeat { Rover = "a", Sequence = 1 }, 1));
        Assert.Equal(1UL, membership.StrangerCount);
        Assert.Equal(0, membership.LastPeerHeardNs);
    }

    [Theory]
    [InlineData("c", new[] { "a", "b" })]
    [InlineData("a", new[] { "a", "a" })]
    [InlineData("a", new[] { "a", "" })]
    [InlineData("a", new string[0])]
    public void Constructor_BadRoster_Throws(string self, string[] roster) =>
        Assert.Throws<ArgumentException>(() => new FleetMembership(self, roster, new FailureDetectorOptions(), 0));

    [Fact]
    public void MarkLost_Self_IsIgnored()
    {
        var membership = new FleetMembership("a", ["a", "b"], new FailureDetectorOptions(), 0);

        membership.MarkLost(0, 5);

        Assert.Equal(PeerState.Alive, membership.Members[0].State);
        Assert.False(membership.ShouldDeclareLost(0, long.MaxValue));
    }
}
