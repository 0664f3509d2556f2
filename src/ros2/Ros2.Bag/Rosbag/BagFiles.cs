using System.Text.RegularExpressions;

namespace ROS2.Bag;

/// <summary>The files of a bag, compressed by rosbag2 or not.</summary>
internal static class BagFiles
{
    /// <summary>The MCAP files of a bag, by name; a compressed one only where it is not there decompressed as well.</summary>
    /// <exception cref="IOException">There are none.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*.mcap") : [];
        string[] compressed = Directory.Exists(path) ? Directory.GetFiles(path, "*.mcap" + ZstdFiles.Suffix) : [];
        string[] all = [.. files, .. compressed.Where(file => !files.Contains(Path.ChangeExtension(file, null)))];
        Array.Sort(all, StringComparer.Ordinal);
        return all.Length > 0 ? all : throw new FileNotFoundException($"{path}: no bag, expected a folder with .mcap files or one such file");
    }

    /// <summary>Whether a file is compressed as a whole.</summary>
    public static bool IsCompressed(string file) => file.EndsWith(ZstdFiles.Suffix, StringComparison.Ordinal);

    /// <summary>What the metadata of a bag say of its compression; none where there are no metadata.</summary>
    /// <param name="path">The bag's folder or a file in it.</param>
    /// <exception cref="IOException">They name a mode or format that is not known.</exception>
    public static BagCompressionMode ModeOf(string path)
    {
        string folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        string metadata = Path.Combine(folder, BagMetadataYaml.FileName);
        if (!File.Exists(metadata))
        {
            return BagCompressionMode.None;
        }

        string text = File.ReadAllText(metadata);
        string mode = Setting(text, "compression_mode");
        if (mode is "" or "NONE")
        {
            return BagCompressionMode.None;
        }

        string format = Setting(text, "compression_format");
        return format == BagMetadataYaml.CompressionFormat && Enum.TryParse(mode, ignoreCase: true, out BagCompressionMode known)
            ? known
            : throw new McapException($"{metadata}: compressed by {mode} with '{format}', expected FILE or MESSAGE with '{BagMetadataYaml.CompressionFormat}'");
    }

    /// <summary>Opens a file; a compressed one through a decompressed copy, which is gone when <paramref name="copies"/> are deleted.</summary>
    /// <exception cref="IOException">It is damaged or was not closed; one line with its name.</exception>
    public static McapReader Open(string file, ICollection<string> copies)
    {
        string readable = file;
        if (IsCompressed(file))
        {
            readable = Path.GetTempFileName();
            copies.Add(readable);
            ZstdFiles.Decompress(file, readable);
        }

        try
        {
            return McapReader.Open(readable);
        }
        catch (McapException error)
        {
            throw new McapException($"{file}: {error.Message}", error);
        }
    }

    private static string Setting(string text, string key) =>
        Regex.Match(text, $"""^\s*{key}:\s*"?(?<value>\w*)"?\s*$""", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)).Groups["value"].Value;
}
