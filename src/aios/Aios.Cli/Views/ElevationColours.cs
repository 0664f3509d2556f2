using Aios.Numerics;
using Spectre.Console;

namespace Aios.Cli.Views;

/// <summary>Colours of the elevation map in the terminal: dark low ground to light high ground, lit from the north-west.</summary>
public sealed class ElevationColours
{
    /// <summary>Ground that nobody has seen.</summary>
    public static readonly Color Unknown = new(24, 22, 26);

    private static readonly (byte R, byte G, byte B)[] Ramp =
        [(46, 26, 33), (92, 44, 38), (143, 74, 48), (190, 115, 68), (222, 168, 112), (246, 222, 178)];

    private readonly Grid<float> _elevation;
    private readonly float _low;
    private readonly float _span;

    public ElevationColours(Grid<float> elevation)
    {
        _elevation = elevation;
        (_low, var high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var cell in elevation.Cells)
        {
            if (float.IsFinite(cell))
            {
                _low = Math.Min(_low, cell);
                high = Math.Max(high, cell);
            }
        }

        _span = Math.Max(high - _low, 0.1f);
    }

    /// <summary>Colour at a point of the map frame.</summary>
    public Color At(double x, double y)
    {
        var geometry = _elevation.Geometry;
        if (!geometry.TryCell(x, y, out var column, out var row) || !float.IsFinite(_elevation[column, row]))
        {
            return Unknown;
        }

        var height = _elevation[column, row];
        var light = Math.Clamp(1.0 + (Shade(column, row, height) * 1.5), 0.55, 1.35);
        var place = (height - _low) / _span * (Ramp.Length - 1);
        var below = Math.Clamp((int)place, 0, Ramp.Length - 2);
        var part = place - below;
        return new Color(
            Mix(Ramp[below].R, Ramp[below + 1].R, part, light),
            Mix(Ramp[below].G, Ramp[below + 1].G, part, light),
            Mix(Ramp[below].B, Ramp[below + 1].B, part, light));
    }

    // Slope towards the light, m/m.
    private double Shade(int column, int row, float height)
    {
        var (west, north) = (Math.Max(column - 1, 0), Math.Min(row + 1, _elevation.Geometry.Height - 1));
        var neighbour = _elevation[west, north];
        return float.IsFinite(neighbour) ? (height - neighbour) / (1.4 * _elevation.Geometry.Resolution) : 0;
    }

    private static byte Mix(byte from, byte to, double part, double light) =>
        (byte)Math.Clamp((from + ((to - from) * part)) * light, 0, 255);
}
