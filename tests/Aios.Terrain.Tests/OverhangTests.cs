using Aios.Numerics;
using Aios.Terrain.Export;
using Aios.Terrain.Import;
using Aios.Terrain.Worlds;

namespace Aios.Terrain.Tests;

public sealed class OverhangTests
{
    private static readonly PlanetSurface Tube = WorldMaker.New(WorldRecipes.LavaTube, 60, 0.5, 1);

    [Fact]
    public void Raycast_OfTheTree_IsThatOfEveryTriangle()
    {
        var random = new SeededRandom(5);
        Overhang roof = Tube.Overhang!;
        int hits = 0;
        for (int i = 0; i < 3000; i++)
        {
            var origin = new Vector3d(random.NextDouble(20, 50), random.NextDouble(-8, 10), random.NextDouble(-5, 3));
            Vector3d direction = new Vector3d(random.NextGaussian(), random.NextGaussian(), random.NextGaussian()).Normalized();
            double expected = BruteForce(roof.Mesh, origin, direction, 25.0), found = roof.Raycast(origin, direction, 25.0);
            hits += double.IsNaN(expected) ? 0 : 1;
            Assert.Equal(expected, found, 1e-9);
        }

        Assert.InRange(hits, 300, 2900);
    }

    [Fact]
    public void LavaTube_SeenFromItsFloor_HasARoofAndTheSkyBeforeIt()
    {
        double y = Tube.Overhang!.Mesh.Vertices.Where(v => Math.Abs(v.X - 36) < 1.5).Average(v => v.Y);
        var inside = new Vector3d(36, y, Tube.Ground.Height(36, y) + 1.5);
        var up = new Vector3d(0, 0, 1);

        Assert.True(Tube.Raycast(inside, up, 20, out double range));
        Assert.InRange(range, 0.5, 4);
        Assert.False(Tube.InSunlight(inside));
        Assert.False(Tube.Raycast(new Vector3d(20, 1, Tube.Ground.Height(20, 1) + 1.5), up, 20, out _));
        Assert.False(Tube.LineOfSight(inside, new Vector3d(36, y, 5)));
        Assert.True(Tube.LineOfSight(inside, new Vector3d(33, y, Tube.Ground.Height(33, y) + 1.5)));
        Assert.InRange(Tube.SurfaceHeight(36, y), -6, -2);
    }

    [Fact]
    public void LavaTube_Roof_IsClosedAndLiesBeyondTheMissionsReach()
    {
        TriangleMesh mesh = Tube.Overhang!.Mesh;

        Assert.True(mesh.IsClosed);
        Assert.True(mesh.Volume > 0);
        Assert.All(mesh.Vertices, v => Assert.InRange(v.X, 27.9, 46.1));
    }

    [Fact]
    public void Obj_WrittenAndRead_IsTheSameMesh()
    {
        TriangleMesh mesh = Tube.Overhang!.Mesh;
        TriangleMesh read = ObjReader.Read("roof.obj", ObjWriter.Write(mesh, "m.mtl", "m"));

        Assert.Equal(mesh.Vertices, read.Vertices);
        Assert.Equal(mesh.Triangles, read.Triangles);
    }

    [Theory]
    [InlineData("v 0 0\n", "roof.obj:1: 'v 0 0', expected 'v X Y Z'")]
    [InlineData("v 0 0 NaN\n", "roof.obj:1: 'v 0 0 NaN'")]
    [InlineData("v 0 0 0\nf 1 2 3\n", "roof.obj:2: 'f 1 2 3', expected 'f A B C' with vertices that went before")]
    [InlineData("v 0 0 0\nf 1 1\n", "roof.obj:2: 'f 1 1'")]
    [InlineData("# empty\n", "roof.obj: has no face")]
    public void Obj_Broken_IsOneLine(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<ElevationFormatException>(() => ObjReader.Read("roof.obj", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Obj_FaceOfFourAndNegativeIndices_IsAFan() => Assert.Equal(
        [0, 1, 2, 0, 2, 3], ObjReader.Read("roof.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nf -4/1 -3/1 -2/1 -1/1\n").Triangles);

    [Fact]
    public void Overhang_OfBadMesh_IsRefused()
    {
        Vector3d[] corners = [new(0, 0, 0), new(1, 0, 0), new(0, 1, double.NaN)];
        Assert.Throws<ArgumentException>(() => new Overhang(new TriangleMesh(corners, [], [0, 1, 2])));
        Assert.Throws<ArgumentException>(() => new Overhang(new TriangleMesh(corners, [], [0, 1, 3])));
        Assert.Throws<ArgumentException>(() => new Overhang(new TriangleMesh(corners, [], [])));
    }

    // Where the ray meets the plane of each triangle, and whether that is inside its three edges.
    private static double BruteForce(TriangleMesh mesh, Vector3d origin, Vector3d direction, double maxRange)
    {
        double nearest = double.NaN;
        for (int i = 0; i < mesh.Triangles.Count; i += 3)
        {
            Vector3d a = mesh.Vertices[mesh.Triangles[i]], b = mesh.Vertices[mesh.Triangles[i + 1]], c = mesh.Vertices[mesh.Triangles[i + 2]];
            Vector3d normal = (b - a).Cross(c - a);
            double range = (a - origin).Dot(normal) / direction.Dot(normal);
            Vector3d p = origin + (direction * range);
            bool isInside = (b - a).Cross(p - a).Dot(normal) >= 0 && (c - b).Cross(p - b).Dot(normal) >= 0 && (a - c).Cross(p - c).Dot(normal) >= 0;
            if (isInside && range >= 0 && range <= maxRange && !(range >= nearest))
            {
                nearest = range;
            }
        }

        return nearest;
    }
}
