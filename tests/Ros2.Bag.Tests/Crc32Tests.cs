using System.Text;
using ROS2.Bag;

namespace Ros2.Bag.Tests;

public sealed class Crc32Tests
{
    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Append_KnownTexts_KnownChecksums(string text, uint expected)
    {
        Assert.Equal(expected, Crc32.Append(0, Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void Append_InPieces_SameAsAtOnce()
    {
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
        for (int split = 0; split < 40; split++)
        {
            uint pieces = Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, split)), bytes.AsSpan(split));
            Assert.Equal(Crc32.Append(0, bytes), pieces);
        }
    }
}
