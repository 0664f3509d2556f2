using Aios.Numerics;

namespace Aios.Terrain;

internal static class RockIntersection
{
    /// <summary>
    /// Range at which a ray enters a rock, before <paramref name="end"/>; 0 if it starts inside; NaN if it misses.
    /// With coordinates divided by the half axes the rock is half a unit sphere.
    /// </summary>
    public static double Range(in Rock rock, Vector3d origin, Vector3d direction, double end)
    {
        double radius = 0.5 * rock.Diameter;
        double across = 1.0 / (radius * radius), up = 1.0 / (rock.Height * rock.Height);
        double x = origin.X - rock.X, y = origin.Y - rock.Y, z = origin.Z - rock.BaseZ;
        double a = (((direction.X * direction.X) + (direction.Y * direction.Y)) * across) + (direction.Z * direction.Z * up);
        double b = (((x * direction.X) + (y * direction.Y)) * across) + (z * direction.Z * up);
        double c = (((x * x) + (y * y)) * across) + (z * z * up) - 1.0;
        if (c <= 0.0 && z >= 0.0)
        {
            return 0.0;
        }

        double discriminant = (b * b) - (a * c);
        if (!(discriminant > 0.0) || b >= 0.0)
        {
            return double.NaN;
        }

        double range = c / (Math.Sqrt(discriminant) - b);
        return range >= 0.0 && range < end && z + (range * direction.Z) >= 0.0 ? range : double.NaN;
    }
}
