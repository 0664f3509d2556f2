using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.FastDds.Tests;

/// <summary>Processes that open contexts all their life, as a test runner does.</summary>
public sealed class ManyParticipantsTests
{
    // Without multicast, participants are looked for at the ports of 119.
    private const int OpenedBefore = 120;

    // RTPS 2.2, 9.6.1.1: beyond are no ports, and Fast DDS ends a process that computes one.
    private const uint LastDomain = 232;

    [Fact]
    public void ParticipantsOpenedAfterManyOthersWereClosed_MeetUnderIdentitiesOfTheirOwn()
    {
        uint domain = Domain.Next();
        var identities = new HashSet<Gid>();
        for (int i = 0; i < OpenedBefore; i++)
        {
            using var past = Domain.Open(domain);
            Assert.True(identities.Add(IdentityOf(past)), "a far process may still know the one that had this identity");
        }

        ExpectMeeting(domain, identities);
    }

    [Fact]
    public void LastDomain_HasRoomForParticipantsAfterManyOthers()
    {
        for (int i = 0; i < OpenedBefore; i++)
        {
            Domain.Open(LastDomain).Dispose();
        }

        ExpectMeeting(LastDomain, []);
    }

    private static Gid IdentityOf(IRosTransport transport) =>
        transport.CreatePublisher(transport.CreateNode("anybody", "/"), "/identity", Wire.String, ROS2.QosProfile.DefaultProfile).Gid;

    private static void ExpectMeeting(uint domain, HashSet<Gid> before)
    {
        using var near = Domain.Open(domain);
        using var far = Domain.Open(domain);
        Assert.True(before.Add(IdentityOf(near)) && before.Add(IdentityOf(far)));
        far.Attach(new Spinner(far));
        var spinner = new Spinner(near);
        ISubscriptionEndpoint subscription = near.CreateSubscription(near.CreateNode("n", "/"), "/late", Wire.String, ROS2.QosProfile.DefaultProfile);
        far.CreatePublisher(far.CreateNode("f", "/"), "/late", Wire.String, ROS2.QosProfile.DefaultProfile);

        spinner.Until(() => !far.Wait(0) && subscription.PublisherCount > 0, "the publisher");
    }
}
