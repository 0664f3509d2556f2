using System.Globalization;
using Aios.Numerics;

namespace Aios.Cli.Reporting;

/// <summary>Draws a mission as a PNG picture, as <see cref="MissionPicture"/> does as SVG, for where only pixels go.</summary>
public sealed class MissionRaster
{
    /// <summary>Ground shown around the mission area, m.</summary>
    private const double Margin = 2.0;

    private const int LargestSide = 3000;
    private static readonly Rgb Background = new(0x14, 0x10, 0x0f);
    private static readonly Rgb White = new(255, 255, 255);
    private static readonly Rgb Black = new(0, 0, 0);
    private static readonly Rgb Dead = new(0xc1, 0x12, 0x1f);

    private readonly ReportData _data;
    private readonly int _perCell;
    private readonly View _view;
    private readonly byte[] _relief;

    /// <param name="data">What to draw.</param>
    /// <param name="pixelsPerCell">Pixels along one side of a cell of the map, ≥ 1; fewer where the picture would pass 3000 pixels.</param>
    public MissionRaster(ReportData data, int pixelsPerCell)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixelsPerCell, 1);
        _data = data;
        var map = data.Map;
        var cells = (Math.Max(map.MaxX - map.MinX, map.MaxY - map.MinY) + (2 * Margin)) / map.Geometry.Resolution;
        _perCell = Math.Clamp((int)(LargestSide / cells), 1, pixelsPerCell);
        _view = new View(map.MinX - Margin, map.MaxY + Margin, _perCell / map.Geometry.Resolution);
        _relief = HillshadePainter.Paint(map.Geometry, map.Elevation, _perCell);
    }

    /// <summary>The whole mission as a PNG file's content.</summary>
    public byte[] ToPng()
    {
        var canvas = Draw();
        return PngEncoder.Encode(canvas.Pixels, canvas.Width, canvas.Height);
    }

    /// <summary>The picture, north up.</summary>
    /// <param name="until">Shows what was known and driven up to then, s of mission time; left out: all.</param>
    public Canvas Draw(double until = double.PositiveInfinity)
    {
        var map = _data.Map;
        var canvas = new Canvas(
            _view.Length(map.MaxX - map.MinX + (2 * Margin)), _view.Length(map.MaxY - map.MinY + (2 * Margin)), Background);
        DrawTerrain(canvas, until);
        DrawArea(canvas, map, _view);
        DrawZones(canvas);
        var rovers = _data.Rovers.Select(rover => Until(rover, until)).ToList();
        for (var i = 0; i < rovers.Count; i++)
        {
            DrawTrack(canvas, rovers[i].Track, Rgb.Parse(MissionPicture.ColourOf(i)), _view);
        }

        for (var i = 0; i < rovers.Count; i++)
        {
            DrawEnds(canvas, rovers[i], Rgb.Parse(MissionPicture.ColourOf(i)), _view);
        }

        DrawScale(canvas, _view.PixelsPerMetre);
        if (double.IsFinite(until))
        {
            DrawClock(canvas, until, _view.PixelsPerMetre);
        }

        return canvas;
    }

    private static ReportRover Until(ReportRover rover, double time) => rover.Track.Count == 0 || rover.Track[^1].Time <= time
        ? rover
        : rover with { IsDead = false, Track = [.. rover.Track.TakeWhile(point => point.Time <= time)] };

    private void DrawTerrain(Canvas canvas, double until)
    {
        var g = _data.Map.Geometry;
        canvas.Draw(
            _data.Map.SeenAt is { } seenAt && double.IsFinite(until) ? Hidden(seenAt, until) : _relief,
            g.Width * _perCell,
            (int)Math.Round(_view.X(g.OriginX)),
            (int)Math.Round(_view.Y(g.OriginY + (g.Height * g.Resolution))));
    }

    /// <summary>The relief without what was not yet known at a time.</summary>
    private byte[] Hidden(float[] seenAt, double until)
    {
        var g = _data.Map.Geometry;
        var relief = (byte[])_relief.Clone();
        var stride = g.Width * _perCell;
        for (var pixel = 0; pixel < relief.Length / 4; pixel++)
        {
            var (y, x) = Math.DivRem(pixel, stride);
            if (seenAt[((g.Height - 1 - (y / _perCell)) * g.Width) + (x / _perCell)] > until)
            {
                relief[(pixel * 4) + 3] = 0;
            }
        }

        return relief;
    }

    private static void DrawArea(Canvas canvas, ReportMap map, View view)
    {
        Vector2d[] corners = [new(map.MinX, map.MinY), new(map.MaxX, map.MinY), new(map.MaxX, map.MaxY), new(map.MinX, map.MaxY)];
        for (var i = 0; i < corners.Length; i++)
        {
            AddDashes(canvas, corners[i], corners[(i + 1) % corners.Length], view);
        }

        canvas.Fill(White, 0.55);
    }

    private void DrawZones(Canvas canvas)
    {
        foreach (var zone in _data.Zones)
        {
            var vertices = zone.Area.Vertices;
            for (var i = 0; i < vertices.Length; i += 2)
            {
                var next = (i + 2) % vertices.Length;
                AddDashes(canvas, new Vector2d(vertices[i], vertices[i + 1]), new Vector2d(vertices[next], vertices[next + 1]), _view);
            }

            canvas.Fill(Rgb.Parse(MissionPicture.ColourOf(zone)), 0.9);
        }
    }

    private static void AddDashes(Canvas canvas, Vector2d from, Vector2d to, View view)
    {
        const double Dash = 1.0;
        const double Period = 1.8;
        var length = (to - from).Length;
        var along = (to - from) * (1 / Math.Max(length, 1e-9));
        for (double s = 0; s < length; s += Period)
        {
            var (a, b) = (from + (along * s), from + (along * Math.Min(s + Dash, length)));
            canvas.AddLine(view.X(a.X), view.Y(a.Y), view.X(b.X), view.Y(b.Y), 0.15 * view.PixelsPerMetre);
        }
    }

    private static void DrawTrack(Canvas canvas, IReadOnlyList<TrackPoint> track, Rgb colour, View view)
    {
        AddPolyline(canvas, track, 0.6 * view.PixelsPerMetre, view);
        canvas.Fill(Black, 0.5);
        AddPolyline(canvas, track, 0.3 * view.PixelsPerMetre, view);
        canvas.Fill(colour);
    }

    private static void AddPolyline(Canvas canvas, IReadOnlyList<TrackPoint> track, double thickness, View view)
    {
        for (var i = 1; i < track.Count; i++)
        {
            var (a, b) = (track[i - 1], track[i]);
            canvas.AddLine(view.X(a.X), view.Y(a.Y), view.X(b.X), view.Y(b.Y), thickness);
        }
    }

    private static void DrawEnds(Canvas canvas, ReportRover rover, Rgb colour, View view)
    {
        if (rover.Track.Count == 0)
        {
            return;
        }

        var m = view.PixelsPerMetre;
        var (startX, startY) = (view.X(rover.Track[0].X), view.Y(rover.Track[0].Y));
        canvas.AddRing(startX, startY, 0.6 * m, 0.4 * m);
        canvas.Fill(Black, 0.5);
        canvas.AddRing(startX, startY, 0.6 * m, 0.22 * m);
        canvas.Fill(colour);

        var (x, y) = (view.X(rover.Track[^1].X), view.Y(rover.Track[^1].Y));
        var radius = (rover.IsDead ? 1.25 : 1.0) * m;
        canvas.AddDisc(x, y, radius + (0.2 * m));
        canvas.Fill(rover.IsDead ? White : Background);
        canvas.AddDisc(x, y, radius);
        canvas.Fill(rover.IsDead ? Dead : colour);
        if (rover.IsDead)
        {
            var arm = 0.55 * m;
            canvas.AddLine(x - arm, y - arm, x + arm, y + arm, 0.3 * m);
            canvas.AddLine(x + arm, y - arm, x - arm, y + arm, 0.3 * m);
            canvas.Fill(White);
        }
        else
        {
            DigitFont.Add(canvas, TrailingNumber(rover.Name), x, y, Math.Max(1, Math.Round(0.17 * m)));
            canvas.Fill(Background);
        }
    }

    private static void DrawScale(Canvas canvas, double pixelsPerMetre)
    {
        const int Metres = 10;
        var left = Math.Round(2.5 * pixelsPerMetre);
        var right = left + (Metres * pixelsPerMetre);
        var bottom = canvas.Height - Math.Round(2.6 * pixelsPerMetre);
        var dot = Math.Max(1, Math.Round(0.2 * pixelsPerMetre));
        for (var pass = 0; pass < 2; pass++)
        {
            var thickness = (pass == 0 ? 0.5 : 0.2) * pixelsPerMetre;
            canvas.AddLine(left, bottom, right, bottom, thickness);
            canvas.AddLine(left, bottom, left, bottom - (0.6 * pixelsPerMetre), thickness);
            canvas.AddLine(right, bottom, right, bottom - (0.6 * pixelsPerMetre), thickness);
            canvas.Fill(pass == 0 ? Background : White, pass == 0 ? 0.6 : 1);
        }

        var (x, y) = (Math.Round((left + right) / 2), bottom - Math.Round(1.1 * pixelsPerMetre));
        canvas.AddBox(x - (11 * dot), y - (4 * dot), x + (11 * dot), y + (4 * dot));
        canvas.Fill(Background, 0.6);
        DigitFont.Add(canvas, $"{Metres} m", x, y, dot);
        canvas.Fill(White);
    }

    private static void DrawClock(Canvas canvas, double time, double pixelsPerMetre)
    {
        var dot = Math.Max(2, Math.Round(0.3 * pixelsPerMetre));
        var (x, y) = (canvas.Width - (15 * dot), canvas.Height - (7 * dot));
        canvas.AddBox(x - (11 * dot), y - (4 * dot), x + (11 * dot), y + (4 * dot));
        canvas.Fill(Background, 0.6);
        DigitFont.Add(canvas, string.Create(CultureInfo.InvariantCulture, $"{(int)time / 60:00}:{(int)time % 60:00}"), x, y, dot);
        canvas.Fill(White);
    }

    private static string TrailingNumber(string name) => name[(name.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1)..];

    /// <summary>From the map frame to pixels.</summary>
    private readonly record struct View(double Left, double Top, double PixelsPerMetre)
    {
        public double X(double x) => (x - Left) * PixelsPerMetre;

        public double Y(double y) => (Top - y) * PixelsPerMetre;

        public int Length(double metres) => Math.Max(1, (int)Math.Round(metres * PixelsPerMetre));
    }
}
