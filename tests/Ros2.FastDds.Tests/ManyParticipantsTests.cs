using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.FastDds.Tests;

/// <summary>Processes that open contexts all their life, as a test runner does.</summary>
public sealed class ManyParticipantsTests
{
    // Without multicast, participants are looked for by numbers up to 119, and Fast DDS by itself reuses none.
    private const int OpenedBefore = 120;

    [Fact]
    public void ParticipantsOpenedAfterManyOthersWereClosed_StillMeet()
    {
        uint domain = Domain.Next();
        for (int i = 0; i < OpenedBefore; i++)
        {
            Domain.Open(domain).Dispose();
        }

        using var near = Domain.Open(domain);
        using var far = Domain.Open(domain);
        far.Attach(new Spinner(far));
        var spinner = new Spinner(near);
        ISubscriptionEndpoint subscription = near.CreateSubscription(near.CreateNode("n", "/"), "/late", Wire.String, ROS2.QosProfile.DefaultProfile);
        far.CreatePublisher(far.CreateNode("f", "/"), "/late", Wire.String, ROS2.QosProfile.DefaultProfile);

        spinner.Until(() => !far.Wait(0) && subscription.PublisherCount > 0, "the publisher");
    }
}
