using Aios.Numerics;
using Aios.Terrain.Export;

namespace Aios.Terrain.Worlds;

/// <summary>The roof of the lava tube: a closed shell that arches over the tube's floor, from the pit's wall to the edge of the world.</summary>
internal static class TubeRoof
{
    private const int Along = 20;
    private const int Across = 12;

    /// <summary>Makes it for a side of the mission area, m. Its mouth is where the pit's wall ends.</summary>
    public static TriangleMesh Make(double size)
    {
        double unit = size / 60.0, from = 28.0 * unit, to = (0.5 * size) + WorldMaker.MarginM;
        double half = (Landforms.TubeHalfWidth + 1.6) * unit;
        var vertices = new List<Vector3d>();
        for (int layer = 0; layer < 2; layer++)
        {
            for (int i = 0; i <= Along; i++)
            {
                double x = from + ((to - from) * i / Along);
                for (int j = 0; j <= Across; j++)
                {
                    double side = (2.0 * j / Across) - 1.0;
                    double arch = unit * (layer == 0 ? -0.7 - (1.4 * side * side) : 0.5 - (0.9 * side * side));
                    vertices.Add(new Vector3d(x, Landforms.TubeMiddle(x, size) + (half * side), arch));
                }
            }
        }

        return new TriangleMesh([.. vertices.Select(InSinglePrecision)], [], Shell());
    }

    // As files keep it, so that a world read back is the one that was made.
    private static Vector3d InSinglePrecision(Vector3d v) => new((float)v.X, (float)v.Y, (float)v.Z);

    // Underside, top, and the band that joins their rims.
    private static List<int> Shell()
    {
        const int Row = Across + 1, Layer = (Along + 1) * Row;
        var triangles = new List<int>();
        for (int i = 0; i < Along; i++)
        {
            for (int j = 0; j < Across; j++)
            {
                int a = (i * Row) + j, b = a + Row, c = b + 1, d = a + 1;
                triangles.AddRange([a, c, b, a, d, c, Layer + a, Layer + b, Layer + c, Layer + a, Layer + c, Layer + d]);
            }
        }

        // Seen from above, counter-clockwise: along x at the right-hand side, across at the far end, back, and across.
        int[] rim =
        [
            .. Enumerable.Range(0, Along).Select(i => i * Row), .. Enumerable.Range(0, Across).Select(j => (Along * Row) + j),
            .. Enumerable.Range(0, Along).Select(i => ((Along - i) * Row) + Across), .. Enumerable.Range(0, Across).Select(j => Across - j),
        ];
        for (int i = 0; i < rim.Length; i++)
        {
            int a = rim[i], b = rim[(i + 1) % rim.Length];
            triangles.AddRange([a, b, Layer + b, a, Layer + b, Layer + a]);
        }

        return triangles;
    }
}
