using ROS2;
using ROS2.Bag;

namespace Ros2.Bag.Tests;

public sealed class BagWriterTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "bag-test-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Dispose_TwoTopics_MetadataListsFilesTimesAndTopics()
    {
        using (var bag = new BagWriter(_folder))
        {
            bag.AddTopic("/chatter", RosMessageType.Of<std_msgs.msg.String>());
            bag.AddTopic("/scan", RosMessageType.Of<sensor_msgs.msg.LaserScan>(), new BagQos { Reliability = "best_effort", Depth = 5 });
            bag.Write("/chatter", new std_msgs.msg.String { Data = "a" }, 1_000);
            bag.Write("/chatter", new std_msgs.msg.String { Data = "b" }, 4_000);
        }

        string file = Path.GetFileName(_folder) + "_0.mcap";
        string yaml = File.ReadAllText(Path.Combine(_folder, "metadata.yaml"));
        Assert.True(File.Exists(Path.Combine(_folder, file)));
        Assert.Contains("  version: 9\n  storage_identifier: mcap\n  duration:\n    nanoseconds: 3000\n", yaml, StringComparison.Ordinal);
        Assert.Contains("    nanoseconds_since_epoch: 1000\n  message_count: 2\n", yaml, StringComparison.Ordinal);
        Assert.Contains($"  relative_file_paths:\n    - \"{file}\"\n", yaml, StringComparison.Ordinal);
        Assert.Contains("        name: \"/scan\"\n        type: sensor_msgs/msg/LaserScan\n", yaml, StringComparison.Ordinal);
        Assert.Contains("            reliability: best_effort\n", yaml, StringComparison.Ordinal);
        Assert.Contains("type_description_hash: RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18\n      message_count: 2\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MoreThanAFileHolds_SplitsAndKeepsEveryMessage()
    {
        var options = new BagWriterOptions { MaxFileBytes = 20_000, Mcap = SampleBag.SmallChunks };
        using (var bag = new BagWriter(_folder, options))
        {
            bag.AddTopic("/chatter", RosMessageType.Of<std_msgs.msg.String>());
            for (int i = 0; i < 1000; i++)
            {
                bag.Write("/chatter", new std_msgs.msg.String { Data = $"message {i}" }, i);
            }
        }

        string[] files = Directory.GetFiles(_folder, "*.mcap");
        Assert.InRange(files.Length, 3, 10);
        Assert.Equal(1000, files.Sum(CountMessages));
        Assert.Contains("  message_count: 1000\n", File.ReadAllText(Path.Combine(_folder, "metadata.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_FolderHoldsFiles_Throws()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "precious.txt"), "");
        Assert.Throws<IOException>(() => new BagWriter(_folder));
    }

    [Fact]
    public void Write_UnknownTopic_Throws()
    {
        using var bag = new BagWriter(_folder);
        Assert.Throws<ArgumentException>(() => bag.Write("/nowhere", new std_msgs.msg.Empty(), 0));
    }

    private static long CountMessages(string path)
    {
        using McapReader reader = McapReader.Open(path);
        return reader.Statistics.MessageCount;
    }
}
