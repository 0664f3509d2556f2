using ROS2;

namespace Ros2.Common.Tests;

public sealed class CdrWriterTests
{
    [Fact]
    public void Write_AfterSmallerValues_PadsWithZeros()
    {
        byte[] buffer = new byte[24];
        Array.Fill(buffer, (byte)0xEE);
        var writer = new CdrWriter(buffer);
        writer.Write((byte)1);
        writer.Write((short)2);
        writer.Write(true);
        writer.Write(3.0);
        writer.Write(true);
        Assert.Equal(17, writer.Position);
        Assert.Equal("0100020001000000" + "0000000000000840" + "01", Convert.ToHexString(buffer.AsSpan(0, 17)));
    }

    [Fact]
    public void WriteSequence_Empty_WritesTheCountWithoutPadding()
    {
        byte[] buffer = new byte[4];
        var writer = new CdrWriter(buffer);
        writer.WriteSequence<double>([]);
        Assert.Equal(4, writer.Position);
        Assert.Equal(4, CdrSize.AddSequence(0, 0, 8));
        Assert.Equal(16, CdrSize.AddSequence(0, 1, 8));
    }

    [Fact]
    public void WriteString_LoneSurrogate_IsReplacedAndMeasuredTheSame()
    {
        const string Text = "a\uD800b";
        int size = CdrSize.AddString(0, Text);
        byte[] buffer = new byte[size];
        var writer = new CdrWriter(buffer);
        writer.WriteString(Text);
        Assert.Equal(size, writer.Position);
        Assert.Equal("a\uFFFDb", new CdrReader(buffer).ReadString(null));
    }

    [Fact]
    public void Write_BufferTooSmall_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => new CdrWriter(new byte[7]).Write(1.0));
        Assert.Throws<InvalidOperationException>(() => new CdrWriter(new byte[7]).WriteString("abc"));
        Assert.Throws<InvalidOperationException>(() => new CdrWriter(new byte[7]).WriteWString("abc"));
        Assert.Throws<InvalidOperationException>(() => new CdrWriter(new byte[7]).WriteSequence<byte>([1, 2, 3, 4]));
        Assert.Throws<InvalidOperationException>(() => CdrMessage.Serialize(new std_msgs.msg.Empty(), new byte[3]));
    }

    [Fact]
    public void Reserve_BeyondTheBufferByAlignmentAlone_Throws()
    {
        Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = new CdrWriter(new byte[9]);
            writer.Write((byte)1);
            writer.Reserve(8, 8);
        });
        Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = new CdrWriter(new byte[1]);
            writer.Write((byte)1);
            writer.WriteArray<double>([]);
            writer.Reserve(8, 1);
        });
    }
}
