using System.Globalization;

namespace Aios.Terrain.Import;

/// <summary>The strips or tiles of a single-band TIFF, decompressed and with their predictor undone.</summary>
internal sealed class TiffBlocks
{
    private readonly string _file;
    private readonly byte[] _content;
    private readonly double[] _offsets;
    private readonly double[] _counts;
    private readonly long _compression;
    private readonly int _predictor;
    private readonly bool _tiled;
    private readonly int _blockHeight;
    private readonly byte[] _buffer;

    public TiffBlocks(string file, byte[] content, TiffDirectory directory)
    {
        _file = file;
        _content = content;
        long width = directory.Number(256, "ImageWidth"), height = directory.Number(257, "ImageLength");
        RawRasterReader.CheckSize(file, width, height);
        Width = (int)width;
        Height = (int)height;
        BigEndian = directory.BigEndian;
        Expect(directory.Number(277, "SamplesPerPixel", 1), "SamplesPerPixel", 1);
        Expect(directory.Number(274, "Orientation", 1), "Orientation", 1);
        SampleType = TypeOf(directory.Number(258, "BitsPerSample", 1), directory.Number(339, "SampleFormat", 1));
        _compression = directory.Number(259, "Compression", 1);
        Expect(_compression, "Compression", TiffCompression.Known);
        _predictor = (int)directory.Number(317, "Predictor", 1);
        Expect(_predictor, "Predictor", SampleType switch { SampleType.Float64 => [1L, 3], SampleType.Float32 => [1L, 2, 3], _ => [1L, 2] });
        _tiled = directory.Has(322);
        long blockWidth = _tiled ? directory.Number(322, "TileWidth") : width;
        long blockHeight = _tiled ? directory.Number(323, "TileLength") : Math.Min(height, directory.Number(278, "RowsPerStrip", height));
        RawRasterReader.CheckSize(file, blockWidth, blockHeight);
        BlockWidth = (int)blockWidth;
        _blockHeight = (int)blockHeight;
        _offsets = _tiled ? directory.Numbers(324, "TileOffsets") : directory.Numbers(273, "StripOffsets");
        _counts = _tiled ? directory.Numbers(325, "TileByteCounts") : directory.Numbers(279, "StripByteCounts");
        Count = BlocksAcross * ((Height + _blockHeight - 1) / _blockHeight);
        if (_offsets.Length < Count || _counts.Length < Count)
        {
            throw Fail($"lists {Math.Min(_offsets.Length, _counts.Length)} strips or tiles, expected {Count}");
        }

        CheckPlausible((long)Width * Height);
        CheckPlausible(blockWidth * blockHeight);
        _buffer = new byte[BlockWidth * _blockHeight * Samples.Size(SampleType)];
    }

    public int Width { get; }

    public int Height { get; }

    public int BlockWidth { get; }

    public int Count { get; }

    public bool BigEndian { get; }

    public SampleType SampleType { get; }

    private int BlocksAcross => (Width + BlockWidth - 1) / BlockWidth;

    /// <summary>Samples of a block, BlockWidth to a row, and its place; valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(int block, out int firstCol, out int firstRow, out int rows)
    {
        firstCol = block % BlocksAcross * BlockWidth;
        firstRow = block / BlocksAcross * _blockHeight;
        rows = Math.Min(_blockHeight, Height - firstRow);
        int rowBytes = BlockWidth * Samples.Size(SampleType), needed = rows * rowBytes;
        long offset = (long)_offsets[block], count = (long)_counts[block];
        if (offset < 0 || count < 0 || offset > _content.Length || count > _content.Length - offset)
        {
            throw Fail($"{Name} {block} needs {count} bytes at offset {offset}, but the file has {_content.Length}");
        }

        int got = Decode((int)offset, (int)count, needed);
        if (got < needed)
        {
            throw Fail($"{Name} {block} holds {got} bytes, expected {needed}");
        }

        for (int row = 0; row < rows && _predictor != 1; row++)
        {
            TiffPredictor.Undo(_buffer.AsSpan(row * rowBytes, rowBytes), _predictor == 2 && SampleType == SampleType.Float32 ? SampleType.UInt32 : SampleType, BigEndian);
        }

        return _buffer.AsSpan(0, needed);
    }

    private void CheckPlausible(long pixels)
    {
        long bytes = pixels * Samples.Size(SampleType), most = Math.Min(int.MaxValue, _content.Length * TiffCompression.MostRatio(_compression));
        if (bytes > most)
        {
            throw Fail($"is {Width} x {Height} pixels of {Samples.Size(SampleType)} bytes in blocks of {BlockWidth} x {_blockHeight}, too many for a file of {_content.Length} bytes");
        }
    }

    private string Name => _tiled ? "tile" : "strip";

    private int Decode(int offset, int count, int needed)
    {
        try
        {
            return TiffCompression.Decode(_compression, _content, offset, count, _buffer.AsSpan(0, needed));
        }
        catch (InvalidDataException)
        {
            throw Fail($"compressed data at offset {offset} are damaged");
        }
    }

    private SampleType TypeOf(long bits, long format) => (format, bits) switch
    {
        (1, 8) => SampleType.UInt8,
        (1, 16) => SampleType.UInt16,
        (1, 32) => SampleType.UInt32,
        (2, 8) => SampleType.Int8,
        (2, 16) => SampleType.Int16,
        (2, 32) => SampleType.Int32,
        (3, 32) => SampleType.Float32,
        (3, 64) => SampleType.Float64,
        _ => throw Fail($"has samples of {bits} bits and format {format}, expected integers of 8, 16 or 32 or reals of 32 or 64 bits"),
    };

    private void Expect(long value, string tag, params ReadOnlySpan<long> allowed)
    {
        if (!allowed.Contains(value))
        {
            throw Fail($"{tag} is {value}, expected {string.Join(" or ", allowed.ToArray())}");
        }
    }

    private ElevationFormatException Fail(FormattableString problem) => new(_file, problem.ToString(CultureInfo.InvariantCulture));
}
