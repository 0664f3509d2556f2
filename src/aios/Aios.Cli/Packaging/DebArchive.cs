using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Aios.Cli.Packaging;

/// <summary>A file of a package.</summary>
/// <param name="Path">Where it goes, without the slash at the beginning.</param>
/// <param name="Content">What is in it.</param>
/// <param name="IsProgram">Whether it may be executed.</param>
internal sealed record DebFile(string Path, byte[] Content, bool IsProgram = false)
{
    /// <summary>A file of text.</summary>
    public static DebFile OfText(string path, string text, bool isProgram = false) => new(path, Encoding.UTF8.GetBytes(text), isProgram);

    /// <summary>A file of text, compressed as Debian wants documentation to be.</summary>
    public static DebFile OfCompressedText(string path, string text) => new(path, DebArchive.Compress(Encoding.UTF8.GetBytes(text)));
}

/// <summary>
/// Writes Debian's binary packages, format 2.0 of <c>deb(5)</c>: an <c>ar</c> archive of two compressed <c>tar</c> archives.
/// Needs no tool of Debian's; everything belongs to root; the same files and time give the same bytes.
/// </summary>
internal static class DebArchive
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes a package.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="control">Fields of the control file, without <c>Installed-Size</c>.</param>
    /// <param name="scripts">Other control files: maintainer scripts, triggers.</param>
    /// <param name="files">What it installs; files under <c>etc</c> are configuration that the user may change.</param>
    /// <param name="time">Time stamp of everything.</param>
    public static void Write(
        Stream output, string control, IEnumerable<DebFile> scripts, IReadOnlyCollection<DebFile> files, DateTimeOffset time)
    {
        files = [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
        var size = files.Sum(file => (file.Content.Length + 1023L) / 1024);
        var sums = files.Where(file => !IsConfiguration(file)).Select(file => $"{Convert.ToHexStringLower(MD5.HashData(file.Content))}  {file.Path}\n");
        var configuration = files.Where(IsConfiguration).Select(file => $"/{file.Path}\n").ToList();
        List<DebFile> controls =
        [
            DebFile.OfText("control", string.Create(CultureInfo.InvariantCulture, $"{control.TrimEnd('\n')}\nInstalled-Size: {size}\n")),
            DebFile.OfText("md5sums", string.Concat(sums)),
            .. scripts,
        ];
        if (configuration.Count > 0)
        {
            controls.Add(DebFile.OfText("conffiles", string.Concat(configuration)));
        }

        output.Write("!<arch>\n"u8);
        WriteMember(output, "debian-binary", "2.0\n"u8, time);
        WriteMember(output, "control.tar.gz", Pack(controls, time), time);
        WriteMember(output, "data.tar.gz", Pack(files, time), time);
    }

    /// <summary>Compresses with gzip, without name and time.</summary>
    public static byte[] Compress(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return buffer.ToArray();
    }

    private static bool IsConfiguration(DebFile file) => file.Path.StartsWith("etc/", StringComparison.Ordinal);

    private static byte[] Pack(IEnumerable<DebFile> files, DateTimeOffset time)
    {
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, TarEntryFormat.Gnu, leaveOpen: true))
        {
            var folders = new HashSet<string>(StringComparer.Ordinal);
            AddFolder(tar, folders, "", time);
            foreach (var file in files)
            {
                AddFolder(tar, folders, Path.GetDirectoryName(file.Path)!, time);
                using var content = new MemoryStream(file.Content);
                tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "./" + file.Path)
                {
                    Mode = file.IsProgram ? Executable : Readable, ModificationTime = time, DataStream = content, UserName = "root", GroupName = "root",
                });
            }
        }

        return Compress(buffer.ToArray());
    }

    private static void AddFolder(TarWriter tar, HashSet<string> known, string folder, DateTimeOffset time)
    {
        if (!known.Add(folder))
        {
            return;
        }

        if (folder.Length > 0)
        {
            AddFolder(tar, known, Path.GetDirectoryName(folder)!, time);
        }

        tar.WriteEntry(new GnuTarEntry(TarEntryType.Directory, folder.Length > 0 ? $"./{folder}/" : "./")
        {
            Mode = Executable, ModificationTime = time, UserName = "root", GroupName = "root",
        });
    }

    private static void WriteMember(Stream output, string name, ReadOnlySpan<byte> content, DateTimeOffset time)
    {
        var header = string.Create(
            CultureInfo.InvariantCulture, $"{name,-16}{time.ToUnixTimeSeconds(),-12}{0,-6}{0,-6}{"100644",-8}{content.Length,-10}`\n");
        output.Write(Encoding.ASCII.GetBytes(header));
        output.Write(content);
        if (content.Length % 2 == 1)
        {
            output.Write("\n"u8);
        }
    }
}
