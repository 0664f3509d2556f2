using System.Buffers.Binary;
using Aios.Numerics;

namespace Aios.Cli.Viewing;

/// <summary>
/// Tells a page what is new on the map: tiles of 16 × 16 cells in which something was seen for the first time or changed by
/// more than it shows.
/// </summary>
/// <remarks>
/// A patch: byte 1, byte 0, number of tiles (u16), mission time (f64, s); then for each tile its column and row in tiles (u16
/// each) and 256 heights row by row (f32, m, NaN unknown). Little-endian. Maps with more than <see cref="MaxSide"/> cells a
/// side are thinned to every n-th.
/// </remarks>
internal sealed class ViewMap
{
    public const int Tile = 16;
    public const int MaxSide = 640;
    private const int MaxTiles = 4096;

    private readonly GridGeometry _full;
    private readonly int _step;
    private readonly double _tolerance;
    private readonly float[] _sent;
    private readonly bool[] _changed;

    /// <param name="full">Grid of the maps that will be given.</param>
    /// <param name="tolerance">Changes of a known height up to this are not told, m.</param>
    public ViewMap(GridGeometry full, double tolerance = 0.02)
    {
        (_full, _tolerance) = (full, tolerance);
        _step = Math.Max(1, (Math.Max(full.Width, full.Height) + MaxSide - 1) / MaxSide);
        var tile = Tile * _step;
        Geometry = new GridGeometry(
            (full.Width + tile - 1) / tile * Tile,
            (full.Height + tile - 1) / tile * Tile,
            full.Resolution * _step,
            full.OriginX,
            full.OriginY);
        _sent = new float[Geometry.CellCount];
        Array.Fill(_sent, float.NaN);
        _changed = new bool[Geometry.CellCount / (Tile * Tile)];
    }

    /// <summary>Grid of the patches.</summary>
    public GridGeometry Geometry { get; }

    /// <summary>Compares with what was sent.</summary>
    /// <param name="time">Mission time, s.</param>
    /// <param name="elevation">Row-major, m, NaN unknown.</param>
    /// <param name="seenAt">For a recording: when a cell was seen, by its centre; null for now.</param>
    /// <param name="history">Gets a patch, unless nothing changed; one for each time of <paramref name="seenAt"/>.</param>
    public void Update(double time, ReadOnlySpan<float> elevation, Func<double, double, double>? seenAt, ViewHistory history)
    {
        Array.Clear(_changed);
        for (var row = 0; row < Geometry.Height && row * _step < _full.Height; row++)
        {
            for (var col = 0; col < Geometry.Width && col * _step < _full.Width; col++)
            {
                var height = elevation[(row * _step * _full.Width) + (col * _step)];
                ref var sent = ref _sent[(row * Geometry.Width) + col];
                if (!float.IsNaN(height) && !(Math.Abs(height - sent) <= _tolerance))
                {
                    sent = height;
                    _changed[(row / Tile * (Geometry.Width / Tile)) + (col / Tile)] = true;
                }
            }
        }

        foreach (var (at, tiles) in Group(time, seenAt))
        {
            foreach (var part in tiles.Chunk(MaxTiles))
            {
                history.Add(new ViewMessage(Encode(at, part), IsText: false));
            }
        }
    }

    private SortedDictionary<double, List<int>> Group(double time, Func<double, double, double>? seenAt)
    {
        var groups = new SortedDictionary<double, List<int>>();
        var across = Geometry.Width / Tile;
        for (var i = 0; i < _changed.Length; i++)
        {
            if (_changed[i])
            {
                var at = seenAt?.Invoke(
                    Geometry.OriginX + (((i % across) + 0.5) * Tile * Geometry.Resolution),
                    Geometry.OriginY + (((i / across) + 0.5) * Tile * Geometry.Resolution)) ?? time;
                if (!groups.TryGetValue(at, out var group))
                {
                    groups.Add(at, group = []);
                }

                group.Add(i);
            }
        }

        return groups;
    }

    private byte[] Encode(double time, int[] tiles)
    {
        const int Head = 12, TileBytes = 4 + (Tile * Tile * sizeof(float));
        var bytes = new byte[Head + (tiles.Length * TileBytes)];
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)tiles.Length);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(4), time);
        var across = Geometry.Width / Tile;
        for (var n = 0; n < tiles.Length; n++)
        {
            var at = bytes.AsSpan(Head + (n * TileBytes));
            var (row, col) = Math.DivRem(tiles[n], across);
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)col);
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)row);
            for (var i = 0; i < Tile * Tile; i++)
            {
                var cell = (((row * Tile) + (i / Tile)) * Geometry.Width) + (col * Tile) + (i % Tile);
                BinaryPrimitives.WriteSingleLittleEndian(at[(4 + (i * sizeof(float)))..], _sent[cell]);
            }
        }

        return bytes;
    }
}
