using System.Buffers.Binary;
using Aios.Cli.Networks;
using Aios.Numerics;

namespace Aios.Cli.Tests.Networks;

/// <summary>What the hub of a radio network does to the frames that go through it.</summary>
public sealed class FrameTests
{
    private const int Udp = 34;
    private const byte UserWriter = 0x03;
    private const byte BuiltInWriter = 0xC2;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryDamage_DatagramWithSeveralSubmessages_FlipsBitsOfTheUsersMessageOnly(bool hasParameters)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var frame = Datagram([.. Data(BuiltInWriter, false), .. Heartbeat(), .. Data(UserWriter, hasParameters), .. Heartbeat()], out var users);
            byte[] damaged = [.. frame];

            Assert.True(Frame.TryDamage(damaged, Udp, SeededRandom.ForStream((ulong)seed, "test")));

            var changed = Enumerable.Range(0, frame.Length).Where(i => frame[i] != damaged[i]).ToList();
            Assert.All(changed, i => Assert.InRange(i, users.Start.Value, users.End.Value - 1));
        }
    }

    [Fact]
    public void TryDamage_NothingThatAUserSays_LeavesTheDatagramAlone()
    {
        foreach (byte[] submessages in (byte[][])[[], Heartbeat(), Data(BuiltInWriter, true), [0x15], [0x15, 1, 255, 255, 0, 0]])
        {
            var frame = Datagram(submessages, out _);
            byte[] same = [.. frame];

            Assert.False(Frame.TryDamage(same, Udp, SeededRandom.ForStream(1, "test")));
            Assert.Equal(frame, same);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Seal_WithChecksum_IsTheOneThatReceiversAccept(int odd)
    {
        byte[] submessages = [.. Data(UserWriter, true), .. new byte[odd]];
        var frame = Datagram(submessages, out _);

        Assert.True(Frame.TryFindUdp(frame, out var at));
        Assert.Equal(Udp, at);
        Assert.True(Frame.Seal(frame, at, checksum: true));
        Assert.Equal(0xFFFF, Fold(frame));

        Assert.True(Frame.TryDamage(frame, at, SeededRandom.ForStream(2, "test")));
        Assert.NotEqual(0xFFFF, Fold(frame));
        Assert.False(Frame.Seal(frame, at, checksum: false));
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(Udp + 6)));
    }

    [Fact]
    public void Seal_FirstPartOfADatagramInParts_HasNoChecksum()
    {
        var frame = Datagram(Data(UserWriter, false), out _);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(Udp + 4), 4000);

        Assert.False(Frame.Seal(frame, Udp, checksum: true));
    }

    [Fact]
    public void AnyNoise_IsTakenAsItComes()
    {
        var random = SeededRandom.ForStream(3, "noise");
        var whole = Datagram([.. Data(UserWriter, true), .. Heartbeat()], out _);
        for (var i = 0; i < 20_000; i++)
        {
            byte[] frame = [.. whole.AsSpan(0, 14 + random.NextInt(whole.Length - 13))];
            for (var flips = random.NextInt(20); flips > 0; flips--)
            {
                frame[random.NextInt(frame.Length)] = (byte)random.NextInt(256);
            }

            if (Frame.TryFindUdp(frame, out var udp))
            {
                Frame.Seal(frame, udp, checksum: true);
                Frame.TryDamage(frame, udp, random);
            }
        }
    }

    // 24 bytes of DATA, perhaps a parameter and the sentinel, then 12 bytes of what is said.
    private static byte[] Data(byte writerKind, bool hasParameters)
    {
        byte[] parameters = hasParameters ? [0x70, 0, 4, 0, 9, 9, 9, 9, 1, 0, 0, 0] : [];
        byte[] body = [0, 0, 16, 0, 0, 0, 0, 4, 0, 0, 18, writerKind, 0, 0, 0, 0, 7, 0, 0, 0, .. parameters, 0, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
        return [0x15, (byte)(hasParameters ? 7 : 5), (byte)body.Length, 0, .. body];
    }

    private static byte[] Heartbeat() => [0x07, 1, 28, 0, .. new byte[28]];

    /// <summary>The frame, and where the last user's message of it is.</summary>
    private static byte[] Datagram(byte[] submessages, out Range users)
    {
        byte[] rtps = [.. "RTPS"u8, 2, 4, 1, 16, .. new byte[12], .. submessages];
        byte[] udp = [0x1C, 0xE9, 0x1C, 0xEA, 0, 0, 0xAB, 0xCD, .. rtps];
        BinaryPrimitives.WriteUInt16BigEndian(udp.AsSpan(4), (ushort)udp.Length);
        byte[] ip = [0x45, 0, 0, 0, 0, 1, 0, 0, 64, 17, 0, 0, 10, 77, 0, 1, 10, 77, 0, 2];
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(2), (ushort)(ip.Length + udp.Length));
        byte[] frame = [1, 0, 94, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, .. ip, .. udp];
        var said = frame.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 0, 18, UserWriter]);
        var end = said < 0 ? 0 : frame.AsSpan(said).IndexOf((ReadOnlySpan<byte>)[1, 2, 3, 4, 5, 6, 7, 8]) + said + 8;
        users = Math.Max(0, end - 12)..end;
        return frame;
    }

    // Sum of RFC 768 over pseudo header and datagram, checksum included: all ones when it is right.
    private static int Fold(byte[] frame)
    {
        byte[] summed = [.. frame[26..34], 0, 17, .. frame[38..40], .. frame[34..], .. frame.Length % 2 == 1 ? [0] : Array.Empty<byte>()];
        var sum = 0;
        for (var i = 0; i < summed.Length; i += 2)
        {
            sum += (summed[i] << 8) | summed[i + 1];
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return sum;
    }
}
