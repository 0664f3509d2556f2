namespace Aios.Safety.Quorum;

/// <summary>
/// Append-only storage that survives power loss. A vote is sent only after its record is stored here.
/// </summary>
public interface IVoteStore
{
    /// <summary>Everything that was appended so far, as it is on the medium; the end may be torn.</summary>
    byte[] Load();

    /// <summary>Appends bytes and returns only when they are durable (flushed to the medium).</summary>
    /// <returns>False when that failed; the member then withholds its vote.</returns>
    bool TryAppend(ReadOnlySpan<byte> record);

    /// <summary>Cuts a torn end off, durably.</summary>
    /// <param name="length">Bytes that remain.</param>
    bool TryTruncate(int length);
}

/// <summary>A store in memory, for simulation and tests: survives the kernel, not the process.</summary>
public sealed class MemoryVoteStore : IVoteStore
{
    private readonly List<byte> _bytes = [];

    /// <summary>Bytes stored.</summary>
    public int Length => _bytes.Count;

    /// <inheritdoc/>
    public byte[] Load() => [.. _bytes];

    /// <inheritdoc/>
    public bool TryAppend(ReadOnlySpan<byte> record)
    {
        _bytes.AddRange(record);
        return true;
    }

    /// <inheritdoc/>
    public bool TryTruncate(int length)
    {
        _bytes.RemoveRange(length, _bytes.Count - length);
        return true;
    }
}
