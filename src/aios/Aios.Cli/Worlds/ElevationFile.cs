using Aios.Terrain.Import;

namespace Aios.Cli.Worlds;

/// <summary>Opens elevation files of every kind that is read: GeoTIFF, PDS3 IMG with or without a label, ENVI.</summary>
public static class ElevationFile
{
    private const string Expected = "expected a GeoTIFF (.tif), a PDS3 image (.img, with its label in it or beside it as .lbl), ENVI data with its .hdr, or an image whose layout is told (mola-4 or lola-4)";

    /// <summary>Names of layouts that an IMG without a label may have.</summary>
    public static IReadOnlyList<string> Layouts { get; } = ["mola-4", "lola-4"];

    /// <summary>Reads a file. A label or header may be named instead of the data that it describes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">One of <see cref="Layouts"/> for an IMG without a label; empty otherwise.</param>
    /// <param name="band">Which band has the heights, from 1; 0 for the only one.</param>
    /// <exception cref="AiosException">It cannot be read; the message is one line with file, what and what was expected.</exception>
    public static ElevationRaster Read(string path, string layout = "", int band = 0)
    {
        try
        {
            return ReadUnchecked(path, layout, band);
        }
        catch (ElevationFormatException exception)
        {
            throw new AiosException(ExitCode.WrongInput, exception.Message, exception);
        }
        catch (OutOfMemoryException exception)
        {
            throw new AiosException(ExitCode.WrongInput, $"{path}: is too large for this machine's memory, expected a smaller part of it", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AiosException(ExitCode.WrongInput, $"{path}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static ElevationRaster ReadUnchecked(string path, string layout, int band)
    {
        if (layout.Length > 0)
        {
            return RawRasterReader.Read(path, File.ReadAllBytes(path), LayoutOf(path, layout));
        }

        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".tif" or ".tiff":
                return GeoTiffReader.Read(path, File.ReadAllBytes(path), band);
            case ".hdr":
                return ReadEnvi(path, FindData(path), band);
            case ".lbl":
                return ReadPds(path, FindData(path), band);
        }

        if (Beside(path, ".hdr") is { } header)
        {
            return ReadEnvi(header, path, band);
        }

        if (Beside(path, ".lbl") is { } label)
        {
            return ReadPds(label, path, band);
        }

        var content = File.ReadAllBytes(path);
        return LooksLikeTiff(content) ? GeoTiffReader.Read(path, content, band)
            : LooksLikePds(content) ? RawRasterReader.Read(path, content, PdsLabel.Parse(path, content, band))
            : throw new ElevationFormatException(path, $"has no label, header or TIFF directory, {Expected}");
    }

    private static RasterLayout LayoutOf(string path, string layout) => layout switch
    {
        "mola-4" => RasterLayout.Mola4,
        "lola-4" => RasterLayout.Lola4,
        _ => throw new ElevationFormatException(path, $"unknown layout '{layout}', expected {string.Join(" or ", Layouts)}"),
    };

    private static ElevationRaster ReadEnvi(string header, string data, int band) =>
        RawRasterReader.Read(data, File.ReadAllBytes(data), EnviHeader.Parse(header, File.ReadAllBytes(header), band));

    private static ElevationRaster ReadPds(string label, string data, int band) =>
        RawRasterReader.Read(data, File.ReadAllBytes(data), PdsLabel.Parse(label, File.ReadAllBytes(label), band));

    /// <summary>The header or label of a data file: its name with another extension, or with one more; in any case of letters.</summary>
    private static string? Beside(string path, string extension) => Neighbours(path).FirstOrDefault(candidate =>
        string.Equals(candidate, Path.ChangeExtension(path, extension), StringComparison.OrdinalIgnoreCase)
        || string.Equals(candidate, path + extension, StringComparison.OrdinalIgnoreCase));

    private static string FindData(string header)
    {
        var stem = Path.Combine(Path.GetDirectoryName(header) ?? "", Path.GetFileNameWithoutExtension(header));
        string[] names = [stem, stem + ".img", stem + ".bin", stem + ".dat", stem + ".raw", stem + ".bsq"];
        return Neighbours(header).FirstOrDefault(candidate => names.Contains(candidate, StringComparer.OrdinalIgnoreCase))
            ?? throw new ElevationFormatException(header, $"has no data beside it, expected {Path.GetFileName(stem)}.img, .bin, .dat or .raw");
    }

    // In a fixed order, so that two spellings of one name never change the world.
    private static IEnumerable<string> Neighbours(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "";
        return Directory.EnumerateFiles(folder.Length > 0 ? folder : ".")
            .Select(file => Path.Combine(folder, Path.GetFileName(file)))
            .Where(file => !string.Equals(file, path, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    private static bool LooksLikeTiff(ReadOnlySpan<byte> content) =>
        content.StartsWith("II*\0"u8) || content.StartsWith("MM\0*"u8) || content.StartsWith("II+\0"u8) || content.StartsWith("MM\0+"u8);

    private static bool LooksLikePds(ReadOnlySpan<byte> content) =>
        content[..Math.Min(content.Length, 4096)].IndexOf("PDS_VERSION_ID"u8) >= 0;
}
