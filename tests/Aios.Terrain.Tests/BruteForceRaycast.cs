using Aios.Numerics;

namespace Aios.Terrain.Tests;

/// <summary>The ray caster's slow twin: every cell and every rock, no index, no order.</summary>
internal static class BruteForceRaycast
{
    public static double Range(PlanetSurface surface, Vector3d origin, Vector3d direction, double maxRange)
    {
        HeightField ground = surface.Ground;
        double best = double.PositiveInfinity;
        for (int row = 0; row + 1 < ground.Geometry.Height; row++)
        {
            for (int col = 0; col + 1 < ground.Geometry.Width; col++)
            {
                best = Math.Min(best, CellRange(ground, col, row, origin, direction, maxRange));
            }
        }

        foreach (Rock rock in surface.Rocks.Rocks)
        {
            best = Math.Min(best, RockRange(rock, origin, direction, maxRange));
        }

        return double.IsPositiveInfinity(best) ? double.NaN : best;
    }

    private static double CellRange(HeightField ground, int col, int row, Vector3d o, Vector3d d, double maxRange)
    {
        double s = ground.Spacing, x0 = ground.Geometry.CenterX(col), y0 = ground.Geometry.CenterY(row);
        double start = 0.0, end = maxRange;
        if (!Clip(o.X - x0, d.X, s, ref start, ref end) || !Clip(o.Y - y0, d.Y, s, ref start, ref end) || start > end)
        {
            return double.PositiveInfinity;
        }

        // Clearance at three ranges fixes its quadratic exactly, whatever the patch's formula.
        double span = end - start;
        double f0 = Clearance(start), f1 = Clearance(start + (0.5 * span)), f2 = Clearance(end);
        if (f0 <= 0.0)
        {
            return start;
        }

        double a = 2.0 * (f0 - (2.0 * f1) + f2), b = f2 - f0 - a, discriminant = (b * b) - (4.0 * a * f0);
        if (discriminant < 0.0)
        {
            return double.PositiveInfinity;
        }

        double q = -0.5 * (b + Math.CopySign(Math.Sqrt(discriminant), b)), best = double.PositiveInfinity;
        foreach (double root in new[] { q / a, f0 / q })
        {
            if (root >= 0.0 && root <= 1.0)
            {
                best = Math.Min(best, start + (root * span));
            }
        }

        return best;

        double Clearance(double t)
        {
            double u = (o.X + (t * d.X) - x0) / s, v = (o.Y + (t * d.Y) - y0) / s;
            double h = (ground[col, row] * (1 - u) * (1 - v)) + (ground[col + 1, row] * u * (1 - v))
                + (ground[col, row + 1] * (1 - u) * v) + (ground[col + 1, row + 1] * u * v);
            return o.Z + (t * d.Z) - h;
        }
    }

    private static bool Clip(double origin, double direction, double size, ref double start, ref double end)
    {
        if (direction == 0.0)
        {
            return origin >= 0.0 && origin <= size;
        }

        double a = -origin / direction, b = (size - origin) / direction;
        start = Math.Max(start, Math.Min(a, b));
        end = Math.Min(end, Math.Max(a, b));
        return true;
    }

    private static double RockRange(Rock rock, Vector3d o, Vector3d d, double maxRange)
    {
        double r = rock.Diameter / 2;
        var p = new Vector3d((o.X - rock.X) / r, (o.Y - rock.Y) / r, (o.Z - rock.BaseZ) / rock.Height);
        var q = new Vector3d(d.X / r, d.Y / r, d.Z / rock.Height);
        if (p.LengthSquared <= 1.0 && p.Z >= 0.0)
        {
            return 0.0;
        }

        double a = q.Dot(q), b = 2 * p.Dot(q), c = p.Dot(p) - 1, discriminant = (b * b) - (4 * a * c);
        double t = discriminant > 0 ? (-b - Math.Sqrt(discriminant)) / (2 * a) : -1.0;
        return t >= 0.0 && t <= maxRange && p.Z + (t * q.Z) >= 0.0 ? t : double.PositiveInfinity;
    }
}
