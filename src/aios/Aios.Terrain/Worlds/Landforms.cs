using Aios.Numerics;

namespace Aios.Terrain.Worlds;

/// <summary>Large forms as functions of place, m, for a mission area of a given side around the origin. All are gentle at the origin, where rovers start.</summary>
internal static class Landforms
{
    /// <summary>Half the width of the roofed tube's floor, m for an area of 60 m.</summary>
    public const double TubeHalfWidth = 2.6;

    /// <summary>A canyon 18 m wide at its floor and 7 m deep for an area of 60 m, winding from west to east through the origin.</summary>
    public static double Canyon(double x, double y, double size)
    {
        double unit = size / 60.0;
        double middle = unit * ((7.0 * DetMath.Sin(x / (11.0 * unit))) + (1.5 * DetMath.Sin(x / (4.3 * unit))));
        double fromMiddle = Math.Abs(y - middle);
        double wall = SmoothStep(9.0 * unit, 15.0 * unit, fromMiddle), bench = SmoothStep(17.0 * unit, 21.0 * unit, fromMiddle);
        return unit * ((5.0 * wall) + (2.0 * bench));
    }

    /// <summary>
    /// A trench that begins 5 m east of the origin, falls 4 m at about 13° and ends in a round pit with steep walls; east of the pit
    /// the tube goes on, under the roof of <see cref="TubeRoof"/>.
    /// </summary>
    public static double LavaTube(double x, double y, double size)
    {
        double unit = size / 60.0, middle = 1.2 * unit * DetMath.Sin((x - (5.0 * unit)) / (7.0 * unit));
        double depth = 4.0 * unit * SmoothStep(4.0 * unit, 29.0 * unit, x + (4.0 * unit));
        double trench = 1.0 - SmoothStep(3.6 * unit, 6.0 * unit, Math.Abs(y - middle));
        double pitX = x - (20.0 * unit), pitY = y - middle;
        double pit = 1.0 - SmoothStep(5.5 * unit, 8.5 * unit, Math.Sqrt((pitX * pitX) + (pitY * pitY)));
        double beyond = SmoothStep(20.0 * unit, 23.0 * unit, x);
        double tube = SmoothStep(20.0 * unit, 22.0 * unit, x) * (1.0 - SmoothStep(TubeHalfWidth * unit, (TubeHalfWidth + 0.8) * unit, Math.Abs(y - TubeMiddle(x, size))));
        double open = Math.Max(depth * trench * (1.0 - beyond), 4.0 * unit * pit * SmoothStep(6.0 * unit, 18.0 * unit, x));
        return -Math.Max(open, 4.0 * unit * tube);
    }

    /// <summary>Where the middle of the roofed tube is at an x east of the pit, m.</summary>
    public static double TubeMiddle(double x, double size)
    {
        double unit = size / 60.0, pit = 1.2 * unit * DetMath.Sin(15.0 / 7.0);
        return pit + (0.1 * (x - (20.0 * unit)));
    }

    /// <summary>The flank of a large crater: ground that falls gently to the south.</summary>
    public static double LunarPole(double x, double y, double size) =>
        (0.05 * y) + (0.02 * size * DetMath.Sin(x / (0.4 * size)));

    private static double SmoothStep(double from, double to, double value)
    {
        double t = Math.Clamp((value - from) / (to - from), 0.0, 1.0);
        return t * t * (3.0 - (2.0 * t));
    }
}
