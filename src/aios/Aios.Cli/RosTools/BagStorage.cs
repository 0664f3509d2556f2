using ROS2.Bag;

namespace Aios.Cli.RosTools;

/// <summary>How bags are stored: MCAP, in the forms that rosbag2's plugin for it has.</summary>
internal static class BagStorage
{
    /// <summary>Names of its presets.</summary>
    public static IReadOnlyList<string> Presets { get; } = ["none", "fastwrite", "zstd_fast", "zstd_small"];

    /// <summary>A preset by name; null where there is none of that name.</summary>
    public static McapWriterOptions? Preset(string name) => name switch
    {
        "none" or "fastwrite" => new McapWriterOptions(),
        "zstd_fast" or "zstd_small" => new McapWriterOptions { Compression = McapCompression.Zstd },
        _ => null,
    };

    /// <summary>Names of the modes of rosbag2's compression.</summary>
    public static IReadOnlyList<string> CompressionModes { get; } = ["none", "file", "message"];

    /// <summary>A mode by name, in any case; null where there is none of that name.</summary>
    public static BagCompressionMode? CompressionMode(string name) => name.ToUpperInvariant() switch
    {
        "" or "NONE" => BagCompressionMode.None,
        "FILE" => BagCompressionMode.File,
        "MESSAGE" => BagCompressionMode.Message,
        _ => null,
    };

    /// <summary>Changes a preset by a file with the writer's options, as <c>--storage-config-file</c> names one.</summary>
    /// <exception cref="AiosException">The file says something that is not understood.</exception>
    public static McapWriterOptions Configure(McapWriterOptions preset, string path)
    {
        foreach (var (key, value) in YamlMap.Load(path).Entries("options of the MCAP writer"))
        {
            preset = key switch
            {
                "compression" => preset with { Compression = Compression(value) },
                "chunkSize" => preset with { ChunkSize = (int)value.Whole(1, int.MaxValue) },
                "compressionLevel" or "forceCompression" => preset,
                _ => throw value.Wrong($"'{key}' is not known here, expected compression, chunkSize, compressionLevel or forceCompression"),
            };
        }

        return preset;
    }

    private static McapCompression Compression(YamlMap value) =>
        Enum.TryParse<McapCompression>(value.Text(), ignoreCase: true, out var compression) && Enum.IsDefined(compression)
            ? compression
            : throw value.Wrong($"'{value.Text()}' is none of {string.Join(", ", Enum.GetNames<McapCompression>())}");
}
