using ROS2;

namespace Ros2.Common.Tests;

public sealed class CdrReaderTests
{
    [Fact]
    public void Read_PrimitivesOfAllSizes_AlignsEach()
    {
        var reader = new CdrReader([1, 0, 2, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 5]);
        Assert.Equal(1, reader.Read<byte>());
        Assert.Equal(2, reader.Read<short>());
        Assert.Equal(3u, reader.Read<uint>());
        Assert.Equal(4L, reader.Read<long>());
        Assert.Equal(5, reader.Read<sbyte>());
        Assert.Equal(CdrError.None, reader.Error);
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void Read_BigEndian_SwapsScalarsBlocksAndStrings()
    {
        byte[] input = [0, 0, 0, 2, 0, 1, 0, 2, 0, 0, 0, 3, (byte)'a', (byte)'b', 0, 0, 0x3F, 0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0xE9];
        var reader = new CdrReader(input, bigEndian: true);
        Assert.Equal([1, 2], reader.ReadSequence<short>(null, int.MaxValue));
        Assert.Equal("ab", reader.ReadString(null));
        Assert.Equal(1.0f, reader.Read<float>());
        Assert.Equal("é", reader.ReadWString(null));
        Assert.Equal(CdrError.None, reader.Error);
    }

    [Fact]
    public void TryDeserialize_Encapsulation_PicksTheByteOrder()
    {
        var time = new builtin_interfaces.msg.Time();
        Assert.True(CdrMessage.TryDeserialize([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2], time));
        Assert.Equal((1, 2u), (time.Sec, time.Nanosec));
        Assert.True(CdrMessage.TryDeserialize([0, 1, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0], time));
        Assert.Equal((3, 4u), (time.Sec, time.Nanosec));
    }

    [Theory]
    [InlineData("00020000", CdrError.UnknownEncapsulation)]
    [InlineData("01010000", CdrError.UnknownEncapsulation)]
    [InlineData("000100", CdrError.Truncated)]
    [InlineData("", CdrError.Truncated)]
    [InlineData("00010000", CdrError.Truncated)]
    [InlineData("0001000005000000616263", CdrError.Truncated)]
    [InlineData("00010000030000006162630000", CdrError.UnterminatedString)]
    [InlineData("00010000ffffffff", CdrError.Truncated)]
    public void TryDeserialize_MalformedString_TellsWhy(string hex, CdrError expected)
    {
        var message = new std_msgs.msg.String();
        Assert.False(CdrMessage.TryDeserialize(Convert.FromHexString(hex), message, out CdrError error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("0001000000000000", "")]
    [InlineData("000100000100000000", "")]
    [InlineData("00010000040000006162630000000000", "abc")]
    [InlineData("0001000003000000ff6100", "\uFFFDa")]
    [InlineData("000100000400000061006200", "a\0b")]
    public void TryDeserialize_UnusualButValidString_IsRead(string hex, string expected)
    {
        var message = new std_msgs.msg.String();
        Assert.True(CdrMessage.TryDeserialize(Convert.FromHexString(hex), message));
        Assert.Equal(expected, message.Data);
    }

    [Fact]
    public void TryDeserialize_BooleanOutOfRange_IsRefusedAloneAndInSequences()
    {
        Assert.False(CdrMessage.TryDeserialize([0, 1, 0, 0, 2], new std_msgs.msg.Bool(), out CdrError error));
        Assert.Equal(CdrError.InvalidBoolean, error);
        var reader = new CdrReader([2, 0, 0, 0, 1, 0x80]);
        Assert.Equal([false, false], reader.ReadSequence<bool>(null, int.MaxValue));
        Assert.Equal(CdrError.InvalidBoolean, reader.Error);
    }

    [Fact]
    public void ReadCount_MoreThanLeftOrAllowed_FailsBeforeAllocating()
    {
        var reader = new CdrReader([0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3, 4]);
        Assert.Empty(reader.ReadSequence<double>(null, int.MaxValue));
        Assert.Equal(CdrError.Truncated, reader.Error);

        reader = new CdrReader([3, 0, 0, 0, 1, 2, 3]);
        Assert.Empty(reader.ReadSequence<byte>(null, 2));
        Assert.Equal(CdrError.SequenceTooLong, reader.Error);
    }

    [Fact]
    public void ReadWString_UnitBeyond16Bits_IsRefused()
    {
        var reader = new CdrReader([1, 0, 0, 0, 0, 0, 1, 0]);
        Assert.Equal("", reader.ReadWString(null));
        Assert.Equal(CdrError.InvalidWideCharacter, reader.Error);
    }

    [Fact]
    public void Read_AfterAFault_GivesZerosAndKeepsTheFirstError()
    {
        var reader = new CdrReader([9, 9]);
        Assert.Equal(0u, reader.Read<uint>());
        Assert.Equal(0, reader.Read<byte>());
        Assert.Equal("", reader.ReadString("old"));
        Assert.Equal([0, 0, 0], reader.ReadArray<int>(null, 3));
        Assert.Equal(CdrError.Truncated, reader.Error);
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void ReadString_SameTextAsBefore_ReturnsThatObject()
    {
        foreach (string text in new[] { "rover_1/base_link", "ünï 漢 🚀", new string('x', 300) + "é", "" })
        {
            byte[] bytes = CdrMessage.ToArray(new std_msgs.msg.String { Data = text });
            var target = new std_msgs.msg.String { Data = new string(text.AsSpan()) };
            string before = target.Data;
            Assert.True(CdrMessage.TryDeserialize(bytes, target));
            Assert.Same(before, target.Data);

            target.Data = text + "!";
            Assert.True(CdrMessage.TryDeserialize(bytes, target));
            Assert.Equal(text, target.Data);
        }
    }

    [Fact]
    public void ReadString_BoundedAndIllFormed_NeverExceedsItsBound()
    {
        byte[] bytes = [23, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 22), 0];
        var reader = new CdrReader(bytes);
        Assert.Equal("", reader.ReadString(null, 22));
        Assert.Equal(CdrError.StringTooLong, reader.Error);
    }
}
