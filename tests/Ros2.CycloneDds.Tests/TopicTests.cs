using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

public sealed class TopicTests : IDisposable
{
    private readonly DdsTransport _transport = Domain.Open(Domain.Next());
    private readonly Spinner _spinner;
    private readonly INodeEndpoint _node;

    public TopicTests()
    {
        _spinner = new Spinner(_transport);
        _node = _transport.CreateNode("tester", "/");
    }

    public void Dispose() => _transport.Dispose();

    [Fact]
    public void Sample_WrittenAndRead_IsTheSameBytes()
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/chatter", QosProfile.DefaultProfile);
        byte[] sample = Wire.Text("hello");

        Assert.True(publisher.Publish(sample));
        Collector got = Receive(subscription, 1);

        Assert.Equal("hello", Wire.ReadText(got.Samples[0]));
        Assert.Equal(sample, got.Samples[0][..sample.Length]);
        Assert.Equal(publisher.Gid, got.Infos[0].Publisher);
        Assert.InRange(got.Infos[0].SourceTimestampNs, 1, _transport.Clock.SystemNowNs);
        Assert.InRange(got.Infos[0].ReceptionTimestampNs, got.Infos[0].SourceTimestampNs, _transport.Clock.SystemNowNs);
    }

    [Fact]
    public void Samples_OverFastDds_TellTheirSequenceNumbers()
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/counted", QosProfile.DefaultProfile);
        for (int i = 0; i < 3; i++)
        {
            publisher.Publish(Wire.Text($"{i}"));
        }

        Assert.Equal(
            Domain.TellsSequenceNumbers ? [1, 2, 3] : new long[3],
            Receive(subscription, 3).Infos.Select(info => info.PublicationSequenceNumber));
    }

    [Fact]
    public void Send_WithSourceTimestamp_CarriesIt()
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/stamped", QosProfile.DefaultProfile);

        publisher.Publish(Wire.Text("then"), timestampNs: 1_234_567_890_123_456_789);

        // RTPS carries times as seconds and 2^-32 fractions: within a nanosecond.
        Assert.InRange(Receive(subscription, 1).Infos[0].SourceTimestampNs - 1_234_567_890_123_456_789, -1, 1);
    }

    [Fact]
    public void Take_WithLimit_LeavesTheRest()
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/many", QosProfile.KeepLast(200));
        for (int i = 0; i < 100; i++)
        {
            publisher.Publish(Wire.Text($"{i}"));
        }

        var first = new Collector();
        _spinner.Until(() => subscription.Take(70 - first.Samples.Count, first) >= 0 && first.Samples.Count == 70, "70 samples");
        Collector rest = Receive(subscription, 30);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), first.Samples.Concat(rest.Samples).Select(s => Wire.ReadText(s)));
    }

    [Fact]
    public void TransientLocal_LateSubscription_GetsTheLastSamples()
    {
        QosProfile qos = QosProfile.KeepLast(2).WithTransientLocal();
        IPublisherEndpoint publisher = _transport.CreatePublisher(_node, "/latched", Wire.String, qos);
        foreach (string text in new[] { "a", "b", "c" })
        {
            publisher.Publish(Wire.Text(text));
        }

        ISubscriptionEndpoint subscription = _transport.CreateSubscription(_node, "/latched", Wire.String, qos);

        Assert.Equal(["b", "c"], Receive(subscription, 2).Samples.Select(s => Wire.ReadText(s)));
    }

    [Fact]
    public void Handler_DisposesItsOwnSubscription_EndsTheTake()
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/end", QosProfile.KeepLast(100));
        for (int i = 0; i < 80; i++)
        {
            publisher.Publish(Wire.Text("x"));
        }

        var handler = new Disposing(subscription);
        _spinner.Until(() => handler.Count > 0 || subscription.Take(80, handler) > 0, "a sample");

        Assert.Equal(1, handler.Count);
        Assert.Equal(0, subscription.Take(1, handler));
    }

    [Fact]
    public void Handler_Throws_LeavesTheTransportUsable()
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/throwing", QosProfile.DefaultProfile);
        publisher.Publish(Wire.Text("1"));
        _spinner.Until(() => _spinner.Ready.Count > 0, "readiness");

        Assert.Throws<InvalidOperationException>(() => subscription.Take(10, new Throwing()));
        publisher.Publish(Wire.Text("2"));

        Assert.Equal("2", Wire.ReadText(Receive(subscription, 1).Samples[0]));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void Return_OfARentedBuffer_SendsNothing(int size)
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/returned", QosProfile.DefaultProfile);
        TransportBuffer buffer = publisher.Rent(size);
        publisher.Return(in buffer);
        publisher.Publish(Wire.Text("after"));

        Assert.Equal("after", Wire.ReadText(Receive(subscription, 1).Samples[0]));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void Dispose_WhileABufferIsRented_WaitsForIt(int size)
    {
        IPublisherEndpoint publisher = _transport.CreatePublisher(_node, "/rented", Wire.String, QosProfile.DefaultProfile);
        TransportBuffer sent = publisher.Rent(size);
        TransportBuffer returned = publisher.Rent(size);
        publisher.Dispose();

        CdrMessage.WriteHeader(sent.Bytes); // the memory is still there
        Assert.True(publisher.Send(in sent));
        publisher.Return(in returned);
        Assert.Throws<ObjectDisposedException>(() => publisher.Rent(size).Token);
    }

    [Fact]
    public void Rent_OfManyLargeBuffersAtOnce_SendsThemAll()
    {
        const int count = 70;
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/rented", QosProfile.KeepLast(count));
        var tokens = new List<nint>();
        for (int i = 0; i < count; i++)
        {
            TransportBuffer buffer = publisher.Rent(40_000);
            buffer.Bytes.Fill((byte)i);
            CdrMessage.WriteHeader(buffer.Bytes);
            tokens.Add(buffer.Token);
        }

        Assert.All(tokens, token => Assert.True(publisher.Send(new TransportBuffer([], owner: null, token))));

        Assert.Equal(Enumerable.Range(0, count), Receive(subscription, count).Samples.Select(sample => (int)sample[^1]));
    }

    [Fact]
    public void Send_OfLargeSamplesFromManyThreads_DropsNone()
    {
        const int count = 200;
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/threads", QosProfile.DefaultProfile);
        byte[] sample = new byte[100_000];
        CdrMessage.WriteHeader(sample);
        int sent = 0;

        Parallel.For(0, count, _ => Interlocked.Add(ref sent, publisher.Publish(sample) ? 1 : 0));

        Assert.Equal(count, sent);
        Assert.Equal(sample, Receive(subscription, QosProfile.DefaultProfile.Depth).Samples[^1]);
    }

    [Fact]
    public void Send_OfFourMegabytes_ArrivesWhole()
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/large", QosProfile.DefaultProfile);
        byte[] sample = new byte[4 << 20];
        new Random(1).NextBytes(sample);
        CdrMessage.WriteHeader(sample);

        publisher.Publish(sample);

        Assert.Equal(sample, Receive(subscription, 1).Samples[0]);
    }

    [Fact]
    public void Samples_OfManySizesWhoseMemoryIsKept_ArriveWhole()
    {
        (IPublisherEndpoint publisher, ISubscriptionEndpoint subscription) = Pair("/sizes", QosProfile.KeepLast(200));
        int[] sizes = [9 << 20, .. new[] { 9, 10, 12, 14, 15, 16, 20 }.SelectMany(shift => Enumerable.Range(-3, 5).Select(i => (1 << shift) + (128 * i)))];
        byte[][] samples = [.. sizes.Concat(sizes.Reverse()).Select((size, i) => Sample(size, (byte)(i + 1)))];

        foreach (byte[] sample in samples)
        {
            publisher.Publish(sample);
            Assert.True(sample.AsSpan().SequenceEqual(Receive(subscription, 1).Samples[0]), $"{sample.Length} bytes");
        }

        static byte[] Sample(int size, byte content)
        {
            byte[] sample = new byte[size];
            sample.AsSpan().Fill(content);
            CdrMessage.WriteHeader(sample);
            return sample;
        }
    }

    [Fact]
    public void CreatePublisher_WithInvalidName_ThrowsOneLine()
    {
        var e = Assert.Throws<RosTransportException>(
            () => _transport.CreatePublisher(_node, "/a b*", Wire.String, QosProfile.DefaultProfile));

        Assert.Contains("/a b*", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private (IPublisherEndpoint Publisher, ISubscriptionEndpoint Subscription) Pair(string topic, QosProfile qos)
    {
        ISubscriptionEndpoint subscription = _transport.CreateSubscription(_node, topic, Wire.String, qos);
        IPublisherEndpoint publisher = _transport.CreatePublisher(_node, topic, Wire.String, qos);
        Assert.Equal(1, publisher.SubscriptionCount);
        Assert.Equal(1, subscription.PublisherCount);
        return (publisher, subscription);
    }

    private Collector Receive(ISubscriptionEndpoint subscription, int count)
    {
        var collector = new Collector();
        _spinner.Until(() => subscription.Take(100, collector) >= 0 && collector.Samples.Count >= count, $"{count} samples");
        Assert.Equal(count, collector.Samples.Count);
        return collector;
    }

    private sealed class Disposing(ISubscriptionEndpoint subscription) : ISampleHandler
    {
        public int Count { get; private set; }

        public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info)
        {
            Count++;
            subscription.Dispose();
        }
    }

    private sealed class Throwing : ISampleHandler
    {
        public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info) => throw new InvalidOperationException("no");
    }
}
