using ROS2;
using ROS2.Dds;

namespace Ros2.Dds.Tests;

public sealed class DdsQosTests
{
    [Fact]
    public void From_SystemDefault_IsWhatTheRmwMakesOfIt()
    {
        DdsQos qos = DdsQos.From(QosProfile.SystemDefaultProfile);

        Assert.Equal((1, 0, 0, 1, 0), (qos.Reliable, qos.Durability, qos.KeepAll, qos.Depth, qos.Liveliness));
        Assert.Equal(
            (DdsQos.Infinite, DdsQos.Infinite, DdsQos.Infinite), (qos.DeadlineNs, qos.LifespanNs, qos.LeaseNs));
    }

    [Fact]
    public void From_AFullProfile_AndBack_KeepsEveryPolicy()
    {
        QosProfile profile = QosProfile.KeepLast(7)
            .WithBestEffort()
            .WithTransientLocal()
            .WithLiveliness(QosLivelinessPolicy.ManualByTopic)
            .WithDeadline(TimeSpan.FromMilliseconds(100))
            .WithLifespan(TimeSpan.FromSeconds(10))
            .WithLivelinessLeaseDuration(TimeSpan.FromSeconds(2));

        Assert.Equal(profile, DdsQos.From(profile).ToProfile());
    }

    [Fact]
    public void ToProfile_OfInfiniteDurations_SaysInfinite()
    {
        QosProfile profile = DdsQos.From(QosProfile.KeepAll()).ToProfile();

        Assert.Equal(QosHistoryPolicy.KeepAll, profile.History);
        Assert.Equal(QosProfile.InfiniteDuration, profile.Deadline);
    }
}
