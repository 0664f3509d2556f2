namespace Aios.Terrain;

/// <summary>A ray with x and y in cells from the first vertex, z in metres; directions per metre of range and never zero in x and y.</summary>
internal readonly struct GridRay(double x, double y, double z, double dirX, double dirY, double dirZ)
{
    public readonly double X = x;
    public readonly double Y = y;
    public readonly double Z = z;
    public readonly double DirX = dirX;
    public readonly double DirY = dirY;
    public readonly double DirZ = dirZ;

    /// <summary>Keeps the part of [start, end] with 0 ≤ x ≤ size; an empty interval, also for NaN, has start above end.</summary>
    public void ClipX(double size, ref double start, ref double end) => Clip(X, DirX, size, ref start, ref end);

    public void ClipY(double size, ref double start, ref double end) => Clip(Y, DirY, size, ref start, ref end);

    private static void Clip(double origin, double direction, double size, ref double start, ref double end)
    {
        double a = -origin / direction, b = (size - origin) / direction;
        start = Math.Max(start, Math.Min(a, b));
        end = Math.Min(end, Math.Max(a, b));
    }
}
