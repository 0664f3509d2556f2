using Aios.Numerics;
using Aios.Terrain.Export;
using Aios.Terrain.Worlds;

namespace Aios.Terrain.Tests;

public sealed class WorldTests
{
    private const ulong Seeds = 4; // 20 were tried once

    public static TheoryData<string> Kinds() => [.. WorldRecipes.All.Select(recipe => recipe.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void New_EachKindOfManySeeds_StartsCanBeStoodOnAndReachEachOtherAndTheLandAround(string kind)
    {
        WorldRecipe recipe = WorldRecipes.All.First(candidate => candidate.Name == kind);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            PlanetSurface surface = WorldMaker.New(recipe, 40, 0.4, seed);
            GridGeometry geometry = GridGeometry.Covering(-20, -20, 20, 20, 0.2);
            Grid<bool> reached = ReachableArea.Compute(
                surface, new MobilityLimits(), new Vector2d(WorldMaker.StartPoses[0].X, WorldMaker.StartPoses[0].Y), geometry);

            Assert.All(WorldMaker.StartPoses, start => Assert.True(geometry.TryCell(start.X, start.Y, out int col, out int row) && reached[col, row], $"{kind} {seed}: {start}"));
            double part = reached.Cells.ToArray().Count(cell => cell) / (double)geometry.CellCount;
            Assert.True(part > 0.15, $"{kind} {seed}: {part:0.00} can be reached");
            Assert.True(TriangleMesh.OfGround(surface.Ground).IsClosed, $"{kind} {seed}");
            Assert.All(surface.Rocks.Rocks.ToArray(), rock => Assert.True(RockClasses.TryParse(RockClasses.ModelName((int)Math.Round(rock.Diameter * 1000)), out double d) && d == rock.Diameter));
        }
    }

    [Fact]
    public void New_SameSeed_SameWorldAndAnotherOtherwise()
    {
        float[] Heights(ulong seed) => WorldMaker.New(WorldRecipes.LunarPole, 30, 0.5, seed).Ground.Vertices.ToArray();
        Assert.Equal(Heights(1), Heights(1));
        Assert.NotEqual(Heights(1), Heights(2));
    }

    [Fact]
    public void Canyon_Walls_AreHigherThanItsFloor()
    {
        HeightField ground = WorldMaker.New(WorldRecipes.Canyon, 60, 0.5, 1).Ground;
        Assert.True(ground.Height(0, 30) - ground.Height(0, 0) > 4);
        Assert.True(ground.Height(0, -30) - ground.Height(0, 0) > 4);
    }

    [Fact]
    public void LavaTube_Trench_LeadsDownToThePit()
    {
        HeightField ground = WorldMaker.New(WorldRecipes.LavaTube, 60, 0.5, 1).Ground;
        Assert.True(ground.Height(0, 0) - ground.Height(20, 1.0) > 3);
        Assert.True(ground.Height(20, 14) - ground.Height(20, 1.0) > 3);
    }

    [Fact]
    public void GroundMesh_IsClosedAndHoldsItsVertices()
    {
        HeightField ground = HeightField.FromFunction(new GridGeometry(7, 5, 0.5, -1, -2), (x, y) => (x * x) - y);
        TriangleMesh mesh = TriangleMesh.OfGround(ground);

        Assert.True(mesh.IsClosed);
        Assert.True(mesh.Volume > 0);
        Assert.Equal(ground[3, 2], mesh.Vertices[(2 * 7) + 3].Z, 6);
        Assert.Equal(mesh.Vertices.Count, mesh.TextureCoordinates.Count);
    }

    [Fact]
    public void RockMesh_IsClosedAndFillsMostOfItsHalfEllipsoid()
    {
        TriangleMesh mesh = TriangleMesh.OfHalfEllipsoid(0.8, 0.4);
        double exact = 2.0 / 3.0 * Math.PI * 0.4 * 0.4 * 0.4;

        Assert.True(mesh.IsClosed);
        Assert.InRange(mesh.Volume, 0.93 * exact, exact);
    }

    [Fact]
    public void Closed_MeshWithAHole_IsNot()
    {
        TriangleMesh rock = TriangleMesh.OfHalfEllipsoid(1, 0.5);
        Assert.False((rock with { Triangles = [.. rock.Triangles.Skip(3)] }).IsClosed);
        Assert.False((rock with { Triangles = [rock.Triangles[1], rock.Triangles[0], rock.Triangles[2], .. rock.Triangles.Skip(3)] }).IsClosed);
    }

    [Fact]
    public void Obj_OfAMesh_HasAllOfItAndAMaterial()
    {
        string text = ObjWriter.Write(TriangleMesh.OfHalfEllipsoid(1, 0.5, 2, 4), "rock.mtl", "rock");
        Assert.StartsWith("mtllib rock.mtl\nusemtl rock\nv 0.5 0 0\n", text, StringComparison.Ordinal);
        Assert.Equal(10, text.Split('\n').Count(line => line.StartsWith("v ", StringComparison.Ordinal)));
        Assert.Equal(10, text.Split('\n').Count(line => line.StartsWith("vn ", StringComparison.Ordinal)));
        Assert.Equal(16, text.Split('\n').Count(line => line.StartsWith("f ", StringComparison.Ordinal)));
        Assert.Contains("\nf 1//1 2//2 6//6\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Normals_OfARock_PointOutwards()
    {
        TriangleMesh rock = TriangleMesh.OfHalfEllipsoid(1, 0.5);
        Vector3d[] normals = rock.VertexNormals();
        Assert.All(normals, normal => Assert.Equal(1, normal.Length, 9));
        Assert.Equal(new Vector3d(0, 0, 1), normals[^2], new Near());
        Assert.Equal(new Vector3d(0, 0, -1), normals[^1], new Near());
    }

    private sealed class Near : IEqualityComparer<Vector3d>
    {
        public bool Equals(Vector3d x, Vector3d y) => (x - y).Length < 1e-9;

        public int GetHashCode(Vector3d obj) => 0;
    }

    [Theory]
    [InlineData("aios_rock_0250", 0.25)]
    [InlineData("aios_rock_1680", 1.68)]
    public void RockName_OfAClass_TellsItsSize(string name, double diameter)
    {
        Assert.True(RockClasses.TryParse(name, out double found));
        Assert.Equal(diameter, found, 12);
    }

    [Theory]
    [InlineData("aios_rover")]
    [InlineData("aios_rock_")]
    [InlineData("aios_rock_-250")]
    [InlineData("aios_rock_99999")]
    public void RockName_OfNone_IsRefused(string name) => Assert.False(RockClasses.TryParse(name, out _));
}
