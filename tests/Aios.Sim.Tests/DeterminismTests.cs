using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim.Tests;

public class DeterminismTests
{
    /// <summary>Changes only together with the physics, the sensors, the random streams or the terrain generator.</summary>
    private const string Golden =
        "1AC2CB5780A006D409DDFD897E35FDAA4309FEBFAA4C440C76D4661701E7A81B";

    /// <summary>Hills and a lattice of rocks from exact arithmetic, so that the generator may change without changing this.</summary>
    private static readonly Lazy<PlanetSurface> World = new(() =>
    {
        static double Hills(double x, double y) => (0.8 * DetMath.Sin(0.31 * x)) + (0.6 * DetMath.Cos(0.27 * y));
        IEnumerable<Rock> rocks =
            from i in Enumerable.Range(-7, 15)
            from j in Enumerable.Range(-7, 15)
            let x = (4.5 * i) + 1.7
            let y = (4.5 * j) + 2.1
            let size = 0.15 + (0.05 * (((i * 7) + (j * 3) + 80) % 9))
            select new Rock(x, y, Hills(x, y) - 0.05, size, 0.6 * size);
        return TestWorlds.Surface(Hills, rocks: [.. rocks]);
    });

    [Fact]
    public void Scans_BackwardsOrAtOnce_AreTheSameToTheBit()
    {
        const double OftenTogetherHz = 13;
        int most = 0;
        string inOrder = Digest(1, OftenTogetherHz);
        string backwards = Digest(1, OftenTogetherHz, (count, scan) =>
        {
            most = Math.Max(most, count);
            for (int i = count - 1; i >= 0; i--)
            {
                scan(i);
            }
        });

        Assert.True(most > 1, "no step has two scans: nothing was tried");
        Assert.Equal(inOrder, backwards);
        Assert.Equal(inOrder, Digest(1, OftenTogetherHz, (count, scan) => Parallel.For(0, count, scan)));
    }

    /// <summary>A minute of three rovers on a generated world, all sensors on: SHA-256 of truths and measurements.</summary>
    private static string Digest(ulong seed, double lidarHz = 4, Action<int, Action<int>>? runScans = null)
    {
        RoverModel coarse = RoverCatalogue.RockerBogie6 with
        {
            Sensors = new SensorModel { Lidar = new LidarModel { RateHz = lidarHz, Azimuths = 60, GroundRings = 10, SkyRings = 4 } },
        };
        PlanetSimulation sim = new(
            World.Value, new SimulationOptions { RoversVisibleToLidar = true, RunScans = runScans },
            [
                new RoverSpec("rover_1", coarse, new Pose2(0, 0, 0.3)),
                new RoverSpec("rover_2", coarse, new Pose2(3, 0, 1.9)),
                new RoverSpec("rover_3", RoverCatalogue.Scout4, new Pose2(0, 3, -2.0)),
            ], seed);
        sim.Inject(new FaultSpec(FaultKind.RoverDeath, "rover_2", 40.0));
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (sim.NowNs < 60_000_000_000)
        {
            double t = sim.NowNs * 1e-9;
            for (int i = 0; i < 3; i++)
            {
                sim.Command(i, 0.4, 0.3 * DetMath.Sin((0.2 + (0.1 * i)) * t));
            }

            sim.Step();
            Add(hash, sim);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, PlanetSimulation sim)
    {
        Span<double> values = stackalloc double[8];
        foreach (SimulatedRover rover in sim.Rovers)
        {
            RoverTruth t = sim.Truth(rover.Index);
            SensorSuite s = rover.Sensors;
            values[0] = t.Position.X;
            values[1] = t.Position.Y;
            values[2] = t.Yaw;
            values[3] = t.Charge;
            values[4] = s.Imu.AngularVelocity.Z + s.Imu.LinearAcceleration.X;
            values[5] = s.Odometry.Pose.X;
            values[6] = s.Heading.YawRad;
            values[7] = t.Collisions;
            hash.AppendData(MemoryMarshal.AsBytes(values));
            if (s.Fresh.HasFlag(SensorEvents.Lidar))
            {
                hash.AppendData(MemoryMarshal.AsBytes(s.Lidar.Points));
            }
        }
    }

    [Fact]
    public void Run_SameSeed_SameBits_OtherSeed_OtherBits()
    {
        string first = Digest(1);
        Assert.Equal(first, Digest(1));
        Assert.NotEqual(first, Digest(2));
    }

    [Fact]
    public void Run_SeedOne_MatchesTheRecordedDigest() => Assert.Equal(Golden, Digest(1));

    [Fact]
    public void Step_AfterWarmUp_AllocatesNothing()
    {
        // Without optimisation every use of a table of constants allocates a handle.
        Assert.SkipWhen(IsUnoptimised(typeof(PlanetSimulation)) || IsUnoptimised(typeof(DetMath)), "needs a release build");
        PlanetSimulation sim = TestWorlds.Single(
            TestWorlds.Flat(new Rock(6.0, 0.0, 0.0, 0.5, 0.4)), options: new SimulationOptions());
        TestWorlds.Drive(sim, 0.4, 0.1, 5.0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
        {
            sim.Command(0, 0.4, 0.1);
            sim.Step();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256);
    }

    private static bool IsUnoptimised(Type type) =>
        type.Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    [Fact]
    public void Run_AnotherRoverAdded_FirstRoversSensorNoiseIsTheSame()
    {
        PlanetSimulation one = TestWorlds.Fleet(TestWorlds.Flat(), default(Pose2));
        PlanetSimulation two = TestWorlds.Fleet(TestWorlds.Flat(), default(Pose2), new Pose2(10, 10, 0));
        TestWorlds.Drive(one, 0.4, 0.1, 10.0);
        TestWorlds.Drive(two, 0.4, 0.1, 10.0);
        Assert.Equal(one.Truth(0), two.Truth(0));
        Assert.Equal(one.Rovers[0].Sensors.Imu.AngularVelocity, two.Rovers[0].Sensors.Imu.AngularVelocity);
    }
}
