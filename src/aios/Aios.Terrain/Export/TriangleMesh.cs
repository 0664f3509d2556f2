using Aios.Numerics;

namespace Aios.Terrain.Export;

/// <summary>A closed surface of triangles, counter-clockwise seen from outside.</summary>
/// <param name="Vertices">Places, m.</param>
/// <param name="TextureCoordinates">For each vertex u to the right and v up, 0 … 1; empty for a mesh without texture.</param>
/// <param name="Triangles">Indices of vertices, three for each triangle.</param>
public sealed record TriangleMesh(IReadOnlyList<Vector3d> Vertices, IReadOnlyList<Vector2d> TextureCoordinates, IReadOnlyList<int> Triangles)
{
    /// <summary>Whether every edge is met exactly once in each direction: no hole, no fin, all triangles turned the same way.</summary>
    public bool IsClosed
    {
        get
        {
            var edges = new HashSet<(int From, int To)>();
            for (int i = 0; i < Triangles.Count; i += 3)
            {
                for (int k = 0; k < 3; k++)
                {
                    if (!edges.Add((Triangles[i + k], Triangles[i + ((k + 1) % 3)])))
                    {
                        return false;
                    }
                }
            }

            return edges.All(edge => edges.Contains((edge.To, edge.From)));
        }
    }

    /// <summary>Enclosed volume, m³, by the divergence theorem; positive when triangles are turned outwards.</summary>
    public double Volume
    {
        get
        {
            double sum = 0.0;
            for (int i = 0; i < Triangles.Count; i += 3)
            {
                Vector3d a = Vertices[Triangles[i]], b = Vertices[Triangles[i + 1]], c = Vertices[Triangles[i + 2]];
                sum += a.Dot(b.Cross(c));
            }

            return sum / 6.0;
        }
    }

    /// <summary>Unit normal of each vertex, outwards: the mean of its triangles', weighted with their areas.</summary>
    public Vector3d[] VertexNormals()
    {
        var normals = new Vector3d[Vertices.Count];
        for (int i = 0; i < Triangles.Count; i += 3)
        {
            Vector3d a = Vertices[Triangles[i]], b = Vertices[Triangles[i + 1]], c = Vertices[Triangles[i + 2]];
            Vector3d twiceArea = (b - a).Cross(c - a);
            for (int k = 0; k < 3; k++)
            {
                normals[Triangles[i + k]] += twiceArea;
            }
        }

        return Array.ConvertAll(normals, normal => normal.Length > 0.0 ? normal.Normalized() : new Vector3d(0, 0, 1));
    }

    /// <summary>Ground as a solid: its vertices on top, straight sides and a flat bottom.</summary>
    /// <param name="ground">The top; each cell is cut from its south-west to its north-east corner.</param>
    /// <param name="thicknessM">How far the bottom is below the lowest vertex, m.</param>
    public static TriangleMesh OfGround(HeightField ground, double thicknessM = 1.0)
    {
        ArgumentNullException.ThrowIfNull(ground);
        int width = ground.Geometry.Width, height = ground.Geometry.Height;
        var vertices = new List<Vector3d>(width * height);
        var coordinates = new List<Vector2d>(width * height);
        for (int row = 0; row < height; row++)
        {
            for (int col = 0; col < width; col++)
            {
                vertices.Add(new Vector3d(ground.Geometry.CenterX(col), ground.Geometry.CenterY(row), ground[col, row]));
                coordinates.Add(new Vector2d(col / (width - 1.0), row / (height - 1.0)));
            }
        }

        var triangles = new List<int>();
        for (int row = 0; row + 1 < height; row++)
        {
            for (int col = 0; col + 1 < width; col++)
            {
                int a = (row * width) + col, b = a + 1, c = a + width, d = c + 1;
                triangles.AddRange([a, b, d, a, d, c]);
            }
        }

        CloseBelow(vertices, coordinates, triangles, Rim(width, height), ground.MinHeight - thicknessM);
        return new TriangleMesh(vertices, coordinates, triangles);
    }

    /// <summary>The upper half of an ellipsoid on its flat base, centred on the origin.</summary>
    /// <param name="diameterM">Of the base, m.</param>
    /// <param name="heightM">Of the top above the base, m.</param>
    /// <param name="rings">Rings of triangles from base to top.</param>
    /// <param name="sectors">Sectors around.</param>
    public static TriangleMesh OfHalfEllipsoid(double diameterM, double heightM, int rings = 6, int sectors = 20)
    {
        var vertices = new List<Vector3d>();
        for (int ring = 0; ring < rings; ring++)
        {
            (double up, double out1) = DetMath.SinCos(0.5 * Math.PI * ring / rings);
            for (int sector = 0; sector < sectors; sector++)
            {
                (double sin, double cos) = DetMath.SinCos(Angles.TwoPi * sector / sectors);
                vertices.Add(new Vector3d(0.5 * diameterM * out1 * cos, 0.5 * diameterM * out1 * sin, heightM * up));
            }
        }

        vertices.Add(new Vector3d(0, 0, heightM));
        vertices.Add(new Vector3d(0, 0, 0));
        int top = vertices.Count - 2, bottom = vertices.Count - 1;
        var triangles = new List<int>();
        for (int sector = 0; sector < sectors; sector++)
        {
            int next = (sector + 1) % sectors;
            for (int ring = 0; ring + 1 < rings; ring++)
            {
                int a = (ring * sectors) + sector, b = (ring * sectors) + next;
                triangles.AddRange([a, b, b + sectors, a, b + sectors, a + sectors]);
            }

            int last = (rings - 1) * sectors;
            triangles.AddRange([last + sector, last + next, top, bottom, next, sector]);
        }

        return new TriangleMesh(vertices, [], triangles);
    }

    /// <summary>The rim of a raster, counter-clockwise from its first vertex.</summary>
    private static List<int> Rim(int width, int height)
    {
        var rim = new List<int>();
        rim.AddRange(Enumerable.Range(0, width - 1));
        rim.AddRange(Enumerable.Range(0, height - 1).Select(row => (row * width) + width - 1));
        rim.AddRange(Enumerable.Range(0, width - 1).Select(col => (height * width) - 1 - col));
        rim.AddRange(Enumerable.Range(0, height - 1).Select(row => (height - 1 - row) * width));
        return rim;
    }

    private static void CloseBelow(List<Vector3d> vertices, List<Vector2d> coordinates, List<int> triangles, List<int> rim, double bottom)
    {
        int first = vertices.Count, centre = first + rim.Count;
        foreach (int top in rim)
        {
            vertices.Add(vertices[top] with { Z = bottom });
            coordinates.Add(coordinates[top]);
        }

        vertices.Add(new Vector3d(0, 0, bottom));
        coordinates.Add(new Vector2d(0.5, 0.5));
        for (int i = 0; i < rim.Count; i++)
        {
            int next = (i + 1) % rim.Count;
            triangles.AddRange([rim[i], first + i, first + next, rim[i], first + next, rim[next], first + i, centre, first + next]);
        }
    }
}
