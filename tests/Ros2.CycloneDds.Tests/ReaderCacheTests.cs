using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>The history of a subscription, which the native part keeps (<c>native/src/cache.c</c>).</summary>
public sealed class ReaderCacheTests : IDisposable
{
    private readonly DdsTransport _transport = Domain.Open(Domain.Next());
    private readonly INodeEndpoint _node;

    public ReaderCacheTests()
    {
        _transport.Attach(new Spinner(_transport));
        _node = _transport.CreateNode("tester", "/");
    }

    public void Dispose() => _transport.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(100)]
    public void KeepLast_MoreThanItsDepth_KeepsTheNewestInOrder(int depth)
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/last", QosProfile.KeepLast(depth));
        Publish(publisher, 0, 250);

        Assert.Equal(Enumerable.Range(250 - depth, depth), TakeAll(subscription));

        Publish(publisher, 250, 3);
        Assert.Equal(Enumerable.Range(250, 3).TakeLast(depth), TakeAll(subscription));
    }

    [Fact]
    public void KeepAll_WhileNobodyTakes_KeepsEverything()
    {
        const int count = 100_000; // the ring grows beyond what it keeps when it is empty again
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/all", QosProfile.KeepAll());
        Publish(publisher, 0, count);

        Assert.Equal(Enumerable.Range(0, count), TakeAll(subscription));

        Publish(publisher, count, 40);
        Assert.Equal(Enumerable.Range(count, 40), TakeAll(subscription));
    }

    [Fact]
    public void SampleTakenAfterItsLifespan_IsNotThere()
    {
        (IPublisherEndpoint _, ISubscriptionEndpoint subscription) = Pair("/mortal", QosProfile.KeepLast(300));
        IPublisherEndpoint shortLived = Publisher("/mortal", QosProfile.KeepLast(300).WithLifespan(TimeSpan.FromMilliseconds(1)));
        IPublisherEndpoint immortal = Publisher("/mortal", QosProfile.KeepLast(300));
        Publish(shortLived, 0, 200); // more than are taken at a time
        Thread.Sleep(20);
        Publish(immortal, 200, 1);

        Assert.Equal([200], TakeAll(subscription));
    }

    [Fact]
    public void Subscription_DisposedWithSamplesInIt_GivesThemUp()
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/given_up", QosProfile.KeepAll());
        Publish(publisher, 0, 50);

        subscription.Dispose();

        Assert.True(publisher.Publish(Wire.Text("50")));
        ISubscriptionEndpoint next = _transport.CreateSubscription(_node, "/given_up", Wire.String, QosProfile.KeepAll());
        Publish(publisher, 51, 1);
        Assert.Equal([51], TakeAll(next));
    }

    [Fact]
    public void SubscriptionWithDeadline_WhoseCacheIsCyclones_ReceivesInOrder()
    {
        QosProfile qos = QosProfile.KeepLast(200).WithDeadline(TimeSpan.FromSeconds(60));
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/deadline", qos);
        Publish(publisher, 0, 150);

        Assert.Equal(Enumerable.Range(0, 150), TakeAll(subscription));
    }

    // Inside a participant samples are in the reader when the call that writes them returns.
    private static void Publish(IPublisherEndpoint publisher, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            Assert.True(publisher.Publish(Wire.Text($"{i}")));
        }
    }

    private static List<int> TakeAll(ISubscriptionEndpoint subscription)
    {
        var collector = new Collector();
        subscription.Take(int.MaxValue, collector);
        return [.. collector.Samples.Select(sample => int.Parse(Wire.ReadText(sample), System.Globalization.CultureInfo.InvariantCulture))];
    }

    private (IPublisherEndpoint Publisher, ISubscriptionEndpoint Subscription) Pair(string topic, QosProfile qos) =>
        (Publisher(topic, qos), _transport.CreateSubscription(_node, topic, Wire.String, qos));

    private IPublisherEndpoint Publisher(string topic, QosProfile qos) => _transport.CreatePublisher(_node, topic, Wire.String, qos);
}
