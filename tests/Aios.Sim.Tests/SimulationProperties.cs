using Aios.Numerics;
using Aios.Terrain;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Sim.Tests;

public class SimulationProperties
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(20251103, 11);

    private static readonly Lazy<PlanetSurface> Rocky = new(
        () => TerrainGenerator.Generate(new TerrainSpec { MissionSizeM = 40.0, MinReachableFraction = 0.0 }, 5));

    private static Gen<double> Between(double min, double max) =>
        Gen.Choose(0, 1_000_000).Select(i => min + ((max - min) * i * 1e-6));

    private static Arbitrary<double[]> Numbers(int count, double min, double max) =>
        Arb.From(Gen.ArrayOf(Between(min, max), count));

    [Fact]
    public void Attitude_AnyPlane_BodyUpIsThePlanesNormal() =>
        Prop.ForAll(Numbers(2, -1.5, 1.5), s =>
        {
            Attitude a = Attitude.OnPlane(s[0], s[1]);
            Vector3d up = a.FromBody(0.0, 0.0, 1.0);
            Vector3d normal = new Vector3d(-s[0], -s[1], 1.0).Normalized();
            return (up - normal).Length < 1e-12 && Math.Abs(a.CosTilt - normal.Z) < 1e-12;
        }).Check(Fixed);

    [Fact]
    public void Attitude_ToBodyAfterFromBody_IsTheSameVector() =>
        Prop.ForAll(Numbers(5, -1.4, 1.4), v =>
        {
            Attitude a = Attitude.FromAngles(v[0], v[1]);
            Vector3d level = a.FromBody(v[2], v[3], v[4]);
            Vector3d rotated = Quaterniond.FromRollPitchYaw(v[0], v[1], 0.0).Rotate(new Vector3d(v[2], v[3], v[4]));
            Vector3d back = a.ToBody(level.X, level.Y, level.Z);
            return (level - rotated).Length < 1e-12 && (back - new Vector3d(v[2], v[3], v[4])).Length < 1e-12;
        }).Check(Fixed);

    [Fact]
    public void Body_OnAnyPlaneAtAnyYaw_LiesOnIt() =>
        Prop.ForAll(Numbers(3, -1.0, 1.0), v =>
        {
            double sx = 0.4 * v[0];
            double sy = 0.4 * v[1];
            PlanetSimulation sim = TestWorlds.Single(
                TestWorlds.Surface((x, y) => (sx * x) + (sy * y)), new Pose2(3.0, -2.0, 3.0 * v[2]), TestWorlds.Sticky);
            RoverTruth t = sim.Truth(0);
            Vector3d up = Quaterniond.FromRollPitchYaw(t.Roll, t.Pitch, t.Yaw).Rotate(Vector3d.UnitZ);
            Vector3d normal = new Vector3d(-sx, -sy, 1.0).Normalized();
            return (up - normal).Length < 1e-3 && Math.Abs(t.Position.Z - ((3.0 * sx) - (2.0 * sy))) < 1e-3;
        }).Check(Fixed.WithMaxTest(30));

    [Fact]
    public void Slip_SteeperUphill_IsNeverLess() =>
        Prop.ForAll(Numbers(2, -0.6, 0.6), s =>
        {
            double low = Math.Min(s[0], s[1]);
            double high = Math.Max(s[0], s[1]);
            SoilTraction[] soils = [SoilTraction.Bedrock, SoilTraction.Cohesive, SoilTraction.LooseSand];
            return soils.All(soil => soil.Slip(low) <= soil.Slip(high)
                && soil.Slip(high) is >= -0.3 and <= 1.0
                && Math.Abs(soil.Slip(high) - soil.Parameters.Slip(high)) < 2e-3);
        }).Check(Fixed);

    [Fact]
    public void LinkBudget_Farther_IsNeverBetter() =>
        Prop.ForAll(Numbers(2, 0.1, 600.0), d =>
        {
            RadioModel model = new();
            bool Ordered(bool sight)
            {
                LinkBudget near = LinkBudget.Of(model, Math.Min(d[0], d[1]), sight);
                LinkBudget far = LinkBudget.Of(model, Math.Max(d[0], d[1]), sight);
                return near.Quality >= far.Quality && near.Loss <= far.Loss && near.BitRate >= far.BitRate
                    && near.Quality is >= 0.0 and <= 1.0 && near.Loss is >= 0.0 and <= 1.0;
            }

            LinkBudget seen = LinkBudget.Of(model, d[0], true);
            LinkBudget hidden = LinkBudget.Of(model, d[0], false);
            return Ordered(true) && Ordered(false) && seen.Quality >= hidden.Quality;
        }).Check(Fixed);

    [Fact]
    public void Drive_AnyCommandsOnRockyGround_StateStaysPossible() =>
        Prop.ForAll(Numbers(12, -1.0, 1.0), v =>
        {
            PlanetSimulation sim = TestWorlds.Single(Rocky.Value, new Pose2(15.0 * v[0], 15.0 * v[1], 3.0 * v[2]));
            double distance = 0.0;
            for (int i = 3; i < v.Length; i++)
            {
                TestWorlds.Drive(sim, 0.8 * v[i], v[(i * 7) % v.Length], 4.0);
                RoverTruth t = sim.Truth(0);
                if (!IsPossible(t, distance))
                {
                    return false;
                }

                distance = t.DistanceM;
            }

            return true;
        }).Check(Fixed.WithMaxTest(25));

    private static bool IsPossible(in RoverTruth t, double earlierDistance)
    {
        foreach (Rock rock in Rocky.Value.Rocks.Rocks)
        {
            double gap = new Vector2d(t.Position.X - rock.X, t.Position.Y - rock.Y).Length;
            if (rock.Height > 0.6 && gap < 0.6 + (0.4 * rock.Diameter))
            {
                return false;
            }
        }

        return double.IsFinite(t.Position.X + t.Position.Y + t.Position.Z + t.Roll + t.Pitch)
            && Rocky.Value.Ground.Contains(t.Position.X, t.Position.Y)
            && Math.Abs(t.RimLeftMps) <= 0.81 && Math.Abs(t.RimRightMps) <= 0.81
            && t.Charge is >= 0.0 and <= 1.0 && t.Yaw is > -Math.PI and <= Math.PI
            && t.DistanceM >= earlierDistance && t.TiltRad is >= 0.0 and <= Math.PI;
    }

    [Fact]
    public void Lidar_OnAnalyticHills_PointsAreWithinThreeCentimetres() =>
        Prop.ForAll(Numbers(3, -1.0, 1.0), v =>
        {
            static double Hills(double x, double y) => (0.6 * DetMath.Sin(0.35 * x)) + (0.5 * DetMath.Cos(0.3 * y));
            LidarModel clean = new() { RangeSigmaM = 0.0, DropoutProbability = 0.0, Azimuths = 36 };
            RoverModel model = RoverCatalogue.RockerBogie6 with { Sensors = new SensorModel { Lidar = clean } };
            PlanetSimulation sim = TestWorlds.Single(
                TestWorlds.Surface(Hills), new Pose2(10.0 * v[0], 10.0 * v[1], 3.0 * v[2]), model, options: new SimulationOptions());
            sim.Step();
            RoverTruth t = sim.Truth(0);
            Quaterniond q = Quaterniond.FromRollPitchYaw(t.Roll, t.Pitch, t.Yaw);
            ReadOnlySpan<float> points = sim.Rovers[0].Sensors.Lidar.Points;
            for (int i = 0; i < points.Length; i += 3)
            {
                Vector3d p = t.Position + q.Rotate(new Vector3d(points[i], points[i + 1], points[i + 2] + 1.5));
                if (Math.Abs(p.Z - Hills(p.X, p.Y)) > 0.03)
                {
                    return false;
                }
            }

            return true;
        }).Check(Fixed.WithMaxTest(20));
}
