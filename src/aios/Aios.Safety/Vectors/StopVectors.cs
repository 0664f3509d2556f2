using System.Buffers.Binary;
using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Safety.Vectors;

/// <summary>Starts gates on journals of stops, whole, torn and damaged, and has them stop, resume and keep what changed.</summary>
internal static class StopVectors
{
    private const int ChangesPerGate = 6;
    private const int SlotBytes = 16;

    public static void Write(VectorWriter writer, SeededRandom random, int operations)
    {
        for (int done = 0; done < operations; done += 1 + ChangesPerGate)
        {
            uint former = random.NextBool(0.5) ? 0u : (uint)random.NextInt(5) << 16;
            var gate = new SafetyGate(new GateOptions { FormerStopId = former }, SafetyZones.None);
            var store = new Store(Content(random));
            writer.U32(5);
            writer.U32(former);
            writer.Bytes(store.Load());
            store.Refuses = random.NextBool(0.1);
            writer.Bool(store.Refuses);
            var journal = new StopJournal(store);
            journal.Restore(gate);
            WriteStop(writer, gate, store);
            for (int i = 0; i < ChangesPerGate; i++)
            {
                Change(writer, random, gate, journal, store);
            }
        }
    }

    private static void Change(VectorWriter writer, SeededRandom random, SafetyGate gate, StopJournal journal, Store store)
    {
        int reason = random.NextInt(3) == 0 ? 1 + random.NextInt(12) : 0;
        store.Refuses = random.NextBool(0.2);
        writer.U32(6);
        writer.I32(reason);
        writer.Bool(store.Refuses);
        if (reason != 0)
        {
            gate.Stop((GateReason)reason);
        }
        else
        {
            gate.TryResume(new ResumePermit(ResumeAuthority.Operator, gate.StopId));
        }

        writer.Bool(journal.Keep(gate));
        WriteStop(writer, gate, store);
    }

    private static void WriteStop(VectorWriter writer, SafetyGate gate, Store store)
    {
        writer.U32(gate.StopId);
        writer.I64(unchecked((long)gate.Latched.Bits));
        writer.Bytes(store.Load());
    }

    /// <summary>Slots of stops and resumes; some with a flipped bit, all zeros, or the last one cut.</summary>
    private static byte[] Content(SeededRandom random)
    {
        byte[] bytes = new byte[random.NextInt(5) * SlotBytes];
        for (int at = 0; at < bytes.Length; at += SlotBytes)
        {
            Span<byte> slot = bytes.AsSpan(at, SlotBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(slot, (uint)random.NextInt(1 << 18));
            BinaryPrimitives.WriteUInt64LittleEndian(slot[4..], random.NextBool(0.5) ? 0 : random.NextUInt64() & 0x7FF);
            BinaryPrimitives.WriteUInt32LittleEndian(slot[12..], VoteJournal.Crc32(slot[..12]));
            switch (random.NextInt(8))
            {
                case 0:
                    slot[random.NextInt(SlotBytes)] ^= (byte)(1 << random.NextInt(8));
                    break;
                case 1:
                    slot.Clear();
                    break;
            }
        }

        return bytes.Length > 0 && random.NextBool(0.3) ? bytes[..^(1 + random.NextInt(SlotBytes - 1))] : bytes;
    }

    /// <summary>A store that takes nothing while it refuses.</summary>
    private sealed class Store(byte[] content) : IVoteStore
    {
        private readonly List<byte> _bytes = [.. content];

        public bool Refuses { get; set; }

        public byte[] Load() => [.. _bytes];

        public bool TryAppend(ReadOnlySpan<byte> record)
        {
            if (!Refuses)
            {
                _bytes.AddRange(record);
            }

            return !Refuses;
        }

        public bool TryTruncate(int length) => false;
    }
}
