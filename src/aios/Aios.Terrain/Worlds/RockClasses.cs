using System.Globalization;

namespace Aios.Terrain.Worlds;

/// <summary>
/// The rocks that a world file can hold: half-ellipsoids half as high as wide, in sizes a quarter of an octave apart, so that a
/// few models serve for all and the built-in simulator knows each by its model's name.
/// </summary>
public static class RockClasses
{
    private const string Prefix = "aios_rock_";

    /// <summary>Height over diameter.</summary>
    public const double HeightRatio = 0.5;

    /// <summary>Diameters, mm, from small to large.</summary>
    public static IReadOnlyList<int> DiametersMm { get; } = [420, 500, 590, 710, 840, 1000, 1190, 1410, 1680];

    /// <summary>Name of the model of a class.</summary>
    public static string ModelName(int diameterMm) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{diameterMm:0000}");

    /// <summary>Diameter of a model's rock, m; false for a name that is none of a rock.</summary>
    public static bool TryParse(string modelName, out double diameterM)
    {
        ArgumentNullException.ThrowIfNull(modelName);
        diameterM = 0.0;
        if (!modelName.StartsWith(Prefix, StringComparison.Ordinal)
            || !int.TryParse(modelName.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int millimetres)
            || millimetres is < 1 or > 20000)
        {
            return false;
        }

        diameterM = millimetres * 1e-3;
        return true;
    }

    /// <summary>The same rock in the nearest class.</summary>
    public static Rock Snap(Rock rock)
    {
        int best = DiametersMm.MinBy(candidate => Math.Abs((candidate * 1e-3) - rock.Diameter));
        return Make(rock.X, rock.Y, rock.BaseZ, best * 1e-3);
    }

    /// <summary>A rock of a class.</summary>
    public static Rock Make(double x, double y, double baseZ, double diameterM) => new(x, y, baseZ, diameterM, HeightRatio * diameterM);
}
