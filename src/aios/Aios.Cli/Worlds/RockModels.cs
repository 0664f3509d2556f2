using Aios.Terrain.Export;
using Aios.Terrain.Worlds;

namespace Aios.Cli.Worlds;

/// <summary>The rocks of a world as models, one for each size.</summary>
internal static class RockModels
{
    /// <summary>Writes the models of the sizes that a world has.</summary>
    /// <param name="directory">Folder of models.</param>
    /// <param name="world">The world.</param>
    public static void Write(string directory, WorldPackage world)
    {
        var sizes = world.Surface.Rocks.Rocks.ToArray().Select(rock => (int)Math.Round(rock.Diameter * 1000)).Distinct().Order();
        foreach (var size in sizes)
        {
            WriteModel(Path.Combine(directory, RockClasses.ModelName(size)), size, world.IsMoon);
        }
    }

    private static void WriteModel(string directory, int millimetres, bool isMoon)
    {
        Directory.CreateDirectory(Path.Combine(directory, "meshes"));
        var name = RockClasses.ModelName(millimetres);
        var mesh = TriangleMesh.OfHalfEllipsoid(millimetres * 1e-3, millimetres * 1e-3 * RockClasses.HeightRatio);
        File.WriteAllText(Path.Combine(directory, "meshes", "rock.obj"), ObjWriter.Write(mesh, "rock.mtl", "rock"));
        File.WriteAllText(Path.Combine(directory, "meshes", "rock.mtl"), isMoon ? ObjWriter.WriteMaterial("rock", 0.42, 0.41, 0.4) : ObjWriter.WriteMaterial("rock", 0.36, 0.22, 0.17));
        File.WriteAllText(Path.Combine(directory, "model.config"), ModelConfig.Write(name, $"A rock {millimetres} mm wide"));
        using var sdf = new SdfWriter();
        sdf.In(
            "sdf",
            () => sdf.In("model", () =>
            {
                sdf.Value("static", "true");
                sdf.In("link", () => WorldFile.WriteMesh(sdf, "meshes/rock.obj"), ("name", "link"));
            }, ("name", name)),
            ("version", "1.9"));
        File.WriteAllText(Path.Combine(directory, "model.sdf"), sdf.Text);
    }
}
