using FsCheck;
using FsCheck.Fluent;
using ROS2;

namespace Ros2.Interfaces.Tests;

public sealed class RoundTripTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(2024, 7);

    [Fact]
    public void AnyMessage_ThroughBytesAndJson_ComesBackTheSame() =>
        ForAllTypes((type, seed) =>
        {
            IRosMessage message = new RandomMessage(seed).Create(type);
            byte[] bytes = CdrMessage.ToArray(message);
            IRosMessage copy = type.Create();
            IRosMessage fromJson = type.Create();

            Assert.True(CdrMessage.TryDeserialize(bytes, copy, out CdrError error), $"{type}: {error}");
            RosJsonReader.Read(RosJsonWriter.ToJson(message), fromJson);

            Assert.Equal(bytes, CdrMessage.ToArray(copy));
            Assert.Equal(RosJsonWriter.ToJson(message), RosJsonWriter.ToJson(copy));
            Assert.Equal(WithoutNanBits(bytes, message), WithoutNanBits(CdrMessage.ToArray(fromJson), fromJson));
        });

    [Fact]
    public void GetCdrSize_AtAnyOffset_IsExactlyWhatIsWritten() =>
        ForAllTypes((type, seed) =>
        {
            IRosMessage message = new RandomMessage(seed).Create(type);
            for (int offset = 0; offset < 8; offset++)
            {
                int size = message.GetCdrSize(offset);
                var writer = new CdrWriter(new byte[offset + size]);
                writer.WriteArray<byte>(new byte[offset]);
                message.Serialize(ref writer);
                Assert.Equal(offset + size, writer.Position);
            }
        });

    [Fact]
    public void Serialize_IntoAUsedBuffer_WritesEveryByteIncludingPadding() =>
        ForAllTypes((type, seed) =>
        {
            IRosMessage message = new RandomMessage(seed).Create(type);
            byte[] expected = CdrMessage.ToArray(message);
            byte[] used = new byte[expected.Length];
            Array.Fill(used, (byte)0xCC);
            Assert.Equal(expected.Length, CdrMessage.Serialize(message, used));
            Assert.Equal(expected, used);
        });

    [Fact]
    public void Deserialize_IntoAUsedMessage_SameAsIntoANewOne() =>
        ForAllTypes((type, seed) =>
        {
            IRosMessage used = new RandomMessage(seed + 1).Create(type);
            byte[] bytes = CdrMessage.ToArray(new RandomMessage(seed).Create(type));
            Assert.True(CdrMessage.TryDeserialize(bytes, used));
            Assert.Equal(bytes, CdrMessage.ToArray(used));
        });

    [Fact]
    public void Deserialize_EveryShorterInput_IsRefused()
    {
        foreach (RosMessageType type in AllTypes.Messages)
        {
            byte[] bytes = CdrMessage.ToArray(new RandomMessage(3).Create(type));
            IRosMessage target = type.Create();
            for (int length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 50))
            {
                Assert.False(CdrMessage.TryDeserialize(bytes.AsSpan(0, length), target), $"{type} cut at {length}");
            }
        }
    }

    private static void ForAllTypes(Action<RosMessageType, int> check)
    {
        Gen<(int Type, int Seed)> cases =
            from type in Gen.Choose(0, AllTypes.Messages.Count - 1)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select (type, seed);
        Prop.ForAll(cases.ToArbitrary(), c => check(AllTypes.Messages[c.Type], c.Seed)).Check(Repeatable);

        // And each type at least once.
        for (int i = 0; i < AllTypes.Messages.Count; i++)
        {
            check(AllTypes.Messages[i], i);
        }
    }

    // JSON has one NaN only, so the bytes of messages that hold one are not compared.
    private static byte[] WithoutNanBits(byte[] bytes, IRosMessage message) =>
        RosJsonWriter.ToJson(message).Contains("NaN", StringComparison.Ordinal) ? [] : bytes;
}
