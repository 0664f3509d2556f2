using System.Buffers.Binary;
using Aios.Safety.Quorum;

namespace Aios.Safety;

/// <summary>
/// Keeps a gate's latched stop across power loss. One slot of 16 bytes per change: number of the stop (u32), latched
/// reasons (u64, 0: lifted), CRC-32 of both, little-endian. The newest slot holds; one that is torn or damaged, or a file
/// that cannot be written, leaves the rover stopped, never free.
/// </summary>
/// <remarks>Allocates only when something changes. Not thread-safe.</remarks>
public sealed class StopJournal
{
    private const int SlotBytes = 16;
    private const int SignedBytes = 12;
    private readonly IVoteStore _store;
    private int _padding;
    private (uint StopId, ulong Reasons) _kept;

    /// <param name="store">Where it is kept. Not owned.</param>
    public StopJournal(IVoteStore store) => _store = store ?? throw new ArgumentNullException(nameof(store));

    /// <summary>
    /// Puts the stop of the life before back, with its number, so that the permit which that stop needs still lifts it. When
    /// the end of the journal cannot be read, the gate stops for the reasons of the last stop that can be, else for itself,
    /// and under a new number: the fleet may have lifted that last one already.
    /// </summary>
    /// <param name="gate">A gate that has not ticked yet.</param>
    public void Restore(SafetyGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ReadOnlySpan<byte> bytes = _store.Load();
        (uint StopId, ulong Reasons) newest = default, lastStop = default;
        bool inDoubt = false;
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(SlotBytes, bytes.Length)..])
        {
            inDoubt = !TryRead(bytes, out (uint, ulong Reasons) slot);
            if (!inDoubt)
            {
                newest = slot;
                lastStop = slot.Reasons != 0 ? slot : lastStop;
            }

            _padding = bytes.Length < SlotBytes ? SlotBytes - bytes.Length : 0;
        }

        _kept = inDoubt ? default : newest;
        gate.Restore(newest.StopId, inDoubt ? lastStop.Reasons : newest.Reasons, inDoubt);
        Keep(gate);
    }

    /// <summary>Makes durable what has changed since the last call; call after every tick and every stop.</summary>
    /// <returns>False when the store refused it; the next call tries again.</returns>
    public bool Keep(SafetyGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        (uint StopId, ulong Reasons) now = gate.IsLatched ? (gate.StopId, gate.Latched.Bits) : (_kept.StopId, 0);
        if (now == _kept)
        {
            return true;
        }

        // Torn bytes stay, filled up to a slot that nobody can read: until the new one is whole, the rover is in doubt.
        byte[] record = new byte[_padding + SlotBytes];
        Span<byte> slot = record.AsSpan(_padding);
        BinaryPrimitives.WriteUInt32LittleEndian(slot, now.StopId);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[4..], now.Reasons);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[SignedBytes..], VoteJournal.Crc32(slot[..SignedBytes]));
        if (!_store.TryAppend(record))
        {
            return false;
        }

        (_padding, _kept) = (0, now);
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out (uint StopId, ulong Reasons) slot)
    {
        slot = default;
        if (bytes.Length < SlotBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[SignedBytes..]) != VoteJournal.Crc32(bytes[..SignedBytes]))
        {
            return false;
        }

        slot = (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[4..]));
        return true;
    }
}
