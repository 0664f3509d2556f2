using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim.Tests;

public class SensorTests
{
    private static RoverModel WithLidar(LidarModel lidar) =>
        RoverCatalogue.RockerBogie6 with { Sensors = new SensorModel { Lidar = lidar } };

    private static LidarModel Clean => new() { RangeSigmaM = 0.0, DropoutProbability = 0.0 };

    private static PlanetSimulation ScanOnce(PlanetSurface surface, LidarModel lidar, Pose2 start = default)
    {
        PlanetSimulation sim = TestWorlds.Single(surface, start, WithLidar(lidar), options: new SimulationOptions());
        sim.Step();
        Assert.True(sim.Rovers[0].Sensors.Fresh.HasFlag(SensorEvents.Lidar));
        return sim;
    }

    [Fact]
    public void Lidar_FlatGround_RingsMeetGroundAtEvenSpacing()
    {
        PlanetSimulation sim = ScanOnce(TestWorlds.Flat(), Clean);
        LidarSensor lidar = sim.Rovers[0].Sensors.Lidar;
        for (int ring = 0; ring < 26; ring++)
        {
            double expected = 1.5 + (10.5 * ring / 25.0);
            for (int a = 0; a < lidar.Azimuths; a += 17)
            {
                Vector3d p = Point(lidar, ring, a);
                Assert.Equal(expected, p.XY.Length, 3);
                Assert.Equal(-1.5, p.Z, 3);
                Assert.Equal(0.0, Angles.Difference(DetMath.Atan2(p.Y, p.X), 2.0 * Math.PI * a / lidar.Azimuths), 5);
            }
        }
    }

    [Fact]
    public void Lidar_AboveTheHorizon_NoReturnIsNaN()
    {
        PlanetSimulation sim = ScanOnce(TestWorlds.Flat(), Clean);
        LidarSensor lidar = sim.Rovers[0].Sensors.Lidar;
        Assert.Equal(32, lidar.Rings);
        for (int a = 0; a < lidar.Azimuths; a++)
        {
            Assert.True(double.IsNaN(Point(lidar, 31, a).X));
        }
    }

    [Fact]
    public void Lidar_OnASlope_PointsLieOnThePlaneInTheMapFrame()
    {
        PlanetSimulation sim = ScanOnce(TestWorlds.Slope(15.0), Clean, new Pose2(1.0, 2.0, 0.8));
        RoverTruth t = sim.Truth(0);
        LidarSensor lidar = sim.Rovers[0].Sensors.Lidar;
        Quaterniond q = Quaterniond.FromRollPitchYaw(t.Roll, t.Pitch, t.Yaw);
        double rise = DetMath.Tan(Angles.DegreesToRadians(15.0));
        int hits = 0;
        for (int ring = 0; ring < lidar.Rings; ring++)
        {
            for (int a = 0; a < lidar.Azimuths; a++)
            {
                Vector3d p = Point(lidar, ring, a);
                if (!double.IsNaN(p.X))
                {
                    Vector3d map = t.Position + q.Rotate(p + new Vector3d(0.0, 0.0, 1.5));
                    Assert.Equal(rise * map.X, map.Z, 3);
                    hits++;
                }
            }
        }

        Assert.True(hits > 4000);
    }

    [Fact]
    public void Lidar_Noise_HasTheStatedSigma()
    {
        PlanetSimulation sim = ScanOnce(TestWorlds.Flat(), new LidarModel { DropoutProbability = 0.0, RangeSigmaM = 0.02 });
        LidarSensor lidar = sim.Rovers[0].Sensors.Lidar;
        double sum = 0.0;
        for (int a = 0; a < lidar.Azimuths; a++)
        {
            double error = Point(lidar, 0, a).Length - Math.Sqrt(4.5);
            sum += error * error;
        }

        Assert.InRange(Math.Sqrt(sum / lidar.Azimuths), 0.016, 0.024);
    }

    [Fact]
    public void Lidar_RoversVisible_SeesTheOtherAsCylinder()
    {
        PlanetSimulation sim = new(
            TestWorlds.Flat(), new SimulationOptions { RoversVisibleToLidar = true },
            [new RoverSpec("a", WithLidar(Clean), default), new RoverSpec("b", RoverCatalogue.RockerBogie6, new Pose2(5, 0, 0))], 3);
        sim.Step();
        Vector3d p = Point(sim.Rovers[0].Sensors.Lidar, 20, 0);
        Assert.Equal(4.6, p.X, 2);
    }

