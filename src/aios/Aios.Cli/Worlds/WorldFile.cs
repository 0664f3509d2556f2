using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Aios.Numerics;
using Aios.Terrain;
using Aios.Terrain.Export;
using Aios.Terrain.Import;
using Aios.Terrain.Worlds;

namespace Aios.Cli.Worlds;

/// <summary>
/// A world as SDF 1.9: Gazebo (Fortress 6.16 and newer, Garden, Harmonic) loads it, and the built-in simulator reads the same
/// ground, rocks, gravity and sun from it.
/// </summary>
/// <remarks>
/// The ground is a triangle mesh for both collision and sight, because heightmaps differ between them by centimetres there.
/// Its heights are in <c>heights.tif</c> too, which the element <c>aios:ground</c> names: Gazebo skips elements of other
/// namespaces. Rocks are includes of models whose names tell their size.
/// </remarks>
internal static class WorldFile
{
    public const string FileName = "world.sdf";
    public const string HeightsName = "heights.tif";
    public const string RoofName = "meshes/roof.obj";
    private const string AiosNamespace = "urn:aios:sdf";
    private const double WallHeight = 6.0;
    private const double WallThickness = 0.5;

    /// <summary>Namespaces by prefix.</summary>
    public static IReadOnlyDictionary<string, string> Namespaces { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["aios"] = AiosNamespace, ["xacro"] = "http://www.ros.org/wiki/xacro" };

    /// <summary>Plugins of the world, by file and class.</summary>
    private static readonly (string File, string Class)[] Plugins =
    [
        ("gz-sim-physics-system", "gz::sim::systems::Physics"),
        ("gz-sim-user-commands-system", "gz::sim::systems::UserCommands"),
        ("gz-sim-scene-broadcaster-system", "gz::sim::systems::SceneBroadcaster"),
        ("gz-sim-imu-system", "gz::sim::systems::Imu"),
        ("gz-sim-contact-system", "gz::sim::systems::Contact"),
    ];

    /// <summary>The text of the file.</summary>
    public static string Write(WorldPackage world)
    {
        using var sdf = new SdfWriter();
        sdf.In(
            "sdf",
            () => sdf.In("world", () => WriteWorld(sdf, world), ("name", world.Name)),
            ("version", "1.9"),
            ("xmlns:aios", AiosNamespace));
        return sdf.Text;
    }

    /// <summary>A link's collision and sight of one mesh.</summary>
    public static void WriteMesh(SdfWriter sdf, string uri)
    {
        void Geometry() => sdf.In("geometry", () => sdf.In("mesh", () => sdf.Value("uri", uri)));
        sdf.In("collision", () =>
        {
            Geometry();
            sdf.In("surface", () => sdf.In("friction", () => sdf.In("ode", () =>
            {
                sdf.Values("mu", 0.9);
                sdf.Values("mu2", 0.9);
            })));
        }, ("name", "collision"));
        sdf.In("visual", Geometry, ("name", "visual"));
    }

