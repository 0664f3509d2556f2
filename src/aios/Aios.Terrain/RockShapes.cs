using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>Rocks prepared for ray casting: one over the squares of their half axes in place of the axes.</summary>
internal sealed class RockShapes
{
    private readonly Shape[] _shapes;

    public RockShapes(RockField rocks)
    {
        _shapes = new Shape[rocks.Count];
        for (int i = 0; i < _shapes.Length; i++)
        {
            Rock rock = rocks[i];
            _shapes[i] = new Shape(
                rock.X, rock.Y, rock.BaseZ, 1.0 / (rock.Radius * rock.Radius), 1.0 / (rock.Height * rock.Height), rock.Height);
        }
    }

    /// <summary>Height of a rock over a point; negative infinity beside it.</summary>
    public double SurfaceHeight(int index, double x, double y)
    {
        ref readonly Shape rock = ref _shapes[index];
        double dx = x - rock.X, dy = y - rock.Y, part = ((dx * dx) + (dy * dy)) * rock.Across;
        return part <= 1.0 ? rock.BaseZ + (rock.Height * Math.Sqrt(1.0 - part)) : double.NegativeInfinity;
    }

    /// <summary>
    /// Range at which a ray enters a rock, before <paramref name="end"/>; 0 if it starts inside; NaN if it misses.
    /// With coordinates divided by the half axes the rock is half a unit sphere.
    /// </summary>
    public double Range(int index, Vector3d origin, Vector3d direction, double end)
    {
        ref readonly Shape rock = ref _shapes[index];
        double x = origin.X - rock.X, y = origin.Y - rock.Y, z = origin.Z - rock.BaseZ;
        double a = (((direction.X * direction.X) + (direction.Y * direction.Y)) * rock.Across)
            + (direction.Z * direction.Z * rock.Up);
        double b = (((x * direction.X) + (y * direction.Y)) * rock.Across) + (z * direction.Z * rock.Up);
        double c = (((x * x) + (y * y)) * rock.Across) + (z * z * rock.Up) - 1.0;
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

    private readonly record struct Shape(double X, double Y, double BaseZ, double Across, double Up, double Height);
}
