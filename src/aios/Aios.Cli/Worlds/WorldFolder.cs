using System.Globalization;
using Aios.Cli.Reporting;
using Aios.Numerics;
using Aios.Terrain;
using Aios.Terrain.Export;
using Aios.Terrain.Worlds;

namespace Aios.Cli.Worlds;

/// <summary>Writes a world: <c>world.sdf</c> for Gazebo and the built-in simulator, what it refers to, and a mission to run in it.</summary>
internal static class WorldFolder
{
    private const int TexturePixels = 1024;

    /// <summary>Writes the folder. The same world gives the same files.</summary>
    /// <param name="directory">Exists or is made.</param>
    /// <param name="world">The world.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string directory, WorldPackage world)
    {
        Directory.CreateDirectory(Path.Combine(directory, "meshes"));
        var ground = world.Surface.Ground;
        File.WriteAllText(Path.Combine(directory, WorldFile.FileName), WorldFile.Write(world));
        File.WriteAllBytes(Path.Combine(directory, WorldFile.HeightsName), GeoTiffWriter.Write(ground));
        File.WriteAllText(Path.Combine(directory, "meshes", "ground.obj"), ObjWriter.Write(TriangleMesh.OfGround(ground), "ground.mtl", "ground"));
        File.WriteAllText(Path.Combine(directory, "meshes", "ground.mtl"), ObjWriter.WriteMaterial("ground", 1, 1, 1, "ground.png"));
        if (world.Surface.Overhang is { } roof)
        {
            File.WriteAllText(Path.Combine(directory, WorldFile.RoofName), ObjWriter.Write(roof.Mesh, "roof.mtl", "roof"));
            File.WriteAllText(Path.Combine(directory, "meshes", "roof.mtl"), ObjWriter.WriteMaterial("roof", 0.3, 0.2, 0.16));
        }

        File.WriteAllBytes(Path.Combine(directory, "meshes", "ground.png"), Texture(world));
        File.WriteAllText(Path.Combine(directory, "mission.yaml"), Mission(world));
        RockModels.Write(Path.Combine(directory, "models"), world);
    }

    // Colour of the ground without light: darker and rockier where it is steep, dust in hollows, grain everywhere.
    private static byte[] Texture(WorldPackage world)
    {
        var ground = world.Surface.Ground;
        var grain = SeededRandom.ForStream(world.Seed, "world/texture");
        var pixels = new byte[TexturePixels * TexturePixels * 4];
        (double R, double G, double B) flat = world.IsMoon ? (138, 136, 132) : (176, 104, 66), steep = world.IsMoon ? (96, 94, 92) : (112, 62, 44);
        for (var i = 0; i < TexturePixels * TexturePixels; i++)
        {
            var (row, col) = Math.DivRem(i, TexturePixels);
            var x = ground.MinX + ((col + 0.5) / TexturePixels * (ground.MaxX - ground.MinX));
            var y = ground.MaxY - ((row + 0.5) / TexturePixels * (ground.MaxY - ground.MinY));
            ground.Gradient(x, y, out var dx, out var dy);
            var rough = Math.Clamp(((dx * dx) + (dy * dy)) * 4, 0, 1);
            var height = (ground.Height(x, y) - ground.MinHeight) / Math.Max(ground.MaxHeight - ground.MinHeight, 0.1);
            var light = 0.86 + (0.16 * height) + (0.12 * (grain.NextDouble() - 0.5));
            pixels[4 * i] = Channel(flat.R, steep.R, rough, light);
            pixels[(4 * i) + 1] = Channel(flat.G, steep.G, rough, light);
            pixels[(4 * i) + 2] = Channel(flat.B, steep.B, rough, light);
            pixels[(4 * i) + 3] = 255;
        }

        return PngEncoder.Encode(pixels, TexturePixels, TexturePixels);
    }

    private static byte Channel(double flat, double steep, double rough, double light) =>
        (byte)Math.Clamp((flat + ((steep - flat) * rough)) * light, 0, 255);

    private static string Mission(WorldPackage world)
    {
        var rovers = string.Concat(world.Starts.Take(3).Select((start, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"  - {{name: rover_{i + 1}, start: {{x_m: {start.X:0.####}, y_m: {start.Y:0.####}, yaw_deg: {Angles.RadiansToDegrees(start.Yaw):0.##}}}}}\n")));
        return FormattableString.Invariant($$"""
            # {{world.Description}}. Written with the world; runs in the built-in simulator and, with the same ground and rocks, in Gazebo.
            name: {{world.Name}}
            description: "{{world.Description}}."

            world:
              sdf: {{WorldFile.FileName}}
              size_m: {{world.SizeM}}
              gravity_mps2: {{world.Surface.GravityMps2}}
              sun: {elevation_deg: {{Angles.RadiansToDegrees(world.Surface.SunElevationRad):0.###}}, azimuth_deg: {{Angles.RadiansToDegrees(world.Surface.SunAzimuthRad):0.###}}, irradiance_wpm2: {{world.SolarIrradianceWpm2}}}

            rovers:
            {{rovers}}
            goals:
              explore: {coverage: 0.9}
              return_home: {within_m: 3}

            constraints:
              time_limit_s: 2400
              max_slope_deg: {{world.MaxSlopeDeg}}

            acceptance:
              coverage: 0.9
              others_home: true

            """).ReplaceLineEndings("\n");
    }
}
