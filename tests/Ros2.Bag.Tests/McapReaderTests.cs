using ROS2.Bag;

namespace Ros2.Bag.Tests;

public sealed class McapReaderTests
{
    [Fact]
    public void ReadMessages_TopicsAndTimes_OnlyThose()
    {
        using var reader = new McapReader(new MemoryStream(SampleBag.Write(30)));
        var query = new McapQuery
        {
            Topics = new HashSet<string> { "/chatter", "/tf" },
            StartNs = SampleBag.TimeNs(10),
            EndNs = SampleBag.TimeNs(12),
        };

        List<McapMessage> messages = [.. reader.ReadMessages(query)];

        Assert.Equal(6, messages.Count);
        Assert.All(messages, m => Assert.Contains(m.Channel.Topic, query.Topics));
        Assert.All(messages, m => Assert.InRange(m.LogTimeNs, query.StartNs, query.EndNs));
    }

    [Fact]
    public void ReadMessages_ChunksOverlapInTime_OrderedByTimeThenFile()
    {
        using var stream = new MemoryStream();
        long[] times = [50, 10, 40, 10, 30, 60, 5, 40, 55, 20];
        using (var writer = new McapWriter(stream, new McapWriterOptions { ChunkSize = 80, LeaveOpen = true }))
        {
            ushort channel = writer.AddChannel("/a", 0, "raw");
            for (uint i = 0; i < times.Length; i++)
            {
                writer.Write(channel, i, times[i], times[i], new byte[20]);
            }
        }

        using var reader = new McapReader(stream);
        Assert.True(reader.Chunks.Count > 3);
        Assert.Equal(
            times.Select((time, i) => (time, (uint)i)).OrderBy(x => x.time).ThenBy(x => x.Item2),
            reader.ReadMessages().Select(m => (m.LogTimeNs, m.Sequence)));
    }

    [Fact]
    public void ReadMessages_DecodedByType_ValuesAreThoseWritten()
    {
        using var reader = new McapReader(new MemoryStream(SampleBag.Write(3)));
        McapMessage[] odometry = [.. reader.ReadMessages(new McapQuery { Topics = new HashSet<string> { "/rover_1/odom" } })];
        var message = new nav_msgs.msg.Odometry();

        Assert.True(ROS2.CdrMessage.TryDeserialize(odometry[2].Data.Span, message));
        Assert.Equal(0.2, message.Pose.Pose.Position.X, 12);
        Assert.Equal("rover_1/odom", message.Header.FrameId);
        Assert.Equal("nav_msgs/msg/Odometry", reader.Schemas[odometry[2].Channel.SchemaId].Name);
    }

    [Fact]
    public void Open_FileCutOff_SaysSoAndRecoveryYieldsEveryCompleteChunk()
    {
        byte[] file = SampleBag.Write(40);
        List<McapMessage> all = [.. new McapStreamReader(new MemoryStream(file)).ReadMessages()];
        using var whole = new McapReader(new MemoryStream(file));
        for (int length = 8; length < file.Length; length += 997)
        {
            byte[] cut = file[..length];
            Assert.Throws<McapException>(() => new McapReader(new MemoryStream(cut)));

            var recovery = new McapStreamReader(new MemoryStream(cut));
            List<McapMessage> rest = [.. recovery.ReadMessages()];
            long expected = MessagesInChunksBefore(whole, file, length);
            Assert.Equal(expected, rest.Count);
            Assert.Equal(all.Take(rest.Count).Select(m => m.LogTimeNs), rest.Select(m => m.LogTimeNs));
            Assert.NotEqual(recovery.IsComplete, recovery.Damage.Count == 1);
        }
    }

    [Fact]
    public void ReadMessages_OneDamagedChunk_OthersSurvive()
    {
        byte[] file = SampleBag.Write(40);
        using var whole = new McapReader(new MemoryStream(file));
        McapChunkIndex damaged = whole.Chunks[3];
        file[damaged.Offset + (damaged.Length / 2)] ^= 0x40;

        var recovery = new McapStreamReader(new MemoryStream(file));
        int count = recovery.ReadMessages().Count();

        Assert.InRange(count, 1, (40 * 6) - 1);
        Assert.Contains("checksum", Assert.Single(recovery.Damage), StringComparison.Ordinal);
        using var reader = new McapReader(new MemoryStream(file));
        Assert.Throws<McapException>(() => reader.ReadMessages().Count());
    }

    [Fact]
    public void Open_NoMcapFile_OneClearLine()
    {
        McapException error = Assert.Throws<McapException>(() => new McapReader(new MemoryStream("hello, world"u8.ToArray())));
        Assert.Contains("not an MCAP file", error.Message, StringComparison.Ordinal);
        Assert.Throws<McapException>(() => new McapStreamReader(new MemoryStream()));
    }

    [Fact]
    public void Read_RandomlyDamagedFiles_OnlyMcapExceptionsAndBoundedMemory()
    {
        byte[] file = SampleBag.Write(10);
        var random = new Random(7);
        for (int round = 0; round < 3000; round++)
        {
            byte[] copy = (byte[])file.Clone();
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            ReadAll(copy);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40L * file.Length + 10_000_000);
        }
    }

    private static void ReadAll(byte[] file)
    {
        try
        {
            _ = new McapStreamReader(new MemoryStream(file)).ReadMessages().Count();
        }
        catch (McapException)
        {
            // The magic at the head was hit.
        }

        try
        {
            using var reader = new McapReader(new MemoryStream(file));
            _ = reader.ReadMessages().Count();
            _ = reader.ReadMetadata();
        }
        catch (McapException)
        {
            // Every kind of damage ends here.
        }
    }

    private static long MessagesInChunksBefore(McapReader whole, byte[] file, int length)
    {
        long count = 0;
        foreach (McapChunkIndex chunk in whole.Chunks.Where(c => c.Offset + c.Length <= length))
        {
            byte[] prefix = file[..(int)(chunk.Offset + chunk.Length)];
            count = new McapStreamReader(new MemoryStream(prefix)).ReadMessages().Count();
        }

        return count;
    }
}
