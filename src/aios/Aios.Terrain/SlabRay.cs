using System.Runtime.CompilerServices;

namespace Aios.Terrain;

/// <summary>
/// A ray with horizontal coordinates in cells from the first vertex, along the axis of its larger
/// horizontal component (major) and the other (minor), z in metres; directions per metre of range.
/// </summary>
internal readonly struct SlabRay
{
    /// <summary>Stands for a direction component of zero: no plane across it is ever reached.</summary>
    private const double Infinitesimal = 1e-30;

    public readonly double Z;
    public readonly double DirMajor;
    public readonly double DirMinor;
    public readonly double DirZ;
    public readonly int MajorCells;
    public readonly int MinorCells;
    public readonly int MajorStride;
    public readonly int MinorStride;
    public readonly int MajorBlockStride;
    public readonly int MinorBlockStride;

    /// <summary>1 if the major coordinate grows along the ray, else 0: the plane through which it leaves a cell is cell + Forward.</summary>
    public readonly int Forward;

    private readonly double _major;
    private readonly double _minor;
    private readonly double _perMajor;

    public SlabRay(
        double major,
        double minor,
        double z,
        double dirMajor,
        double dirMinor,
        double dirZ,
        int majorCells,
        int minorCells,
        int majorStride,
        int minorStride,
        int majorBlockStride,
        int minorBlockStride)
    {
        _major = major;
        _minor = minor;
        Z = z;
        DirMajor = dirMajor == 0.0 ? Infinitesimal : dirMajor;
        DirMinor = dirMinor == 0.0 ? Infinitesimal : dirMinor;
        DirZ = dirZ;
        MajorCells = majorCells;
        MinorCells = minorCells;
        MajorStride = majorStride;
        MinorStride = minorStride;
        MajorBlockStride = majorBlockStride;
        MinorBlockStride = minorBlockStride;
        Forward = DirMajor > 0.0 ? 1 : 0;
        _perMajor = 1.0 / DirMajor;
    }

    public double MajorAt(double range) => _major + (DirMajor * range);

    public double MinorAt(double range) => _minor + (DirMinor * range);

    public double RangeOfPlane(int plane) => (plane - _major) * _perMajor;

    public double RangeOfRow(int row) => (row - _minor) / DirMinor;

    public double LowestBetween(double t, double exit) => Z + (DirZ * (DirZ < 0.0 ? exit : t));

    public int MajorCellAt(double range) => Math.Max(0, Math.Min(Truncate(MajorAt(range)), MajorCells - 1));

    /// <summary>Towards zero. CPUs differ only beyond 2^31, which clipped rays do not reach.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Truncate(double value) => double.ConvertToIntegerNative<int>(value);

    /// <summary>Keeps the part of [start, end] over the ground; an empty interval, also for NaN, has start above end or NaN.</summary>
    public void Clip(ref double start, ref double end)
    {
        Clip(_major, DirMajor, MajorCells, ref start, ref end);
        Clip(_minor, DirMinor, MinorCells, ref start, ref end);
    }

    private static void Clip(double origin, double direction, double size, ref double start, ref double end)
    {
        double a = -origin / direction, b = (size - origin) / direction;
        start = Math.Max(start, Math.Min(a, b));
        end = Math.Min(end, Math.Max(a, b));
    }
}
