using ROS2.Bag;

namespace Ros2.Bag.Tests;

public sealed class McapWriterTests
{
    [Fact]
    public void Write_SameCallsTwice_SameBytes()
    {
        Assert.Equal(SampleBag.Write(20), SampleBag.Write(20));
    }

    [Fact]
    public void Write_AnyChunkSize_ReadersGiveTheSameMessages()
    {
        foreach (int chunkSize in new[] { 1, 100, 4096, 1 << 20 })
        {
            byte[] file = SampleBag.Write(15, new McapWriterOptions { ChunkSize = chunkSize });
            var stream = new McapStreamReader(new MemoryStream(file));
            List<McapMessage> streamed = [.. stream.ReadMessages()];
            using var reader = new McapReader(new MemoryStream(file));
            List<McapMessage> indexed = [.. reader.ReadMessages()];

            Assert.True(stream.IsComplete);
            Assert.Empty(stream.Damage);
            Assert.Equal(15 * 6, streamed.Count);
            Assert.Equal(streamed.Select(Describe), indexed.Select(Describe));
        }
    }

    [Fact]
    public void Write_MessagesInAnyOrder_StatisticsCoverThem()
    {
        using var stream = new MemoryStream();
        using (var writer = new McapWriter(stream, new McapWriterOptions { LeaveOpen = true }))
        {
            ushort a = writer.AddChannel("/a", 0, "raw");
            ushort b = writer.AddChannel("/b", 0, "raw");
            writer.Write(a, 1, 300, 300, [1]);
            writer.Write(b, 1, 100, 100, [2]);
            writer.Write(a, 2, 200, 200, [3]);
            writer.WriteMetadata("note", new Dictionary<string, string> { ["seed"] = "7", ["mission"] = "survey" });
        }

        using var reader = new McapReader(stream);
        Assert.Equal(3, reader.Statistics.MessageCount);
        Assert.Equal(100, reader.Statistics.StartTimeNs);
        Assert.Equal(300, reader.Statistics.EndTimeNs);
        Assert.Equal(2, reader.Statistics.ChannelMessageCounts[0]);
        Assert.Equal(1, reader.Statistics.ChannelMessageCounts[1]);
        Assert.Equal("7", reader.ReadMetadata()["note"]["seed"]);
        Assert.Equal([100L, 200L, 300L], reader.ReadMessages().Select(m => m.LogTimeNs));
    }

    [Fact]
    public void Write_NothingAtAll_AnEmptyFileOpens()
    {
        byte[] file = SampleBag.Write(0);
        using var reader = new McapReader(new MemoryStream(file));
        Assert.Equal(0, reader.Statistics.MessageCount);
        Assert.Empty(reader.ReadMessages());
    }

    [Fact]
    public void Write_UnknownChannelNegativeTimeOrClosed_Throws()
    {
        var writer = new McapWriter(new MemoryStream());
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(0, 0, 0, 0, []));
        ushort channel = writer.AddChannel("/a", 0, "raw");
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(channel, 0, -1, 0, []));
        Assert.Throws<ArgumentException>(() => writer.AddChannel("/b", 1, "raw"));
        writer.Dispose();
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Write(channel, 0, 0, 0, []));
    }

    [Fact]
    public void AddTopic_AgainWithAnotherType_Throws()
    {
        using var bag = new BagFileWriter(new McapWriter(new MemoryStream()));
        BagTopic topic = bag.AddTopic("/t", ROS2.RosMessageType.Of<std_msgs.msg.String>());
        Assert.Same(topic, bag.AddTopic("/t", ROS2.RosMessageType.Of<std_msgs.msg.String>()));
        Assert.Throws<ArgumentException>(() => bag.AddTopic("/t", ROS2.RosMessageType.Of<std_msgs.msg.Bool>()));
    }

    [Fact]
    public void Write_ReusedMessage_AllocatesNothingPerMessage()
    {
        var message = new std_msgs.msg.UInt64MultiArray();
        message.Data.AddRange(Enumerable.Range(0, 100).Select(i => (ulong)i));
        using var bag = new BagFileWriter(new McapWriter(Stream.Null, new McapWriterOptions { ChunkSize = 1 << 16 }));
        BagTopic topic = bag.AddTopic("/numbers", message.RosType);
        for (int i = 0; i < 1000; i++)
        {
            bag.Write(topic, message, i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            bag.Write(topic, message, i);
        }

        // Only the indexes of the chunks may remain, a few hundred bytes for each 64 KiB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000 * 10);
    }

    private static string Describe(McapMessage message) =>
        $"{message.Channel.Topic} {message.Sequence} {message.LogTimeNs} {Convert.ToHexString(message.Data.Span)}";
}
