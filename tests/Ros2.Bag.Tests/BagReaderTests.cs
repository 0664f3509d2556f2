using ROS2;
using ROS2.Bag;

namespace Ros2.Bag.Tests;

public sealed class BagReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aios-bag-").FullName;

    private string Bag => Path.Combine(_folder, "bag");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_BagOfSeveralFiles_ReadsThemInOrderOfTime()
    {
        Write(steps: 40, maxFileBytes: 8000);
        using BagReader bag = BagReader.Open(Bag);

        Assert.True(bag.Files.Count > 1);
        Assert.Equal(40 * 6, bag.MessageCount);
        Assert.Equal((SampleBag.TimeNs(0), SampleBag.TimeNs(39)), (bag.StartTimeNs, bag.EndTimeNs));
        BagTopicSummary chatter = bag.Topics.Single(topic => topic.Name == "/chatter");
        Assert.Equal(("std_msgs/msg/String", "cdr", 40), (chatter.TypeName, chatter.SerializationFormat, chatter.MessageCount));
        Assert.Equal(RosMessageType.Of<std_msgs.msg.String>().TypeHash, chatter.TypeHash);
        Assert.Equal("best_effort", bag.Topics.Single(topic => topic.Name == "/rover_1/points").Qos.Reliability);
        long[] times = [.. bag.ReadMessages().Select(message => message.LogTimeNs)];
        Assert.Equal(times.Order(), times);
        Assert.Equal(40 * 6, times.Length);
    }

    [Fact]
    public void Open_NoBag_SaysWhatWasExpected() => Assert.Contains(
        "expected a folder with .mcap files", Assert.ThrowsAny<IOException>(() => BagReader.Open(_folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void Recover_FileThatWasCutOff_SavesEveryCompleteChunk()
    {
        Write(steps: 40, maxFileBytes: 0);
        string file = Directory.GetFiles(Bag, "*.mcap").Single();
        byte[] whole = File.ReadAllBytes(file);
        byte[] cut = whole[..(whole.Length / 2)];
        File.WriteAllBytes(file, cut);
        File.Delete(Path.Combine(Bag, "metadata.yaml"));
        Assert.ThrowsAny<IOException>(() => BagReader.Open(Bag));

        BagRescue rescue = Assert.Single(BagRecovery.Recover(Bag));

        Assert.NotEmpty(rescue.Damage);
        Assert.InRange(rescue.MessageCount, 40 * 6 / 4, (40 * 6) - 1);
        Assert.Equal(cut, File.ReadAllBytes(file + BagRecovery.Suffix));
        Assert.True(File.Exists(Path.Combine(Bag, "metadata.yaml")));
        using BagReader bag = BagReader.Open(Bag);
        Assert.Equal(rescue.MessageCount, bag.MessageCount);
        Assert.Equal(6, bag.Topics.Count);
        Assert.All(bag.Topics, topic => Assert.NotEqual("", topic.TypeName));
    }

    [Fact]
    public void Recover_ChunkWithAWrongByte_IsLeftOutThoughTheIndexIsWhole()
    {
        string file = Path.Combine(_folder, "one.mcap");
        using (BagFileWriter writer = BagFileWriter.Create(file, new McapWriterOptions { ChunkSize = 500 }))
        {
            BagTopic topic = writer.AddTopic("/text", RosMessageType.Of<std_msgs.msg.String>());
            for (int i = 0; i < 100; i++)
            {
                writer.Write(topic, new std_msgs.msg.String { Data = new string('a', 40) }, i);
            }
        }

        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.AsSpan().IndexOf("aaaaaaaaaa"u8) + 500] ^= 0xff;
        File.WriteAllBytes(file, bytes);

        BagRescue rescue = Assert.Single(BagRecovery.Recover(file));
        Assert.NotEmpty(rescue.Damage);
        Assert.InRange(rescue.MessageCount, 70, 99);
        using McapReader reader = McapReader.Open(file);
        Assert.Equal(rescue.MessageCount, reader.ReadMessages().LongCount());
    }

    [Fact]
    public void Recover_SoundFile_LeavesItAlone()
    {
        Write(steps: 2, maxFileBytes: 0);
        string file = Directory.GetFiles(Bag, "*.mcap").Single();
        byte[] before = File.ReadAllBytes(file);

        BagRescue rescue = Assert.Single(BagRecovery.Recover(file));

        Assert.Empty(rescue.Damage);
        Assert.Equal(12, rescue.MessageCount);
        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.False(File.Exists(file + BagRecovery.Suffix));
    }

    [Theory]
    [InlineData("- history: keep_all\n  depth: 0\n  reliability: best_effort\n  durability: transient_local\n", "keep_all", 10, "best_effort", "transient_local")]
    [InlineData("- history: 1\n  depth: 7\n  reliability: 2\n  durability: 1\n", "keep_last", 7, "best_effort", "transient_local")]
    [InlineData("- history: 3\n  depth: 1\n  reliability: 1\n  durability: 2\n- reliability: 2\n", "keep_last", 1, "reliable", "volatile")]
    [InlineData("", "keep_last", 10, "reliable", "volatile")]
    public void Parse_ProfilesOfOldAndNewBags_AreUnderstood(string yaml, string history, int depth, string reliability, string durability)
    {
        BagQos qos = BagQos.Parse(yaml);

        Assert.Equal((history, depth, reliability, durability), (qos.History, qos.Depth, qos.Reliability, qos.Durability));
        Assert.Equal(qos, BagQos.Parse(qos.ToYaml(indent: 2)));
    }

    private void Write(int steps, long maxFileBytes)
    {
        using var bag = new BagWriter(Bag, new BagWriterOptions { Mcap = SampleBag.SmallChunks, MaxFileBytes = maxFileBytes });
        foreach ((string topic, IRosMessage message) in SampleBag.Messages(0))
        {
            bag.AddTopic(topic, message.RosType, new BagQos { Reliability = topic.EndsWith("points", StringComparison.Ordinal) ? "best_effort" : "reliable" });
        }

        for (int step = 0; step < steps; step++)
        {
            foreach ((string topic, IRosMessage message) in SampleBag.Messages(step))
            {
                bag.Write(topic, message, SampleBag.TimeNs(step));
            }
        }
    }
}
