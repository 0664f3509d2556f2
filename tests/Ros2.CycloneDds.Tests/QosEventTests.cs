using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

public sealed class QosEventTests : IDisposable
{
    private readonly DdsTransport _transport = Domain.Open(Domain.Next());
    private readonly Spinner _spinner;
    private readonly INodeEndpoint _node;

    public QosEventTests()
    {
        _spinner = new Spinner(_transport);
        _node = _transport.CreateNode("tester", "/");
    }

    public void Dispose() => _transport.Dispose();

    [Fact]
    public void Deadline_WhenNothingIsPublished_IsReportedToBothSides()
    {
        QosProfile qos = QosProfile.DefaultProfile.WithDeadline(TimeSpan.FromMilliseconds(20));
        ISubscriptionEndpoint subscription = _transport.CreateSubscription(_node, "/d", Wire.String, qos);
        IPublisherEndpoint publisher = _transport.CreatePublisher(_node, "/d", Wire.String, qos);
        subscription.WatchEvents(QosEventKind.RequestedDeadlineMissed);
        publisher.WatchEvents(QosEventKind.OfferedDeadlineMissed);

        publisher.Publish(Wire.Text("once"));

        QosEventStatus requested = Take(subscription, QosEventKind.RequestedDeadlineMissed);
        QosEventStatus offered = Take(publisher, QosEventKind.OfferedDeadlineMissed);
        Assert.True(requested.TotalCountChange > 0 && offered.TotalCountChange > 0);
    }

    [Fact]
    public void IncompatibleQos_NamesThePolicyOnBothSides()
    {
        ISubscriptionEndpoint subscription =
            _transport.CreateSubscription(_node, "/q", Wire.String, QosProfile.DefaultProfile);
        IPublisherEndpoint publisher =
            _transport.CreatePublisher(_node, "/q", Wire.String, QosProfile.SensorDataProfile);
        subscription.WatchEvents(QosEventKind.RequestedIncompatibleQos);
        publisher.WatchEvents(QosEventKind.OfferedIncompatibleQos);

        Assert.Equal(
            QosPolicyKind.Reliability, Take(subscription, QosEventKind.RequestedIncompatibleQos).LastPolicy);
        Assert.Equal(QosPolicyKind.Reliability, Take(publisher, QosEventKind.OfferedIncompatibleQos).LastPolicy);
        Assert.Equal(0, publisher.SubscriptionCount);
    }

    [Fact]
    public void Matched_WhenAPeerComesAndGoes_CountsUpAndDown()
    {
        IPublisherEndpoint publisher = _transport.CreatePublisher(_node, "/m", Wire.String, QosProfile.DefaultProfile);
        publisher.WatchEvents(QosEventKind.PublicationMatched);
        ISubscriptionEndpoint subscription =
            _transport.CreateSubscription(_node, "/m", Wire.String, QosProfile.DefaultProfile);
        QosEventStatus come = Take(publisher, QosEventKind.PublicationMatched);

        subscription.Dispose();
        QosEventStatus gone = Take(publisher, QosEventKind.PublicationMatched);

        Assert.Equal((1, 1), (come.CurrentCount, come.CurrentCountChange));
        Assert.Equal((0, -1), (gone.CurrentCount, gone.CurrentCountChange));
        Assert.False(publisher.TryTakeEvent(QosEventKind.PublicationMatched, out _));
    }

    [Fact]
    public void Liveliness_WhenAManualPublisherFallsSilent_ChangesAndIsLost()
    {
        QosProfile qos = QosProfile.DefaultProfile
            .WithLiveliness(QosLivelinessPolicy.ManualByTopic)
            .WithLivelinessLeaseDuration(TimeSpan.FromMilliseconds(50));
        ISubscriptionEndpoint subscription = _transport.CreateSubscription(_node, "/l", Wire.String, qos);
        IPublisherEndpoint publisher = _transport.CreatePublisher(_node, "/l", Wire.String, qos);
        subscription.WatchEvents(QosEventKind.LivelinessChanged);
        publisher.WatchEvents(QosEventKind.LivelinessLost);

        publisher.AssertLiveliness();

        Assert.True(Take(publisher, QosEventKind.LivelinessLost).TotalCount > 0);
        QosEventStatus status = default;
        _spinner.Until(
            () => subscription.TryTakeEvent(QosEventKind.LivelinessChanged, out status) && status.CurrentCount == 1,
            "the publisher not alive");
        Assert.Equal(0, status.TotalCount);
    }

    [Fact]
    public void WatchEvents_OfTheOtherSide_AreNotSupported()
    {
        IPublisherEndpoint publisher = _transport.CreatePublisher(_node, "/o", Wire.String, QosProfile.DefaultProfile);

        Assert.Equal(QosEventKind.None, publisher.WatchEvents(QosEventKind.MessageLost | QosEventKind.IncompatibleType));
        Assert.False(publisher.TryTakeEvent(QosEventKind.MessageLost, out _));
    }

    private QosEventStatus Take(ITransportEndpoint endpoint, QosEventKind kind)
    {
        QosEventStatus status = default;
        _spinner.Until(
            () => _spinner.Ready.Contains((endpoint, Readiness.QosEvent)) && endpoint.TryTakeEvent(kind, out status),
            kind.ToString());
        return status;
    }
}
