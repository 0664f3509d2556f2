using Aios.Cli.Missions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Aios.Cli.Views;

/// <summary>
/// The fleet's map in the terminal: two pixels to a character, the upper half block, north up, rovers as their
/// number in their colour, a dead one as a red cross.
/// </summary>
public sealed class MapWidget(MissionSnapshot snapshot, int columns) : Renderable
{
    private static readonly Color[] Palette =
    [
        new(86, 180, 233), new(240, 228, 66), new(0, 208, 150), new(230, 159, 0),
        new(204, 121, 167), new(64, 150, 255), new(255, 120, 40), new(255, 255, 255),
    ];

    /// <summary>Colour of the rover with this index, the same as in the report.</summary>
    public static Color ColourOf(int rover) => Palette[rover % Palette.Length];

    protected override Measurement Measure(RenderOptions options, int maxWidth) =>
        new(Math.Min(columns, maxWidth), Math.Min(columns, maxWidth));

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        if (snapshot.Elevation is not { } elevation)
        {
            yield return new Segment("waiting for the first map", new Style(Color.Grey));
            yield return Segment.LineBreak;
            yield break;
        }

        var geometry = elevation.Geometry;
        var width = Math.Min(columns, maxWidth);
        var lines = Math.Max(1, (int)Math.Round(width * (double)geometry.Height / geometry.Width / 2));
        var colours = new ElevationColours(elevation);
        var (stepX, stepY) = (geometry.Width * geometry.Resolution / width, geometry.Height * geometry.Resolution / (2.0 * lines));
        for (var line = 0; line < lines; line++)
        {
            var top = geometry.OriginY + (geometry.Height * geometry.Resolution) - (((2 * line) + 0.5) * stepY);
            for (var column = 0; column < width; column++)
            {
                var x = geometry.OriginX + ((column + 0.5) * stepX);
                yield return RoverAt(x - (stepX / 2), top + (stepY / 2), stepX, 2 * stepY) is { } rover
                    ? Marker(rover, colours.At(x, top))
                    : new Segment("\u2580", new Style(colours.At(x, top), colours.At(x, top - stepY)));
            }

            yield return Segment.LineBreak;
        }
    }

    private Segment Marker(int rover, Color ground)
    {
        var dead = snapshot.Rovers[rover].State == "dead";
        var text = dead ? "x" : ((char)('0' + ((rover + 1) % 10))).ToString();
        return new Segment(text, new Style(dead ? Color.Red : ColourOf(rover), ground, Decoration.Bold));
    }

    // The last rover whose position lies in the character cell with this upper left corner.
    private int? RoverAt(double left, double top, double width, double height)
    {
        for (var i = snapshot.Rovers.Count - 1; i >= 0; i--)
        {
            var pose = snapshot.Rovers[i].Pose;
            if (pose.X >= left && pose.X < left + width && pose.Y <= top && pose.Y > top - height)
            {
                return i;
            }
        }

        return null;
    }
}
