using System.Security.Cryptography;
using Aios.Nodes;

namespace Aios.Cli.Safety;

/// <summary>
/// Keeps a rover's <see cref="RoverMemory"/>: two slots with a checksum, written in turn, so that one of them is whole
/// whenever the process dies. It survives the process; the last seconds before power loss it may lack.
/// </summary>
internal sealed class MemoryFile : IDisposable
{
    private const int SlotBytes = 128;
    private const int Slots = 2;
    private readonly FileStream _stream;
    private readonly byte[] _slot = new byte[SlotBytes];
    private ulong _number;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public MemoryFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        Memory = new RoverMemory(Load(), Save);
    }

    /// <summary>What was kept, and keeps itself from now on.</summary>
    public RoverMemory Memory { get; }

    public void Dispose() => _stream.Dispose();

    // Slot: number, length, content, the first 8 bytes of the SHA-256 of all that.
    private byte[] Load()
    {
        byte[] newest = [];
        for (var i = 0; i < Slots; i++)
        {
            _stream.Seek(i * SlotBytes, SeekOrigin.Begin);
            var slot = new byte[SlotBytes];
            if (_stream.ReadAtLeast(slot, SlotBytes, throwOnEndOfStream: false) < SlotBytes)
            {
                continue;
            }

            var number = BitConverter.ToUInt64(slot);
            var length = slot[8];
            if (length <= SlotBytes - 17 && Checksum(slot, length).SequenceEqual(slot.AsSpan(9 + length, 8)) && number > _number)
            {
                (_number, newest) = (number, slot[9..(9 + length)]);
            }
        }

        return newest;
    }

    private void Save(ReadOnlyMemory<byte> content)
    {
        BitConverter.TryWriteBytes(_slot, ++_number);
        _slot[8] = (byte)content.Length;
        content.Span.CopyTo(_slot.AsSpan(9));
        Checksum(_slot, content.Length).CopyTo(_slot.AsSpan(9 + content.Length));
        try
        {
            _stream.Seek((long)(_number % Slots) * SlotBytes, SeekOrigin.Begin);
            _stream.Write(_slot);
        }
        catch (IOException)
        {
            // A full disk: the rover goes on, and after a restart starts from an older pose.
        }
    }

    private static Span<byte> Checksum(byte[] slot, int length) => SHA256.HashData(slot.AsSpan(0, 9 + length)).AsSpan(0, 8);
}
