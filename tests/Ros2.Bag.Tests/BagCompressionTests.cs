using ROS2;
using ROS2.Bag;

namespace Ros2.Bag.Tests;

/// <summary>rosbag2's compression of whole files and of single messages.</summary>
public sealed class BagCompressionTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("bags").FullName, "run");

    public BagCompressionTests() => Assert.SkipUnless(ChunkCompression.IsAvailable(McapCompression.Zstd), "libzstd1 is not installed");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Theory]
    [InlineData(BagCompressionMode.File, "run_0.mcap.zstd", "run_1.mcap.zstd")]
    [InlineData(BagCompressionMode.Message, "run_0.mcap", "run_1.mcap")]
    public void Bag_OfEachMode_IsNamedAsInRosbag2AndReadBack(BagCompressionMode mode, params string[] files)
    {
        Write(mode);

        Assert.Equal([.. files.Order(StringComparer.Ordinal), "metadata.yaml"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).OrderBy(name => name == "metadata.yaml"));
        string metadata = File.ReadAllText(Path.Combine(_folder, "metadata.yaml"));
        Assert.Contains($"  compression_format: \"zstd\"\n  compression_mode: \"{mode.ToString().ToUpperInvariant()}\"\n", metadata, StringComparison.Ordinal);
        Assert.All(files, file => Assert.Contains($"    - \"{file}\"\n", metadata, StringComparison.Ordinal));
        using BagReader bag = BagReader.Open(_folder);
        Assert.Equal(mode, bag.Compression);
        Assert.Equal(200, bag.MessageCount);
        Assert.Equal(
            Enumerable.Range(0, 200).Select(Text),
            bag.ReadMessages().Select(message =>
            {
                var text = new std_msgs.msg.String();
                Assert.True(CdrMessage.TryDeserialize(message.Data.Span, text));
                return text.Data;
            }));
    }

    [Fact]
    public void File_OfItsOwn_IsReadWithoutMetadata()
    {
        Write(BagCompressionMode.File);
        File.Delete(Path.Combine(_folder, "metadata.yaml"));

        Assert.Equal(0xFD2FB528u, BitConverter.ToUInt32(File.ReadAllBytes(Path.Combine(_folder, "run_0.mcap.zstd"))));
        using BagReader bag = BagReader.Open(Path.Combine(_folder, "run_0.mcap.zstd"));
        Assert.Equal(100, bag.ReadMessages().Count());
    }

    [Theory]
    [InlineData(BagCompressionMode.File)]
    [InlineData(BagCompressionMode.Message)]
    public void Reindex_OfACompressedBag_WritesTheSameMetadata(BagCompressionMode mode)
    {
        Write(mode);
        string metadata = Path.Combine(_folder, "metadata.yaml");
        string before = File.ReadAllText(metadata);

        BagRecovery.Reindex(_folder);

        Assert.Equal(before, File.ReadAllText(metadata));
    }

    [Fact]
    public void File_CutOrChanged_IsOneLineWithItsName()
    {
        Write(BagCompressionMode.File);
        string file = Path.Combine(_folder, "run_0.mcap.zstd");
        byte[] whole = File.ReadAllBytes(file);

        File.WriteAllBytes(file, whole[..(whole.Length / 2)]);
        Assert.StartsWith($"{file}: the compressed file ", Assert.Throws<McapException>(() => BagReader.Open(_folder)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(file, [.. whole[..5], 0xff, 0xff, 0xff, .. whole[8..]]);
        Assert.StartsWith($"{file}: ", Assert.Throws<McapException>(() => BagReader.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_ThatIsNoFrame_IsRefused()
    {
        Write(BagCompressionMode.None);
        string metadata = Path.Combine(_folder, "metadata.yaml");
        File.WriteAllText(metadata, File.ReadAllText(metadata)
            .Replace("compression_mode: \"\"", "compression_mode: \"MESSAGE\"", StringComparison.Ordinal)
            .Replace("compression_format: \"\"", "compression_format: \"zstd\"", StringComparison.Ordinal));
        using BagReader bag = BagReader.Open(_folder);

        Assert.Equal("a compressed message is damaged", Assert.Throws<McapException>(() => bag.ReadMessages().Count()).Message);
    }

    [Fact]
    public void Metadata_OfAnotherFormat_IsOneLine()
    {
        Write(BagCompressionMode.Message);
        string metadata = Path.Combine(_folder, "metadata.yaml");
        File.WriteAllText(metadata, File.ReadAllText(metadata).Replace("zstd", "bz2", StringComparison.Ordinal));

        Assert.Equal(
            $"{metadata}: compressed by MESSAGE with 'bz2', expected FILE or MESSAGE with 'zstd'",
            Assert.Throws<McapException>(() => BagReader.Open(_folder)).Message);
    }

    private static string Text(int i) => $"{i} {new string((char)('a' + (i % 26)), 3000)}";

    private void Write(BagCompressionMode mode)
    {
        using var writer = new BagWriter(_folder, new BagWriterOptions { Compression = mode });
        writer.AddTopic("/text", RosMessageType.Of<std_msgs.msg.String>());
        for (int i = 0; i < 200; i++)
        {
            if (i == 100)
            {
                writer.Split();
            }

            writer.Write("/text", new std_msgs.msg.String { Data = Text(i) }, 1000 * i);
        }
    }
}
