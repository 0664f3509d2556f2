using Aios.Nodes;
using Aios.Numerics;
using geometry_msgs.msg;
using std_msgs.msg;
using visualization_msgs.msg;

namespace Aios.Cli.Visualization;

/// <summary>Makes markers in the map frame.</summary>
internal static class MarkerMaker
{
    /// <summary>How long a marker stays that is not said again, s.</summary>
    private const int Lifetime = 3;

    public static ColorRGBA Colour(double red, double green, double blue, double alpha = 1) =>
        new() { R = (float)red, G = (float)green, B = (float)blue, A = (float)alpha };

    /// <summary>Text that faces who looks.</summary>
    public static Marker Text(string space, int id, long now, Vector3d at, double height, ColorRGBA colour, string text)
    {
        var marker = Make(space, id, now, Marker.TEXT_VIEW_FACING, at, colour);
        marker.Text = text;
        marker.Scale.Z = height;
        return marker;
    }

    /// <summary>A flat disc.</summary>
    public static Marker Disc(string space, int id, long now, Vector3d at, double radius, ColorRGBA colour)
    {
        var marker = Make(space, id, now, Marker.CYLINDER, at, colour);
        (marker.Scale.X, marker.Scale.Y, marker.Scale.Z) = (2 * radius, 2 * radius, 0.04);
        return marker;
    }

    /// <summary>A ball.</summary>
    public static Marker Ball(string space, int id, long now, Vector3d at, double radius, ColorRGBA colour)
    {
        var marker = Make(space, id, now, Marker.SPHERE, at, colour);
        (marker.Scale.X, marker.Scale.Y, marker.Scale.Z) = (2 * radius, 2 * radius, 2 * radius);
        return marker;
    }

    /// <summary>A line through points.</summary>
    public static Marker Line(string space, int id, long now, double width, ColorRGBA colour, params ReadOnlySpan<Vector3d> points)
    {
        var marker = Make(space, id, now, Marker.LINE_STRIP, Vector3d.Zero, colour);
        marker.Scale.X = width;
        foreach (var point in points)
        {
            marker.Points.Add(new Point { X = point.X, Y = point.Y, Z = point.Z });
        }

        return marker;
    }

    private static Marker Make(string space, int id, long now, int type, Vector3d at, ColorRGBA colour)
    {
        var marker = new Marker { Ns = space, Id = id, Type = type, Action = Marker.ADD, Color = colour };
        marker.Header.FrameId = Topics.MapFrame;
        NodeTime.Write(marker.Header.Stamp, now);
        PoseMessages.Write(marker.Pose, new Pose3(at, Quaterniond.Identity));
        marker.Lifetime.Sec = Lifetime;
        return marker;
    }
}
