using Aios.Cli.Worlds;
using Aios.Numerics;
using Aios.Terrain;
using Aios.Terrain.Worlds;

namespace Aios.Cli.Tests.Worlds;

/// <summary>
/// The built-in simulator beside Gazebo's physics (DART) on the same world files, with the same commands. The bounds are those
/// of docs/worlds.md, with the figures that were found.
/// </summary>
public sealed class GazeboPhysicsTests : IDisposable
{
    /// <summary>Both come to rest on the ground before they drive.</summary>
    private static readonly DriveCommand Settle = DriveCommand.Drive(3, 0, 0);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void StraightClimb_OfTenDegrees_IsAsLongAndAsHigh()
    {
        var surface = World((x, _) => 0.176 * Math.Max(0, x), []);
        var (gazebo, builtIn) = Drive(surface, new Pose2(-2, 0, 0), Settle, DriveCommand.Drive(25, 0.4, 0));

        var (a, b) = (gazebo[^1], builtIn[^1]);
        Report($"climb: Gazebo {a}, built in {b}");
        Assert.InRange((b.Position.X + 2) / (a.Position.X + 2), 0.93, 1.03);
        Assert.InRange(b.Position.Y - a.Position.Y, -0.1, 0.1);
        Assert.InRange(b.Pitch - a.Pitch, -0.1, 0.1);
        StaysOnTheGround(gazebo, surface);
        StaysOnTheGround(builtIn, surface);
    }

    [Fact]
    public void Turn_OnASlopeOfSevenDegrees_EndsAlike()
    {
        var surface = World((_, y) => 0.12 * y, []);
        var (gazebo, builtIn) = Drive(surface, new Pose2(-3, 0, 0), Settle, DriveCommand.Drive(20, 0.3, 0.15));

        var (a, b) = (gazebo[^1], builtIn[^1]);
        Report($"turn: Gazebo {a}, built in {b}");
        Assert.InRange(Angles.WrapToPi(b.Yaw - a.Yaw), -0.5, 0.5);
        Assert.InRange((b.Position - a.Position).Length, 0, 1.0);
        Assert.InRange(GazeboPeer.Length(builtIn) / GazeboPeer.Length(gazebo), 0.9, 1.1);
    }

    [Fact]
    public void RockStrike_StopsBoth()
    {
        var surface = World((_, _) => 0, [RockClasses.Make(3, 0, -0.02, 1.2)]);
        var (gazebo, builtIn) = Drive(surface, new Pose2(0, 0, 0), Settle, DriveCommand.Drive(15, 0.3, 0));

        var (a, b) = (gazebo[^1], builtIn[^1]);
        Report($"strike: Gazebo {a}, built in {b}");
        Assert.InRange(b.Position.X - a.Position.X, -0.3, 0.3);
        Assert.All((TrackPoint[])[a, b], end => Assert.InRange(end.Position.X, 1.6, 2.2));
        Assert.InRange((gazebo[^1].Position - gazebo[^20].Position).Length, 0, 0.03);
        Assert.Equal(builtIn[^1].Position, builtIn[^20].Position);
    }

    [Fact]
    public void Traverse_OfAHundredMetres_IsAlike()
    {
        var surface = WorldMaker.New(WorldRecipes.CraterPlain, 60, 0.4, 3);
        surface = new PlanetSurface(surface.Ground, RockField.Empty, surface.Soil, surface.GravityMps2, surface.SunElevationRad, surface.SunAzimuthRad);
        Write(surface);
        (double X, double Y)[] places = [(20, 8), (2, 20), (-18, 12), (-22, -6), (-4, -10)];
        var (gazebo, builtIn) = Drive(surface, new Pose2(2.5, 0, 0), [Settle, .. places.Select(place => DriveCommand.GoTo(place.X, place.Y, 0.5))]);

        Report($"traverse: Gazebo {GazeboPeer.Length(gazebo)} m in {gazebo[^1].Time} s, built in {GazeboPeer.Length(builtIn)} m in {builtIn[^1].Time} s");
        Assert.InRange(GazeboPeer.Length(gazebo), 90, 110);
        Assert.InRange(GazeboPeer.Length(builtIn) / GazeboPeer.Length(gazebo), 0.95, 1.05);
        Assert.InRange(builtIn[^1].Time / gazebo[^1].Time, 0.9, 1.15);
        Assert.InRange((builtIn[^1].Position - gazebo[^1].Position).Length, 0, 0.6);
        var apart = builtIn.Skip(30).Max(point => gazebo.Min(other => (other.Position - point.Position).Length));
        Report($"traverse: tracks at most {apart} m apart");
        Assert.InRange(apart, 0, 1.0);
        StaysOnTheGround(gazebo, surface);
        StaysOnTheGround(builtIn, surface);
    }

    // The body's origin is in the plane of the wheels' contacts, which over a bump or a hollow is not the ground's height.
    private static void StaysOnTheGround(List<TrackPoint> track, PlanetSurface surface)
    {
        var worst = track.Skip(30).Max(point => Math.Abs(point.Position.Z - surface.Ground.Height(point.Position.X, point.Position.Y)));
        Report($"height above the ground: {worst} m at most");
        Assert.InRange(worst, 0, 0.12);
    }

    private static void Report(FormattableString text) => TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(text));

    private (List<TrackPoint> Gazebo, List<TrackPoint> BuiltIn) Drive(PlanetSurface surface, Pose2 start, params DriveCommand[] commands)
    {
        var file = _folder.File(WorldFile.FileName);
        return (GazeboPeer.DriveInGazebo(file, start, surface, commands), GazeboPeer.DriveBuiltIn(file, start, commands));
    }

    private PlanetSurface World(Func<double, double, double> height, Rock[] rocks)
    {
        var ground = HeightField.FromFunction(GridGeometry.Covering(-20.25, -20.25, 20.25, 20.25, 0.5), height);
        var surface = new PlanetSurface(ground, new RockField(rocks), SoilMap.Uniform(SoilKind.Cohesive), 3.71, 0.7, 0.5);
        Write(surface);
        return surface;
    }

    private void Write(PlanetSurface surface) => WorldFolder.Write(_folder.Path, new WorldPackage
    {
        Name = "comparison",
        Description = "For comparison",
        SizeM = 20,
        Surface = surface,
        Seed = 3,
        SolarIrradianceWpm2 = 590,
        Place = (0, 0),
        MaxSlopeDeg = 20,
        Starts = WorldMaker.StartPoses,
    });
}