    [Fact]
    public void Imu_AtRestOnLevelGround_ReadsGravityUp()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        Vector3d mean = Mean(sim, 10.0);
        Assert.Equal(0.0, mean.X, 1);
        Assert.Equal(0.0, mean.Y, 1);
        Assert.InRange(mean.Z, TestWorlds.MarsGravity - 0.04, TestWorlds.MarsGravity + 0.04);
    }

    [Fact]
    public void Imu_AtRestNoseUp_ReadsGravityForwardAndUp()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(15.0));
        Vector3d mean = Mean(sim, 10.0);
        double slope = Angles.DegreesToRadians(15.0);
        Assert.InRange(mean.X, (TestWorlds.MarsGravity * DetMath.Sin(slope)) - 0.05, (TestWorlds.MarsGravity * DetMath.Sin(slope)) + 0.05);
        Assert.InRange(mean.Z, (TestWorlds.MarsGravity * DetMath.Cos(slope)) - 0.05, (TestWorlds.MarsGravity * DetMath.Cos(slope)) + 0.05);
    }

    [Fact]
    public void Imu_Turning_GyroIntegratesToTheTrueYaw()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        double integrated = 0.0;
        double yaw = 0.0;
        double last = 0.0;
        TestWorlds.Drive(sim, 0.2, 0.4, 30.0, s =>
        {
            integrated += s.Rovers[0].Sensors.Imu.AngularVelocity.Z * 0.02;
            yaw += Angles.Difference(s.Truth(0).Yaw, last);
            last = s.Truth(0).Yaw;
        });
        Assert.InRange(integrated - yaw, -0.15, 0.15);
        Assert.True(yaw > 8.0);
    }

    [Fact]
    public void WheelOdometry_OnASlope_ErrorIsTheSlip()
    {
        RoverModel exact = RoverCatalogue.RockerBogie6 with
        {
            Sensors = new SensorModel { Odometry = new OdometryModel { ScaleSigma = 0.0, RimSpeedSigmaMps = 0.0 } },
        };
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(15.0), model: exact);
        TestWorlds.Drive(sim, 0.4, 0.0, 25.0);
        double believed = sim.Rovers[0].Sensors.Odometry.Pose.X;
        double slope = Angles.DegreesToRadians(15.0);
        double travelled = sim.Truth(0).Position.X / DetMath.Cos(slope);
        double slip = 1.0 - (travelled / believed);
        Assert.InRange(slip, 0.8 * SoilTraction.Cohesive.Slip(slope), 1.2 * SoilTraction.Cohesive.Slip(slope));
    }

    [Fact]
    public void WheelOdometry_AtRest_ReportsExactlyZero()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        sim.RunUntil(2_000_000_000);
        Assert.Equal(0.0, sim.Rovers[0].Sensors.Odometry.SpeedMps);
        Assert.Equal(0.0, sim.Rovers[0].Sensors.Odometry.Pose.X);
    }

    [Theory]
    [InlineData(0.7, HeadingSource.Sun)]
    [InlineData(-0.1, HeadingSource.Star)]
    public void Heading_BySunElevation_ComesFromSunOrStars(double elevation, HeadingSource source)
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(elevation), new Pose2(0, 0, 3.1));
        double sum = 0.0;
        int n = 0;
        TestWorlds.Drive(sim, 0.0, 0.0, 100.0, s =>
        {
            if (s.Rovers[0].Sensors.Fresh.HasFlag(SensorEvents.Heading))
            {
                double error = Angles.Difference(s.Rovers[0].Sensors.Heading.YawRad, 3.1);
                sum += error * error;
                n++;
            }
        });
        HeadingSensor heading = sim.Rovers[0].Sensors.Heading;
        Assert.Equal(source, heading.Source);
        Assert.InRange(n, 99, 101);
        Assert.InRange(sum / n / heading.VarianceRad2, 0.6, 1.5);
    }

    [Fact]
    public void Heading_SunBehindARidge_NoFix()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Surface((x, y) => x is > 5.0 and < 7.0 ? 6.0 : 0.0, sunElevation: 0.2));
        sim.RunUntil(1_100_000_000);
        TestWorlds.Drive(sim, 0.0, 0.0, 5.0, s => Assert.False(s.Rovers[0].Sensors.Fresh.HasFlag(SensorEvents.Heading)));
    }

    [Fact]
    public void Sensors_OverTenSeconds_KeepTheirRates()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(), options: new SimulationOptions());
        int[] counts = new int[5];
        TestWorlds.Drive(sim, 0.0, 0.0, 10.0, s =>
        {
            for (int i = 0; i < 5; i++)
            {
                counts[i] += ((int)s.Rovers[0].Sensors.Fresh >> i) & 1;
            }
        });
        int[] expected = [40, 500, 200, 10, 10];
        for (int i = 0; i < 5; i++)
        {
            Assert.InRange(counts[i], expected[i] - 1, expected[i] + 1);
        }
    }

    private static Vector3d Mean(PlanetSimulation sim, double seconds)
    {
        Vector3d sum = default;
        int n = 0;
        TestWorlds.Drive(sim, 0.0, 0.0, seconds, s =>
        {
            sum += s.Rovers[0].Sensors.Imu.LinearAcceleration;
            n++;
        });
        return sum / n;
    }

    private static Vector3d Point(LidarSensor lidar, int ring, int azimuth)
    {
        int i = 3 * ((ring * lidar.Azimuths) + azimuth);
        return new Vector3d(lidar.Points[i], lidar.Points[i + 1], lidar.Points[i + 2]);
    }
}
