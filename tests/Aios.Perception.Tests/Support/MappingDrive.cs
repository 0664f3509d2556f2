using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Perception.Tests.Support;

/// <summary>A rover driven along a given course with its whole perception running as its nodes run it.</summary>
internal sealed class MappingDrive
{
    private const long ImuPeriodNs = 25_000_000;
    private const long WheelPeriodNs = 50_000_000;
    private const long ScanPeriodNs = 500_000_000;
    private const long SecondNs = 1_000_000_000;

    public MappingDrive(
        PlanetSurface planet, Pose2 start, ulong seed, bool matching,
        LocaliserOptions? localiser = null, ElevationMapOptions? mapping = null, TerrainMatcherOptions? matcher = null)
    {
        Rover = new TestRover(planet, start, seed);
        Matching = matching;
        localiser ??= new LocaliserOptions();
        Localiser = new Localiser(start, Rover.Truth.Position.Z, localiser with { GravityMps2 = planet.GravityMps2 });
        Map = new ElevationMap(GridGeometry.Covering(-45, -45, 45, 45, 0.2), mapping);
        Matcher = new TerrainMatcher(matcher);
        Traversability = new TraversabilityMap(Map);
    }

    public TestRover Rover { get; }

    public Localiser Localiser { get; }

    public ElevationMap Map { get; }

    public TraversabilityMap Traversability { get; }

    public TerrainMatcher Matcher { get; }

    public bool Matching { get; }

    public long NowNs { get; private set; }

    public double WorstErrorM { get; private set; }

    public double ErrorM => (Rover.Truth.Position.XY - Localiser.Estimate.MapFromBase.Position.XY).Length;

    public double HeightErrorM => Localiser.Estimate.MapFromBase.Position.Z - Rover.Truth.Position.Z;

    /// <summary>Drives for a time with constant wheel commands.</summary>
    public void Run(double seconds, double speed, double turnRate)
    {
        const long StepNs = 25_000_000;
        long end = NowNs + (long)(seconds * SecondNs);
        while (NowNs < end)
        {
            NowNs += StepNs;
            Rover.Drive(speed, turnRate, StepNs * 1e-9);
            Sense(speed, turnRate);
        }
    }

    /// <summary>Drives to a place, steering by the true pose: the course does not depend on the estimate.</summary>
    public void DriveTo(Vector2d goal)
    {
        for (int i = 0; i < 3000 && Rover.Pose.Position.DistanceTo(goal) > 0.5; i++)
        {
            Vector2d way = goal - Rover.Pose.Position;
            double bearing = Angles.Difference(DetMath.Atan2(way.Y, way.X), Rover.Pose.Yaw);
            bool turn = Math.Abs(bearing) > 0.5;
            Run(0.1, turn ? 0 : 0.5, Math.Clamp(2 * bearing, -0.5, 0.5));
        }
    }

    private void Sense(double speed, double turnRate)
    {
        if (NowNs % ImuPeriodNs == 0)
        {
            (Vector3d gyro, Vector3d force) = Rover.Imu();
            Localiser.OnImu(gyro, force, NowNs);
        }

        if (NowNs % WheelPeriodNs == 0)
        {
            Localiser.OnWheelOdometry(Rover.Wheels(), TestRover.WheelTurnRate(turnRate), NowNs);
            WorstErrorM = Math.Max(WorstErrorM, ErrorM);
        }

        if (NowNs % SecondNs == 0)
        {
            Localiser.OnHeading(Rover.Heading(), 0.0147 * 0.0147, NowNs);
        }

        if (NowNs % ScanPeriodNs == 0)
        {
            Rover.TakeScan();
            if (Matching && NowNs % ScanPeriodNs == 0)
            {
                TerrainMatch match = Matcher.Match(Map, Rover.Scan, Localiser.Estimate.MapFromBase, TestRover.BaseFromSensor);
                Localiser.OnTerrainMatch(match, NowNs);
            }

            Pose3 mapFromSensor = Localiser.Estimate.MapFromBase.Compose(TestRover.BaseFromSensor);
            Map.Integrate(Rover.Scan, mapFromSensor, NowNs, Localiser.PositionVariance);
            if (NowNs % SecondNs == 0)
            {
                Traversability.Update();
            }
        }
    }
}
