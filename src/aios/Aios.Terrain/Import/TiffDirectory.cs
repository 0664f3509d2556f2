using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Aios.Terrain.Import;

/// <summary>
/// The first image file directory of a TIFF (revision 6.0, section 2) or of a BigTIFF, whose counts and offsets have 64 bits
/// (OGC 19-008, annex F), with every access checked against the file's end.
/// </summary>
internal sealed class TiffDirectory
{
    private const int MaxEntries = 4096;
    private readonly string _file;
    private readonly byte[] _content;
    private readonly bool _isBig;
    private readonly Dictionary<int, (int Type, int Count, int Offset)> _entries = [];

    public TiffDirectory(string file, byte[] content)
    {
        _file = file;
        _content = content;
        bool little = content.Length >= 8 && content[0] == 'I' && content[1] == 'I';
        BigEndian = content.Length >= 8 && content[0] == 'M' && content[1] == 'M';
        int version = little || BigEndian ? UInt16At(2, "header") : 0;
        _isBig = version == 43;
        if (version != 42 && !_isBig)
        {
            throw new ElevationFormatException(file, "is no TIFF: its first bytes are neither II*\\0 nor MM\\0*, nor those of a BigTIFF");
        }

        if (_isBig && UInt16At(4, "header") != 8)
        {
            throw new ElevationFormatException(file, string.Create(CultureInfo.InvariantCulture, $"is a BigTIFF with offsets of {UInt16At(4, "header")} bytes, expected 8"));
        }

        long directory = OffsetAt(_isBig ? 8 : 4, "header");
        long count = _isBig ? OffsetAt(directory, "directory") : UInt16At(directory, "directory");
        for (int i = 0; i < Math.Min(count, MaxEntries); i++)
        {
            ReadEntry(directory + (_isBig ? 8 + (20L * i) : 2 + (12L * i)));
        }
    }

    public bool BigEndian { get; }

    public bool Has(int tag) => _entries.ContainsKey(tag);

    /// <summary>All values of a tag as numbers; throws if it is missing.</summary>
    public double[] Numbers(int tag, string name)
    {
        if (!_entries.TryGetValue(tag, out (int Type, int Count, int Offset) entry))
        {
            throw new ElevationFormatException(_file, $"has no tag {name}");
        }

        int size = TypeSize(entry.Type);
        var values = new double[entry.Count];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> bytes = _content.AsSpan(entry.Offset + (i * size), size);
            values[i] = entry.Type switch
            {
                1 or 7 => bytes[0],
                3 => Samples.Read(bytes, SampleType.UInt16, BigEndian),
                4 => Samples.Read(bytes, SampleType.UInt32, BigEndian),
                8 => Samples.Read(bytes, SampleType.Int16, BigEndian),
                9 => Samples.Read(bytes, SampleType.Int32, BigEndian),
                11 => Samples.Read(bytes, SampleType.Float32, BigEndian),
                12 => Samples.Read(bytes, SampleType.Float64, BigEndian),
                16 => BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes),
                17 => BigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes),
                _ => throw new ElevationFormatException(_file, $"tag {name} is not a number"),
            };
        }

        return values;
    }

    public long Number(int tag, string name, long otherwise = long.MinValue)
    {
        if (otherwise != long.MinValue && !Has(tag))
        {
            return otherwise;
        }

        double[] values = Numbers(tag, name);
        return values.Length > 0 ? (long)values[0] : throw new ElevationFormatException(_file, $"tag {name} is empty");
    }

    /// <summary>An ASCII tag without its final zero; null if it is missing.</summary>
    public string? Text(int tag) =>
        _entries.TryGetValue(tag, out (int Type, int Count, int Offset) entry) && entry.Type == 2
            ? Encoding.Latin1.GetString(_content, entry.Offset, entry.Count).TrimEnd('\0', ' ')
            : null;

    private void ReadEntry(long at)
    {
        int tag = UInt16At(at, "directory"), type = UInt16At(at + 2, "directory");
        long count = OffsetAt(at + 4, "directory"), inEntry = _isBig ? 8 : 4, value = at + 4 + inEntry;
        int size = TypeSize(type);
        if (size == 0)
        {
            return;
        }

        long bytes = count <= _content.Length ? count * size : count, offset = bytes <= inEntry ? value : OffsetAt(value, "directory");
        if (offset > _content.Length || bytes > _content.Length - offset)
        {
            throw new ElevationFormatException(_file, string.Create(
                CultureInfo.InvariantCulture,
                $"tag {tag} needs {bytes} bytes at offset {offset}, but the file has {_content.Length}"));
        }

        _entries[tag] = (type, (int)count, (int)offset);
    }

    private static int TypeSize(int type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 0,
    };

    private int UInt16At(long offset, string what)
    {
        ReadOnlySpan<byte> bytes = At(offset, 2, what);
        return BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    /// <summary>A count or an offset, as wide as this kind of file has them; never below 0.</summary>
    private long OffsetAt(long offset, string what)
    {
        if (_isBig)
        {
            ReadOnlySpan<byte> wide = At(offset, 8, what);
            ulong value = BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(wide) : BinaryPrimitives.ReadUInt64LittleEndian(wide);
            return (long)Math.Min(value, long.MaxValue);
        }

        ReadOnlySpan<byte> bytes = At(offset, 4, what);
        return BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private ReadOnlySpan<byte> At(long offset, int size, string what) => offset >= 0 && offset <= _content.Length - size
        ? _content.AsSpan((int)offset, size)
        : throw new ElevationFormatException(_file, string.Create(
            CultureInfo.InvariantCulture, $"{what} lies at offset {offset}, but the file has {_content.Length} bytes"));
}
