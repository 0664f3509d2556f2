using ROS2.Bag;

namespace Ros2.Bag.Tests;

public sealed class ChunkCompressionTests
{
    public static TheoryData<McapCompression> Compressions => [McapCompression.Zstd, McapCompression.Lz4];

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Write_Compressed_SmallerAndReadersGiveTheSameMessages(McapCompression compression)
    {
        byte[] plain = SampleBag.Write(40);
        byte[] file = Write(compression, 40);

        Assert.True(file.Length < 0.7 * plain.Length, $"{file.Length} of {plain.Length} bytes");
        Assert.Equal(Describe(new McapStreamReader(new MemoryStream(plain)).ReadMessages()), Describe(new McapStreamReader(new MemoryStream(file)).ReadMessages()));
        using var reader = new McapReader(new MemoryStream(file));
        Assert.All(reader.Chunks, chunk => Assert.Equal(compression == McapCompression.Zstd ? "zstd" : "lz4", chunk.Compression));
        Assert.All(reader.Chunks, chunk => Assert.True(chunk.CompressedSize < chunk.UncompressedSize));
        using var other = new McapReader(new MemoryStream(plain));
        Assert.Equal(Describe(other.ReadMessages()), Describe(reader.ReadMessages()));
    }

    [Fact]
    public void Write_WhatDoesNotGetSmaller_IsNotCompressed()
    {
        Assert.SkipUnless(ChunkCompression.IsAvailable(McapCompression.Zstd), "no libzstd");
        byte[] noise = new byte[4000];
        new Random(1).NextBytes(noise);
        using var stream = new MemoryStream();
        using (var writer = new McapWriter(stream, new McapWriterOptions { Compression = McapCompression.Zstd, LeaveOpen = true }))
        {
            writer.Write(writer.AddChannel("/a", 0, "raw"), 0, 1, 1, noise);
        }

        using var reader = new McapReader(stream);
        Assert.Equal("", Assert.Single(reader.Chunks).Compression);
        Assert.Equal(noise, Assert.Single(reader.ReadMessages()).Data.ToArray());
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Read_CutOff_EveryCompleteChunkIsThere(McapCompression compression)
    {
        byte[] file = Write(compression, 40);
        using var whole = new McapReader(new MemoryStream(file));
        McapChunkIndex chunk = whole.Chunks[5];

        var recovery = new McapStreamReader(new MemoryStream(file[..(int)(chunk.Offset + chunk.Length + 3)]));

        Assert.Equal(whole.ReadMessages(new McapQuery { EndNs = chunk.EndTimeNs - 1 }).Count(), recovery.ReadMessages().Count(m => m.LogTimeNs < chunk.EndTimeNs));
        Assert.False(recovery.IsComplete);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Read_RandomlyDamaged_OnlyMcapExceptionsAndBoundedMemory(McapCompression compression)
    {
        byte[] file = Write(compression, 10);
        var random = new Random(11);
        for (int round = 0; round < 2000; round++)
        {
            byte[] copy = (byte[])file.Clone();
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                _ = new McapStreamReader(new MemoryStream(copy)).ReadMessages().Count();
                using var reader = new McapReader(new MemoryStream(copy));
                _ = reader.ReadMessages().Count();
            }
            catch (McapException)
            {
                // Every kind of damage ends here.
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 600L * file.Length + 10_000_000);
        }
    }

    [Fact]
    public void Read_UnknownCompression_OneClearLine()
    {
        byte[] file = Write(McapCompression.Zstd, 10);
        file[file.AsSpan().IndexOf("zstd"u8)] = (byte)'q';

        var recovery = new McapStreamReader(new MemoryStream(file));

        Assert.NotEmpty(recovery.ReadMessages());
        Assert.Contains("'qstd'; known are 'zstd' and 'lz4'", Assert.Single(recovery.Damage), StringComparison.Ordinal);
    }

    private static byte[] Write(McapCompression compression, int steps)
    {
        Assert.SkipUnless(ChunkCompression.IsAvailable(compression), $"the library of {compression} is not installed");
        return SampleBag.Write(steps, SampleBag.SmallChunks with { Compression = compression });
    }

    private static List<string> Describe(IEnumerable<McapMessage> messages) =>
        [.. messages.Select(m => $"{m.Channel.Topic} {m.LogTimeNs} {m.Sequence} {Convert.ToHexString(m.Data.Span)}")];
}