    /// <summary>Reads a world that this program wrote, or that has the same elements.</summary>
    /// <param name="path">The file; what it refers to is relative to its folder.</param>
    /// <param name="sizeM">Side of the mission area, for the check that the ground covers it, m.</param>
    /// <param name="seed">Of the soil.</param>
    /// <exception cref="AiosException">It cannot be read; one line with file, what and what was expected.</exception>
    public static PlanetSurface Read(string path, double sizeM, ulong seed)
    {
        try
        {
            var world = XDocument.Load(path).Root?.Element("world") ?? throw Wrong(path, "has no world, expected <sdf><world>");
            var ground = ReadGround(path, world, sizeM);
            var (azimuth, elevation) = ReadSun(path, world);
            var gravity = Triple(path, "gravity", world.Element("gravity")?.Value ?? "0 0 -9.8");
            if (!(gravity.Z < 0 && gravity.Z > -30))
            {
                throw Wrong(path, $"gravity is {gravity.Z} along z, expected between -30 and 0 m/s²");
            }

            var spec = new TerrainSpec
            {
                GravityMps2 = -gravity.Z, SunAzimuthRad = azimuth, SunElevationRad = elevation, LandingSites = [],
            };
            return WorldMaker.FromParts(ground, ReadRocks(path, world), spec, seed, ReadRoof(path, world));
        }
        catch (ElevationFormatException exception)
        {
            throw new AiosException(ExitCode.WrongInput, exception.Message, exception);
        }
        catch (XmlException exception)
        {
            throw new AiosException(ExitCode.WrongInput, $"{path}:{exception.LineNumber}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AiosException(ExitCode.WrongInput, $"{path}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static void WriteWorld(SdfWriter sdf, WorldPackage world)
    {
        var surface = world.Surface;
        sdf.Comment($"{world.Description}; seed {world.Seed}. Made by: aios world");
        sdf.Values("gravity", 0, 0, -surface.GravityMps2);
        sdf.In("physics", () =>
        {
            sdf.Values("max_step_size", 0.004);
            sdf.Values("real_time_factor", 1);
        }, ("name", "4ms"), ("type", "dart"));
        foreach (var (file, name) in Plugins)
        {
            sdf.Empty("plugin", ("filename", file), ("name", name));
        }

        sdf.In("plugin", () => sdf.Value("render_engine", "ogre2"), ("filename", "gz-sim-sensors-system"), ("name", "gz::sim::systems::Sensors"));
        WriteSky(sdf, world);
        sdf.Empty("aios:ground", ("heights", HeightsName));
        sdf.In("model", () =>
        {
            sdf.Value("static", "true");
            sdf.In("link", () => WriteMesh(sdf, "meshes/ground.obj"), ("name", "link"));
        }, ("name", "ground"));
        if (surface.Overhang is not null)
        {
            sdf.Empty("aios:roof", ("mesh", RoofName));
            sdf.In("model", () =>
            {
                sdf.Value("static", "true");
                sdf.In("link", () => WriteMesh(sdf, RoofName), ("name", "link"));
            }, ("name", "roof"));
        }

        WriteWalls(sdf, surface.Ground);
        for (var i = 0; i < world.Starts.Count; i++)
        {
            var start = world.Starts[i];
            sdf.In("frame", () => sdf.Values("pose", start.X, start.Y, surface.Ground.Height(start.X, start.Y), 0, 0, start.Yaw), ("name", $"start_{i + 1}"));
        }

        var number = 0;
        foreach (var rock in surface.Rocks.Rocks)
        {
            var place = rock;
            var name = $"rock_{++number}";
            sdf.In("include", () =>
            {
                sdf.Value("name", name);
                sdf.Value("uri", "model://" + RockClasses.ModelName((int)Math.Round(place.Diameter * 1000)));
                sdf.Values("pose", place.X, place.Y, place.BaseZ, 0, 0, 0);
            });
        }
    }

    private static void WriteSky(SdfWriter sdf, WorldPackage world)
    {
        // SDF knows no other planet's surface before 1.10; the coordinates are those of the place all the same.
        sdf.In("spherical_coordinates", () =>
        {
            sdf.Value("surface_model", "EARTH_WGS84");
            sdf.Values("latitude_deg", world.Place.Latitude);
            sdf.Values("longitude_deg", world.Place.Longitude);
            sdf.Values("elevation", 0);
            sdf.Values("heading_deg", 0);
        });
        sdf.In("scene", () =>
        {
            sdf.Value("ambient", world.IsMoon ? "0.06 0.06 0.07 1" : "0.35 0.3 0.28 1");
            sdf.Value("background", world.IsMoon ? "0 0 0 1" : "0.76 0.6 0.46 1");
            sdf.Value("shadows", "true");
        });
        var sun = world.Surface.SunDirection;
        sdf.In("light", () =>
        {
            sdf.Value("cast_shadows", "true");
            sdf.Values("pose", 40 * sun.X, 40 * sun.Y, 40 * sun.Z, 0, 0, 0);
            sdf.Value("diffuse", world.IsMoon ? "1 1 0.97 1" : "1 0.93 0.84 1");
            sdf.Value("specular", "0.1 0.1 0.1 1");
            sdf.Values("direction", -sun.X, -sun.Y, -sun.Z);
        }, ("name", "sun"), ("type", "directional"));
    }

    // Beyond the ground's edge is a fall without end.
    private static void WriteWalls(SdfWriter sdf, HeightField ground)
    {
        (double X, double Y, double Length, double Width)[] walls =
        [
            (0.5 * (ground.MinX + ground.MaxX), ground.MinY, ground.MaxX - ground.MinX, WallThickness),
            (0.5 * (ground.MinX + ground.MaxX), ground.MaxY, ground.MaxX - ground.MinX, WallThickness),
            (ground.MinX, 0.5 * (ground.MinY + ground.MaxY), WallThickness, ground.MaxY - ground.MinY),
            (ground.MaxX, 0.5 * (ground.MinY + ground.MaxY), WallThickness, ground.MaxY - ground.MinY),
        ];
        var height = ground.MaxHeight - ground.MinHeight + WallHeight;
        sdf.In("model", () =>
        {
            sdf.Value("static", "true");
            sdf.In("link", () =>
            {
                for (var i = 0; i < walls.Length; i++)
                {
                    var wall = walls[i];
                    sdf.In("collision", () =>
                    {
                        sdf.Values("pose", wall.X, wall.Y, ground.MinHeight + (0.5 * height), 0, 0, 0);
                        sdf.In("geometry", () => sdf.In("box", () => sdf.Values("size", wall.Length, wall.Width, height)));
                    }, ("name", $"wall_{i + 1}"));
                }
            }, ("name", "link"));
        }, ("name", "edge"));
    }

    private static HeightField ReadGround(string path, XElement world, double sizeM)
    {
        var name = world.Element(XName.Get("ground", AiosNamespace))?.Attribute("heights")?.Value
            ?? throw Wrong(path, $"has no <aios:ground heights=\"…\"/> (xmlns:aios=\"{AiosNamespace}\"), expected a world that aios world wrote");
        var file = Path.Combine(Path.GetDirectoryName(path) ?? "", name);
        var raster = ElevationFile.Read(file);
        if (raster.Width != raster.Height || !(raster.PixelWidthM > 0) || raster.PixelWidthM != raster.PixelHeightM)
        {
            throw Wrong(file, $"is {raster.Width} x {raster.Height} pixels of {raster.PixelWidthM} x {raster.PixelHeightM} m, expected a square of square pixels");
        }

        var side = (raster.Width - 1) * raster.PixelWidthM;
        if (!(side >= sizeM) || float.IsNaN(raster.Range().Min))
        {
            throw Wrong(file, string.Create(CultureInfo.InvariantCulture, $"is {side} m wide, expected at least the mission area's {sizeM} m"));
        }

        var heights = new float[raster.Width * raster.Height];
        for (var row = 0; row < raster.Height; row++)
        {
            raster.Heights.Slice(row * raster.Width, raster.Width).CopyTo(heights.AsSpan((raster.Height - 1 - row) * raster.Width));
        }

        if (heights.Any(height => !float.IsFinite(height)))
        {
            throw Wrong(file, "has pixels without data, expected a height in each");
        }

        return HeightField.FromVertices(raster.Width, raster.Height, raster.PixelWidthM, -0.5 * side, -0.5 * side, heights);
    }

    private static TriangleMesh? ReadRoof(string path, XElement world)
    {
        if (world.Element(XName.Get("roof", AiosNamespace)) is not { } roof)
        {
            return null;
        }

        var name = roof.Attribute("mesh")?.Value ?? throw Wrong(path, "<aios:roof> names no mesh, expected mesh=\"FILE.obj\"");
        var file = Path.Combine(Path.GetDirectoryName(path) ?? "", name);
        return ObjReader.Read(file, File.ReadAllText(file));
    }

    private static IEnumerable<Rock> ReadRocks(string path, XElement world)
    {
        foreach (var include in world.Elements("include"))
        {
            var model = (include.Element("uri")?.Value ?? "").Split('/')[^1];
            if (RockClasses.TryParse(model, out var diameter))
            {
                var pose = include.Element("pose")?.Value ?? "0 0 0";
                var at = Triple(path, "pose", string.Join(' ', pose.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Take(3)));
                yield return RockClasses.Make(at.X, at.Y, at.Z, diameter);
            }
        }
    }

    private static (double Azimuth, double Elevation) ReadSun(string path, XElement world)
    {
        var light = world.Elements("light").FirstOrDefault(element => element.Attribute("type")?.Value == "directional")
            ?? throw Wrong(path, "has no directional light, expected one for the sun");
        var direction = Triple(path, "direction", light.Element("direction")?.Value ?? "0 0 -1");
        if (!(direction.Length > 0))
        {
            throw Wrong(path, "the sun's direction is 0 0 0, expected where its light goes");
        }

        var towards = direction * (-1.0 / direction.Length);
        return (DetMath.Atan2(towards.Y, towards.X), DetMath.Asin(Math.Clamp(towards.Z, -1, 1)));
    }

    private static Vector3d Triple(string path, string what, string text)
    {
        var words = text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        var values = new double[3];
        for (var i = 0; i < 3; i++)
        {
            if (words.Length != 3 || !double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
            {
                throw Wrong(path, $"{what} is '{text.Trim()}', expected three numbers");
            }
        }

        return new Vector3d(values[0], values[1], values[2]);
    }

    private static AiosException Wrong(string file, FormattableString problem) => Wrong(file, problem.ToString(CultureInfo.InvariantCulture));

    private static AiosException Wrong(string file, string problem) => new(ExitCode.WrongInput, $"{file}: {problem}");
}
