using ROS2;
using Ros2.Tests.Support;
using String = std_msgs.msg.String;

namespace Ros2.Client.Tests;

/// <summary>"Best available" is decided when an endpoint is created, by what the graph knows then, as rmw decides.</summary>
public sealed class BestAvailableTests : IDisposable
{
    private readonly TestGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void Subscription_AmongPublishers_IsAsStrictAsTheLeastStrict()
    {
        Node talker = _graph.Node("a", "talker");
        talker.CreatePublisher<String>("latched", QosProfile.KeepLast(1).WithTransientLocal().WithDeadline(TimeSpan.FromSeconds(1)));
        talker.CreatePublisher<String>("latched", QosProfile.KeepLast(1).WithTransientLocal().WithDeadline(TimeSpan.FromSeconds(3)));
        talker.CreatePublisher<String>("mixed", QosProfile.KeepLast(1).WithTransientLocal().WithDeadline(TimeSpan.FromSeconds(1)).WithLiveliness(QosLivelinessPolicy.ManualByTopic));
        talker.CreatePublisher<String>("mixed", QosProfile.SensorDataProfile);
        _graph.Bus.RunUntil(TestGraph.Ms(100));
        Node listener = _graph.Node("b", "listener");

        QosProfile strict = Subscribe(listener, "latched");
        QosProfile lax = Subscribe(listener, "mixed");

        Assert.Equal(
            (QosReliabilityPolicy.Reliable, QosDurabilityPolicy.TransientLocal, QosLivelinessPolicy.Automatic, TimeSpan.FromSeconds(3), TimeSpan.Zero),
            (strict.Reliability, strict.Durability, strict.Liveliness, strict.Deadline, strict.LivelinessLeaseDuration));
        Assert.Equal(
            (QosReliabilityPolicy.BestEffort, QosDurabilityPolicy.Volatile, QosLivelinessPolicy.Automatic, TimeSpan.Zero),
            (lax.Reliability, lax.Durability, lax.Liveliness, lax.Deadline));
    }

    [Fact]
    public void Publisher_AmongSubscriptions_IsAsStrictAsTheStrictest()
    {
        Node listener = _graph.Node("a", "listener");
        listener.CreateSubscription<String>("news", _ => { }, QosProfile.KeepLast(1).WithDeadline(TimeSpan.FromSeconds(2)).WithLivelinessLeaseDuration(TimeSpan.FromSeconds(5)));
        listener.CreateSubscription<String>("news", _ => { }, QosProfile.SensorDataProfile.WithLiveliness(QosLivelinessPolicy.ManualByTopic));
        _graph.Bus.RunUntil(TestGraph.Ms(100));

        QosProfile qos = _graph.Node("b", "talker").CreatePublisher<String>("news", QosProfile.BestAvailableProfile).QosProfile;

        Assert.Equal(
            (QosReliabilityPolicy.Reliable, QosDurabilityPolicy.TransientLocal, QosLivelinessPolicy.ManualByTopic, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)),
            (qos.Reliability, qos.Durability, qos.Liveliness, qos.Deadline, qos.LivelinessLeaseDuration));
    }

    [Fact]
    public void Endpoints_WithNobodyThere_AreReliableAndTransientLocal()
    {
        Node node = _graph.Node("a", "alone");

        Assert.All(
            [Subscribe(node, "x"), node.CreatePublisher<String>("y", QosProfile.BestAvailableProfile).QosProfile],
            qos => Assert.Equal((QosReliabilityPolicy.Reliable, QosDurabilityPolicy.TransientLocal), (qos.Reliability, qos.Durability)));
    }

    [Fact]
    public void Service_TakesTheServicesDefault()
    {
        Service service = _graph.Node("a", "server").CreateService<std_srvs.srv.Empty, std_srvs.srv.Empty_Request, std_srvs.srv.Empty_Response>(
            "s", (_, _) => { }, QosProfile.BestAvailableProfile);

        Assert.Equal(
            (QosReliabilityPolicy.Reliable, QosDurabilityPolicy.Volatile, QosLivelinessPolicy.Automatic),
            (service.QosProfile.Reliability, service.QosProfile.Durability, service.QosProfile.Liveliness));
    }

    [Fact]
    public void OnlyWhatIsBestAvailable_IsDecided()
    {
        _graph.Node("a", "talker").CreatePublisher<String>("news", QosProfile.KeepLast(1).WithTransientLocal());
        _graph.Bus.RunUntil(TestGraph.Ms(100));

        QosProfile qos = _graph.Node("b", "listener").CreateSubscription<String>(
            "news", _ => { }, QosProfile.SensorDataProfile.WithDurability(QosDurabilityPolicy.BestAvailable)).QosProfile;

        Assert.Equal(QosProfile.SensorDataProfile.WithTransientLocal(), qos);
    }

    private static QosProfile Subscribe(Node node, string topic) =>
        node.CreateSubscription<String>(topic, _ => { }, QosProfile.BestAvailableProfile).QosProfile;
}
