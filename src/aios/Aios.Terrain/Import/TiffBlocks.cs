using System.Globalization;

namespace Aios.Terrain.Import;

/// <summary>The strips or tiles that hold one band of a TIFF, decompressed and with their predictor undone.</summary>
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
    private readonly int _firstBlock;
    private readonly byte[] _buffer;

    /// <param name="file">Name for messages.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="directory">What it says of itself.</param>
    /// <param name="band">Which band, from 1; 0 for the only one.</param>
    public TiffBlocks(string file, byte[] content, TiffDirectory directory, int band)
    {
        _file = file;
        _content = content;
        long width = directory.Number(256, "ImageWidth"), height = directory.Number(257, "ImageLength");
        RawRasterReader.CheckSize(file, width, height);
        Width = (int)width;
        Height = (int)height;
        BigEndian = directory.BigEndian;
        long bands = directory.Number(277, "SamplesPerPixel", 1), planes = directory.Number(284, "PlanarConfiguration", 1);
        Expect(planes, "PlanarConfiguration", 1, 2);
        Band = RasterBands.Choose(file, bands, band);
        (SamplesPerPixel, Sample) = planes == 1 ? ((int)bands, Band) : (1, 0);
        Expect(directory.Number(274, "Orientation", 1), "Orientation", 1);
        SampleType = TypeOf(OfBand(directory, 258, "BitsPerSample"), OfBand(directory, 339, "SampleFormat"));
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
        _firstBlock = planes == 1 ? 0 : Band * Count;
        if (_offsets.Length - _firstBlock < Count || _counts.Length - _firstBlock < Count)
        {
            throw Fail($"lists {Math.Min(_offsets.Length, _counts.Length)} strips or tiles, expected {_firstBlock + Count}");
        }

        CheckPlausible((long)Width * Height);
        CheckPlausible(blockWidth * blockHeight);
        _buffer = new byte[BlockWidth * _blockHeight * PixelSize];
    }

    public int Width { get; }

    public int Height { get; }

    public int BlockWidth { get; }

    public int Count { get; }

    public bool BigEndian { get; }

    public SampleType SampleType { get; }

    /// <value>The band, from 0.</value>
    public int Band { get; }

    /// <value>Samples that stand together for a pixel of a block.</value>
    public int SamplesPerPixel { get; }

    /// <value>Which of them is the band's, from 0.</value>
    public int Sample { get; }

    private int PixelSize => SamplesPerPixel * Samples.Size(SampleType);

    private int BlocksAcross => (Width + BlockWidth - 1) / BlockWidth;

    /// <summary>Pixels of a block, BlockWidth to a row, and its place; valid until the next call.</summary>
    public ReadOnlySpan<byte> Read(int block, out int firstCol, out int firstRow, out int rows)
    {
        firstCol = block % BlocksAcross * BlockWidth;
        firstRow = block / BlocksAcross * _blockHeight;
        rows = Math.Min(_blockHeight, Height - firstRow);
        int rowBytes = BlockWidth * PixelSize, needed = rows * rowBytes;
        long offset = (long)_offsets[_firstBlock + block], count = (long)_counts[_firstBlock + block];
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
            TiffPredictor.Undo(_buffer.AsSpan(row * rowBytes, rowBytes), _predictor == 2 && SampleType == SampleType.Float32 ? SampleType.UInt32 : SampleType, BigEndian, SamplesPerPixel);
        }

        return _buffer.AsSpan(0, needed);
    }

    private void CheckPlausible(long pixels)
    {
        long bytes = pixels * PixelSize, most = Math.Min(int.MaxValue, _content.Length * TiffCompression.MostRatio(_compression));
        if (bytes > most)
        {
            throw Fail($"is {Width} x {Height} pixels of {PixelSize} bytes in blocks of {BlockWidth} x {_blockHeight}, too many for a file of {_content.Length} bytes");
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

    // A tag with a value for each band, or one for all; 1 where it is left out.
    private long OfBand(TiffDirectory directory, int tag, string name)
    {
        double[] values = directory.Has(tag) ? directory.Numbers(tag, name) : [1];
        return values.Length > 0 ? (long)values[Math.Min(Band, values.Length - 1)] : throw Fail($"tag {name} is empty");
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
