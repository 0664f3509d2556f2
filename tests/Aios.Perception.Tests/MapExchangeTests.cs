using Aios.Numerics;
using Aios.Perception.Tests.Support;

namespace Aios.Perception.Tests;

public sealed class MapExchangeTests
{
    private const long Second = 1_000_000_000;
    private static readonly GridGeometry Grid = GridGeometry.Covering(-10, -10, 10, 10, 0.2);

    [Fact]
    public void Apply_WholeMap_ArrivesWithinHalfAStepOfTheQuantum()
    {
        var (a, b) = Pair();
        Scenes.Look(a.Map, Scenes.Rolling, Second);

        Exchange([a, b], rounds: 40, loss: 0, seed: 1);

        Assert.Equal(a.Map.KnownCells, b.Map.KnownCells);
        for (int i = 0; i < Grid.CellCount; i++)
        {
            Assert.Equal(a.Map[i].Elevation, b.Map[i].Elevation, 0.004);
            Assert.Equal(2, b.Map[i].Source);
        }

        Assert.Equal(a.Exchange.Head, a.Exchange.AcknowledgedByAll);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Exchange_LossyLinks_ConvergesAndFallsSilent(double loss)
    {
        Peer[] fleet = Fleet(3);
        Scenes.Look(fleet[0].Map, Scenes.Rolling, Second);
        fleet[1].Map.Integrate([new(1, 1, 3), new(2, 2, 3)], Pose3.Identity, Second);

        Exchange(fleet, rounds: 400, loss, seed: 3);
        int tail = Exchange(fleet, rounds: 20, loss: 0, seed: 4);

        Assert.All(fleet, p => Assert.Equal(fleet[0].Map.KnownCells, p.Map.KnownCells));
        Assert.All(fleet, p => Assert.Equal(p.Exchange.Head, p.Exchange.AcknowledgedByAll));
        Assert.InRange(tail, 0, 40 * 100);
    }

    [Fact]
    public void TryEncode_AnyAmountOfNews_StaysWithinTheBound()
    {
        var (a, _) = Pair();
        Scenes.Look(a.Map, (x, y) => 30 * DetMath.Sin(x * 17) * DetMath.Cos(y * 23), Second);
        byte[] buffer = new byte[20000];
        for (int i = 1; i < 100; i++)
        {
            if (a.Exchange.TryEncode(i * Second, buffer, out int length))
            {
                Assert.InRange(length, 1, 8000);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryEncode_WithoutLivePeers_TellsWhatIsNewAllTheSame(bool hasLostPeer)
    {
        var alone = new Peer("alone");
        if (hasLostPeer)
        {
            alone.Exchange.AddPeer("lost");
            alone.Exchange.SetLive("lost", false);
        }

        var listener = new Peer("listener");
        Scenes.Look(alone.Map, Scenes.Rolling, Second);
        byte[] buffer = new byte[20000];
        for (int i = 4; i < 400; i++)
        {
            if (alone.Exchange.TryEncode(i * Second / 4, buffer, out int length))
            {
                listener.Exchange.Apply("alone", buffer.AsSpan(0, length), i * Second / 4);
            }
        }

        Assert.Equal(alone.Map.KnownCells, listener.Map.KnownCells);
        Assert.Equal(hasLostPeer, alone.Exchange.TryEncode(1000 * Second, buffer, out _));
    }

    [Fact]
    public void Apply_MutatedBytes_NeverThrowsAndNeverChangesTheMap()
    {
        var (a, b) = Pair();
        Scenes.Look(a.Map, Scenes.Rolling, Second);
        byte[] buffer = new byte[8000];
        Assert.True(a.Exchange.TryEncode(Second, buffer, out int length));
        var random = new SeededRandom(9);
        for (int i = 0; i < 5000; i++)
        {
            byte[] copy = buffer[..random.NextInt(length + 1)];
            for (int k = random.NextInt(4); k >= 0 && copy.Length > 0; k--)
            {
                copy[random.NextInt(copy.Length)] ^= (byte)(1 + random.NextInt(255));
            }

            if (copy.AsSpan().SequenceEqual(buffer.AsSpan(0, length)))
            {
                continue;
            }

            Assert.NotEqual(DeltaVerdict.Applied, b.Exchange.Apply("a", copy, Second).Verdict);
        }

        Assert.Equal(0, b.Map.KnownCells);
        Assert.Equal(0UL, b.Exchange.ReceivedFrom("a"));
    }

    [Fact]
    public void Apply_MutatedBytesWithAValidChecksum_NeverThrows()
    {
        var (a, b) = Pair();
        Scenes.Look(a.Map, Scenes.Rolling, Second);
        byte[] buffer = new byte[8000];
        Assert.True(a.Exchange.TryEncode(Second, buffer, out int length));
        var random = new SeededRandom(10);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] copy = buffer[..length];
            for (int k = random.NextInt(6); k >= 0; k--)
            {
                copy[random.NextInt(length - 4)] = (byte)random.NextInt(256);
            }

            BitConverter.TryWriteBytes(copy.AsSpan(length - 4), MapDeltaFormat.Checksum(copy.AsSpan(0, length - 4)));
            refused += b.Exchange.Apply("a", copy, Second).Verdict == DeltaVerdict.Applied ? 0 : 1;
        }

        Assert.True(refused > 300);
        for (int i = 0; i < Grid.CellCount; i++)
        {
            Assert.InRange(Math.Abs(b.Map[i].Elevation), 0, 1100);
        }
    }

    [Fact]
    public void Apply_PeerWhoseMapLiesHigher_OffsetFoundAndNoStepAtTheSeam()
    {
        const double Offset = 0.25;
        var (a, b) = Pair();
        static double WestHalf(double x, double y) => x < 2 ? Scenes.Rolling(x, y) : double.NaN;
        static double EastHalf(double x, double y) => x > -2 ? Scenes.Rolling(x, y) + Offset : double.NaN;
        Scenes.Look(a.Map, WestHalf, Second);
        Scenes.Look(b.Map, EastHalf, Second);

        Exchange([a, b], rounds: 40, loss: 0, seed: 5);

        Assert.Equal(Offset, a.Exchange.HeightOffset("b"), 0.01);
        Assert.Equal(-Offset, b.Exchange.HeightOffset("a"), 0.01);
        for (int row = 10; row < 90; row++)
        {
            for (int col = 1; col < Grid.Width; col++)
            {
                double here = a.Map[Grid.Index(col, row)].Elevation, west = a.Map[Grid.Index(col - 1, row)].Elevation;
                Assert.InRange(Math.Abs(here - west), 0, 0.15);
            }
        }
    }

    [Fact]
    public void Apply_OwnFirmCells_KeptAgainstThePeers()
    {
        var (a, b) = Pair();
        Scenes.Look(b.Map, (_, _) => 1, Second);
        Scenes.Look(a.Map, (_, _) => 1.1, 2 * Second);

        Exchange([a, b], rounds: 20, loss: 0, seed: 6);

        Assert.Equal(1.0, b.Map[5050].Elevation, 3);
        Assert.Equal(ElevationCell.SourceSelf, b.Map[5050].Source);
    }

    [Fact]
    public void Apply_RestartedPeer_StartsOverAndOldMessagesAreRefused()
    {
        var (a, b) = Pair();
        Scenes.Look(a.Map, Scenes.Rolling, Second);
        byte[] old = new byte[8000];
        Assert.True(a.Exchange.TryEncode(Second, old, out int oldLength));
        b.Exchange.Apply("a", old.AsSpan(0, oldLength), Second);

        var reborn = new Peer("a", incarnation: 2);
        reborn.Exchange.AddPeer("b");
        Scenes.Look(reborn.Map, Scenes.Rolling, 3 * Second);
        Exchange([reborn, b], rounds: 40, loss: 0, seed: 7);

        Assert.Equal(reborn.Exchange.Head, b.Exchange.ReceivedFrom("a"));
        Assert.Equal(DeltaVerdict.OldIncarnation, b.Exchange.Apply("a", old.AsSpan(0, oldLength), Second).Verdict);
        Assert.Equal(b.Map.KnownCells, reborn.Map.KnownCells);
    }

    [Fact]
    public void Adopt_PeerLostBeforeTheThirdHeardIt_ItsGroundIsPassedOn()
    {
        Peer[] fleet = Fleet(3);
        Scenes.Look(fleet[0].Map, Scenes.Rolling, Second);
        Exchange([fleet[0], fleet[1]], rounds: 30, loss: 0, seed: 8);
        Assert.Equal(0, fleet[2].Map.KnownCells);

        fleet[1].Exchange.SetLive("p0", false);
        fleet[1].Exchange.Adopt("p0", 40 * Second);
        Exchange([fleet[1], fleet[2]], rounds: 60, loss: 0.2, seed: 9);

        Assert.Equal(fleet[1].Map.KnownCells, fleet[2].Map.KnownCells);
    }

    [Fact]
    public void Apply_WrongGridOrFutureOrSelf_RefusedByName()
    {
        var (a, b) = Pair();
        Scenes.Look(a.Map, Scenes.Rolling, 100 * Second);
        byte[] buffer = new byte[8000];
        Assert.True(a.Exchange.TryEncode(100 * Second, buffer, out int length));
        var other = new MapExchange(new ElevationMap(Scenes.SmallGrid), "c");

        Assert.Equal(DeltaVerdict.WrongGrid, other.Apply("a", buffer.AsSpan(0, length), 100 * Second).Verdict);
        Assert.Equal(DeltaVerdict.BadTime, b.Exchange.Apply("a", buffer.AsSpan(0, length), 10 * Second).Verdict);
        Assert.Equal(DeltaVerdict.UnknownPeer, b.Exchange.Apply("b", buffer.AsSpan(0, length), 100 * Second).Verdict);
        Assert.Equal(DeltaVerdict.BadLength, b.Exchange.Apply("a", [], 100 * Second).Verdict);
    }

    private static (Peer A, Peer B) Pair()
    {
        var a = new Peer("a");
        var b = new Peer("b");
        a.Exchange.AddPeer("b");
        b.Exchange.AddPeer("a");
        return (a, b);
    }

    private static Peer[] Fleet(int count)
    {
        Peer[] fleet = [.. Enumerable.Range(0, count).Select(i => new Peer($"p{i}"))];
        foreach (Peer p in fleet)
        {
            foreach (Peer q in fleet)
            {
                p.Exchange.AddPeer(q.Name);
            }
        }

        return fleet;
    }

    /// <summary>Every second everybody sends what it has to everybody else, over links that lose; returns bytes sent.</summary>
    private static int Exchange(Peer[] fleet, int rounds, double loss, ulong seed)
    {
        var random = new SeededRandom(seed);
        byte[] buffer = new byte[8000];
        int bytes = 0;
        for (int round = 0; round < rounds; round++)
        {
            long now = fleet.Max(p => p.NowNs) + Second;
            foreach (Peer sender in fleet)
            {
                sender.NowNs = now;
                if (!sender.Exchange.TryEncode(now, buffer, out int length))
                {
                    continue;
                }

                bytes += length;
                foreach (Peer receiver in fleet)
                {
                    if (receiver != sender && !random.NextBool(loss))
                    {
                        DeltaOutcome outcome = receiver.Exchange.Apply(sender.Name, buffer.AsSpan(0, length), now);
                        Assert.Equal(DeltaVerdict.Applied, outcome.Verdict);
                    }
                }
            }
        }

        return bytes;
    }

    private sealed class Peer
    {
        public Peer(string name, uint incarnation = 1)
        {
            Name = name;
            Map = new ElevationMap(Grid, Scenes.Open());
            Exchange = new MapExchange(Map, name, incarnation);
        }

        public string Name { get; }

        public ElevationMap Map { get; }

        public MapExchange Exchange { get; }

        public long NowNs { get; set; } = Second;
    }
}
