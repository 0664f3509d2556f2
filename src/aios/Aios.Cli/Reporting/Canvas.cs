namespace Aios.Cli.Reporting;

/// <summary>An opaque RGBA picture to draw anti-aliased shapes on. Coordinates are pixels, x right, y down.</summary>
/// <remarks>
/// Shapes are first gathered in a mask that keeps the largest coverage of each pixel; <see cref="Fill"/> then blends the
/// mask once, so a translucent line is not darker where it crosses itself. Not thread-safe.
/// </remarks>
public sealed class Canvas
{
    private readonly byte[] _pixels;
    private readonly float[] _mask;
    private int _dirtyLeft;
    private int _dirtyTop;
    private int _dirtyRight;
    private int _dirtyBottom;

    /// <param name="width">Pixels per row, &gt; 0.</param>
    /// <param name="height">Rows, &gt; 0.</param>
    /// <param name="background">Colour of every pixel.</param>
    public Canvas(int width, int height, Rgb background)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height) = (width, height);
        _pixels = new byte[checked(width * height * 4)];
        _mask = new float[width * height];
        for (var i = 0; i < _pixels.Length; i += 4)
        {
            (_pixels[i], _pixels[i + 1], _pixels[i + 2], _pixels[i + 3]) = (background.R, background.G, background.B, 255);
        }

        ForgetDirty();
    }

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The picture: 4 bytes a pixel, row-major from the top left.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Lays another RGBA picture over this one with its top left corner at a pixel; what hangs over is cut off.</summary>
    /// <param name="rgba">width · height · 4 bytes, not premultiplied.</param>
    /// <param name="width">Pixels per row of the other picture.</param>
    /// <param name="left">Column of its left edge, may be negative.</param>
    /// <param name="top">Row of its upper edge, may be negative.</param>
    public void Draw(ReadOnlySpan<byte> rgba, int width, int left, int top)
    {
        var height = rgba.Length / (4 * width);
        for (var y = Math.Max(0, -top); y < Math.Min(height, Height - top); y++)
        {
            for (var x = Math.Max(0, -left); x < Math.Min(width, Width - left); x++)
            {
                var source = rgba.Slice(((y * width) + x) * 4, 4);
                Blend(((top + y) * Width) + left + x, new Rgb(source[0], source[1], source[2]), source[3] / 255f);
            }
        }
    }

    /// <summary>Adds a line with round ends to the mask.</summary>
    public void AddLine(double x0, double y0, double x1, double y1, double thickness)
    {
        var (dx, dy) = (x1 - x0, y1 - y0);
        var lengthSquared = (dx * dx) + (dy * dy);
        var half = thickness / 2;
        Add(Math.Min(x0, x1) - half, Math.Min(y0, y1) - half, Math.Max(x0, x1) + half, Math.Max(y0, y1) + half, (x, y) =>
        {
            var t = lengthSquared > 0 ? Math.Clamp((((x - x0) * dx) + ((y - y0) * dy)) / lengthSquared, 0, 1) : 0;
            return Distance(x - x0 - (t * dx), y - y0 - (t * dy)) - half;
        });
    }

    /// <summary>Adds a full circle to the mask.</summary>
    public void AddDisc(double x, double y, double radius) =>
        Add(x - radius, y - radius, x + radius, y + radius, (px, py) => Distance(px - x, py - y) - radius);

    /// <summary>Adds a circle's line to the mask; the radius is that of its middle.</summary>
    public void AddRing(double x, double y, double radius, double thickness)
    {
        var outer = radius + (thickness / 2);
        Add(x - outer, y - outer, x + outer, y + outer, (px, py) => Math.Abs(Distance(px - x, py - y) - radius) - (thickness / 2));
    }

    /// <summary>Adds an upright rectangle to the mask.</summary>
    public void AddBox(double left, double top, double right, double bottom)
    {
        var (cx, cy) = ((left + right) / 2, (top + bottom) / 2);
        Add(left, top, right, bottom, (x, y) =>
            Math.Max(Math.Abs(x - cx) - ((right - left) / 2), Math.Abs(y - cy) - ((bottom - top) / 2)));
    }

    /// <summary>Paints what was added since the last call, and forgets it.</summary>
    /// <param name="colour">Colour of all of it.</param>
    /// <param name="opacity">0 invisible to 1 opaque.</param>
    public void Fill(Rgb colour, double opacity = 1)
    {
        for (var y = _dirtyTop; y < _dirtyBottom; y++)
        {
            for (var x = _dirtyLeft; x < _dirtyRight; x++)
            {
                ref var coverage = ref _mask[(y * Width) + x];
                Blend((y * Width) + x, colour, coverage * (float)opacity);
                coverage = 0;
            }
        }

        ForgetDirty();
    }

    /// <summary>Adds a shape that is given by its signed distance, px, at pixel centres: negative inside.</summary>
    private void Add(double left, double top, double right, double bottom, Func<double, double, double> distance)
    {
        if (!(double.IsFinite(left) && double.IsFinite(top) && double.IsFinite(right) && double.IsFinite(bottom)))
        {
            return;
        }

        var (x0, x1) = (Bound(left - 1, Width), Bound(right + 2, Width));
        var (y0, y1) = (Bound(top - 1, Height), Bound(bottom + 2, Height));
        for (var y = y0; y < y1; y++)
        {
            for (var x = x0; x < x1; x++)
            {
                ref var coverage = ref _mask[(y * Width) + x];
                coverage = Math.Max(coverage, (float)Math.Clamp(0.5 - distance(x + 0.5, y + 0.5), 0, 1));
            }
        }

        (_dirtyLeft, _dirtyTop) = (Math.Min(_dirtyLeft, x0), Math.Min(_dirtyTop, y0));
        (_dirtyRight, _dirtyBottom) = (Math.Max(_dirtyRight, x1), Math.Max(_dirtyBottom, y1));
    }

    private void Blend(int pixel, Rgb colour, float alpha)
    {
        if (alpha > 0)
        {
            var target = _pixels.AsSpan(pixel * 4, 3);
            target[0] = Mix(target[0], colour.R, alpha);
            target[1] = Mix(target[1], colour.G, alpha);
            target[2] = Mix(target[2], colour.B, alpha);
        }
    }

    private void ForgetDirty() => (_dirtyLeft, _dirtyTop, _dirtyRight, _dirtyBottom) = (Width, Height, 0, 0);

    private static byte Mix(byte below, byte above, float alpha) => (byte)(below + ((above - below) * alpha) + 0.5f);

    private static int Bound(double value, int size) => (int)Math.Clamp(Math.Floor(value), 0, size);

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));
}

/// <summary>A colour, 0..255 each.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Reads "#rrggbb".</summary>
    /// <exception cref="FormatException">It is not such a text.</exception>
    public static Rgb Parse(string text)
    {
        if (text is not ['#', _, _, _, _, _, _])
        {
            throw new FormatException($"expected #rrggbb, found '{text}'");
        }

        var bytes = Convert.FromHexString(text.AsSpan(1));
        return new Rgb(bytes[0], bytes[1], bytes[2]);
    }
}
