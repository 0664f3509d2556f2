using System.Runtime.InteropServices;
using Aios.Safety.Quorum;

namespace Aios.Cli.Safety;

/// <summary>
/// An append-only file that survives power loss: every append is flushed to the medium (fsync) before it returns, and so
/// is the folder's entry when the file is new. Only one process at a time can hold it.
/// </summary>
/// <remarks>
/// After a failed flush nobody knows what is on the medium, so the file takes nothing more until it is opened anew and
/// read back. Not thread-safe.
/// </remarks>
internal sealed class DurableFile : IVoteStore, IDisposable
{
    private readonly FileStream _stream;
    private bool _failed;

    /// <summary>Opens or creates it; its folder is created too.</summary>
    /// <exception cref="IOException">It cannot be opened, or another process holds it.</exception>
    public DurableFile(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        var isNew = !File.Exists(full);
        _stream = new FileStream(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        _stream.Seek(0, SeekOrigin.End);
        if (isNew)
        {
            _stream.Flush(flushToDisk: true);
            FlushFolder(folder);
        }
    }

    /// <inheritdoc/>
    public byte[] Load()
    {
        var bytes = new byte[_stream.Length];
        _stream.Seek(0, SeekOrigin.Begin);
        _stream.ReadExactly(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool TryAppend(ReadOnlySpan<byte> record)
    {
        if (_failed)
        {
            return false;
        }

        var end = _stream.Length;
        try
        {
            _stream.Seek(0, SeekOrigin.End);
            _stream.Write(record);
            _stream.Flush(flushToDisk: true);
            return true;
        }
        catch (IOException)
        {
            // A full disk may have taken half a record: it goes, so that the next one does not stand behind rubble.
            _failed = !TryCut(end);
            return false;
        }
    }

    /// <inheritdoc/>
    public bool TryTruncate(int length) => !_failed && TryCut(length);

    public void Dispose() => _stream.Dispose();

    private bool TryCut(long length)
    {
        try
        {
            _stream.SetLength(length);
            _stream.Flush(flushToDisk: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // .NET opens no folders; without this a new file may be gone after power loss although its bytes were flushed.
    private static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle >= 0)
        {
            _ = Sync(handle);
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
