using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ROS2;
using ROS2.Bag;

namespace Ros2.Bag.Tests;

/// <summary>Libraries that share no code with ours open and decode what we write.</summary>
public sealed class IndependentReaderTests
{
    [Theory]
    [InlineData(McapCompression.None, "")]
    [InlineData(McapCompression.Zstd, "zstd")]
    [InlineData(McapCompression.Lz4, "lz4")]
    public void McapCore_BagOfManyTypes_DecodesEveryMessageToTheSameValues(McapCompression compression, string name)
    {
        Assert.SkipUnless(ChunkCompression.IsAvailable(compression), $"the library of {name} is not installed");
        string folder = NodeTool.Install("@mcap/support");
        string path = Path.Combine(folder, "sample.mcap");
        const int Steps = 12;
        using (var mcap = McapWriter.Create(path, SampleBag.SmallChunks with { Compression = compression }))
        using (var bag = new BagFileWriter(mcap))
        {
            SampleBag.Fill(bag, Steps);
            mcap.WriteMetadata("mission", new Dictionary<string, string> { ["seed"] = "1" });
        }

        JsonNode result = JsonNode.Parse(NodeTool.Run(folder, "node", $"read.mjs \"{path}\""))!;

        JsonNode indexed = result["indexed"]!;
        Assert.Equal("ros2", (string?)indexed["profile"]);
        Assert.Equal((Steps * 6).ToString(), (string?)indexed["messageCount"]);
        Assert.Equal("1", (string?)indexed["metadata"]![0]!["values"]!["seed"]);
        Assert.Equal(name, (string?)Assert.Single(indexed["compressions"]!.AsArray()));
        Assert.True((int)indexed["chunks"]! > 1);
        Assert.True((bool)result["stream"]!["done"]!);
        foreach (JsonArray messages in new[] { indexed["messages"]!.AsArray(), result["stream"]!["messages"]!.AsArray() })
        {
            Assert.Equal(Steps * 6, messages.Count);
            CheckMessages(messages, Steps);
        }
    }

    private static void CheckMessages(JsonArray messages, int steps)
    {
        int at = 0;
        for (int step = 0; step < steps; step++)
        {
            foreach ((string topic, IRosMessage message) in SampleBag.Messages(step))
            {
                JsonNode found = messages[at++]!;
                Assert.Equal(topic, (string?)found["topic"]);
                Assert.Equal(message.RosType.Name, (string?)found["type"]);
                Assert.Equal(SampleBag.TimeNs(step).ToString(), (string?)found["logTime"]);
                JsonElement expected = JsonDocument.Parse(RosJsonWriter.ToJson(message)).RootElement;
                JsonElement actual = JsonDocument.Parse(found["value"]!.ToJsonString()).RootElement;
                string? difference = JsonDifference.Find(expected, actual, topic);
                Assert.True(difference is null, difference);
            }
        }
    }
}
