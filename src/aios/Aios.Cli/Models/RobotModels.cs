using Aios.Numerics;
using Aios.Sim;

namespace Aios.Cli.Models;

/// <summary>The robots: their dimensions and masses are those of the built-in simulator's catalogue.</summary>
internal static class RobotModels
{
    private const double QuarterTurn = 0.5 * Math.PI;

    /// <summary>All, in a fixed order.</summary>
    public static IReadOnlyList<RobotDescription> All { get; } = [RockerBogie(), Scout(), RelayMast()];

    /// <summary>Where the lidar sits on the six-wheel rover.</summary>
    public static Pose3 BaseFromLidar { get; } = new(
        new Vector3d(RoverCatalogue.RockerBogie6.Sensors.Lidar.MountForwardM, 0, RoverCatalogue.RockerBogie6.Sensors.Lidar.MountHeightM), Quaterniond.Identity);

    /// <summary>The robot of a model of the simulator's catalogue.</summary>
    public static RobotDescription Of(string model) => model == RoverCatalogue.Scout4.Name ? All[1] : All[0];

    private static RobotDescription RockerBogie()
    {
        var model = RoverCatalogue.RockerBogie6;
        var (c, lidar) = (model.Chassis, model.Sensors.Lidar);
        const double Wheels = 2.0, Rocker = 3.0, Bogie = 1.5, RockerX = 0.16, RockerZ = 0.36, BogieX = -0.21, BogieZ = 0.26;
        const double LidarMass = 1.0, CameraMass = 0.5, ImuMass = 0.1, MastMass = 1.5;
        var body = c.MassKg - (6 * Wheels) - (2 * (Rocker + Bogie)) - LidarMass - CameraMass - ImuMass - MastMass;
        var links = new List<RobotLink>
        {
            new("base_link",
            [
                Box(0.72 * c.LengthM, 0.52 * c.WidthM, 0.2, new(0, 0, c.GroundClearanceM + 0.13), 0.9 * body, "body"),
                Box(0.86 * c.LengthM, 0.82 * c.WidthM, 0.02, new(-0.1, 0, c.GroundClearanceM + 0.24), 0.1 * body, "panel") with { Collides = false },
            ]),
        };
        foreach (var (side, y) in Sides(0.5 * c.TrackM))
        {
            var arm = 0.78 * y;
            links.Add(new RobotLink($"rocker_{side}", [Bar(0, 0, c.HalfWheelbaseM - RockerX, c.WheelRadiusM - RockerZ, 0.6 * Rocker), Bar(0, 0, BogieX - RockerX, BogieZ - RockerZ, 0.4 * Rocker)])
            {
                Joint = new RobotJoint("base_link", RobotJointKind.Revolute, RockerX, arm, RockerZ) { Limit = 0.35, Stiffness = 250, Damping = 25 },
            });
            links.Add(new RobotLink($"bogie_{side}", [Bar(0, 0, -BogieX, c.WheelRadiusM - BogieZ, 0.5 * Bogie), Bar(0, 0, -c.HalfWheelbaseM - BogieX, c.WheelRadiusM - BogieZ, 0.5 * Bogie)])
            {
                Joint = new RobotJoint($"rocker_{side}", RobotJointKind.Revolute, BogieX - RockerX, 0, BogieZ - RockerZ) { Limit = 0.5, Damping = 3 },
            });
            links.Add(Wheel($"wheel_front_{side}", $"rocker_{side}", c.HalfWheelbaseM - RockerX, y - arm, c.WheelRadiusM - RockerZ, c.WheelRadiusM, Wheels));
            links.Add(Wheel($"wheel_middle_{side}", $"bogie_{side}", -BogieX, y - arm, c.WheelRadiusM - BogieZ, c.WheelRadiusM, Wheels));
            links.Add(Wheel($"wheel_rear_{side}", $"bogie_{side}", -c.HalfWheelbaseM - BogieX, y - arm, c.WheelRadiusM - BogieZ, c.WheelRadiusM, Wheels));
        }

        links.AddRange(Head(lidar, c.GroundClearanceM + 0.23, MastMass, LidarMass, CameraMass, ImuMass));
        return new RobotDescription("aios_rover", "Six-wheel rocker-bogie rover", links)
        {
            Drive = Drive(model, "front", "middle", "rear"), BatteryWh = model.Power.CapacityWh,
        };
    }

    private static RobotDescription Scout()
    {
        var model = RoverCatalogue.Scout4;
        var (c, lidar) = (model.Chassis, model.Sensors.Lidar);
        const double Wheels = 1.1, LidarMass = 0.8, CameraMass = 0.3, ImuMass = 0.1, MastMass = 0.6;
        var body = c.MassKg - (4 * Wheels) - LidarMass - CameraMass - ImuMass - MastMass;
        var links = new List<RobotLink>
        {
            new("base_link", [Box(0.85 * c.LengthM, 0.62 * c.WidthM, 0.1, new(0, 0, c.GroundClearanceM + 0.05), body, "body")]),
        };
        foreach (var (side, y) in Sides(0.5 * c.TrackM))
        {
            links.Add(Wheel($"wheel_front_{side}", "base_link", c.HalfWheelbaseM, y, c.WheelRadiusM, c.WheelRadiusM, Wheels));
            links.Add(Wheel($"wheel_rear_{side}", "base_link", -c.HalfWheelbaseM, y, c.WheelRadiusM, c.WheelRadiusM, Wheels));
        }

        links.AddRange(Head(lidar, c.GroundClearanceM + 0.1, MastMass, LidarMass, CameraMass, ImuMass));
        return new RobotDescription("aios_scout", "Small four-wheel scout", links) { Drive = Drive(model, "front", "rear"), BatteryWh = model.Power.CapacityWh };
    }

    private static RobotDescription RelayMast() => new("aios_relay_mast", "Mast with a radio relay, to be set down by a rover",
    [
        new RobotLink("base_link",
        [
            Box(0.7, 0.7, 0.08, new(0, 0, 0.04), 18, "body"),
            Cylinder(0.025, 3.0, new(0, 0, 1.58), 3, "metal"),
            Box(0.12, 0.12, 0.1, new(0, 0, 3.13), 1.2, "accent"),
            Box(0.5, 0.02, 0.35, new(0, 0.1, 2.6), 1.5, "panel"),
        ]),
        new RobotLink("antenna", [Cylinder(0.008, 0.6, Vector3d.Zero, 0.3, "dark")]) { Joint = new RobotJoint("base_link", RobotJointKind.Fixed, 0, 0, 3.48) },
    ])
    {
        BatteryWh = 120,
    };

    private static IEnumerable<RobotLink> Head(LidarModel lidar, double deck, double mastMass, double lidarMass, double cameraMass, double imuMass)
    {
        var mast = lidar.MountHeightM - deck - 0.05;
        yield return new RobotLink("mast", [Cylinder(0.025, mast, new(0, 0, 0.5 * mast), mastMass, "metal")])
        {
            Joint = new RobotJoint("base_link", RobotJointKind.Fixed, lidar.MountForwardM, 0, deck),
        };
        yield return new RobotLink("lidar", [Cylinder(0.06, 0.1, Vector3d.Zero, lidarMass, "dark")])
        {
            Joint = new RobotJoint("base_link", RobotJointKind.Fixed, lidar.MountForwardM, 0, lidar.MountHeightM), Sensor = RobotSensor.Lidar,
        };
        yield return new RobotLink("camera", [Box(0.06, 0.18, 0.06, Vector3d.Zero, cameraMass, "body")])
        {
            Joint = new RobotJoint("base_link", RobotJointKind.Fixed, lidar.MountForwardM + 0.06, 0, lidar.MountHeightM - 0.15) { Pitch = 0.15 }, Sensor = RobotSensor.Camera,
        };
        yield return new RobotLink("imu", [Box(0.04, 0.04, 0.02, Vector3d.Zero, imuMass, "dark") with { Collides = false }])
        {
            Joint = new RobotJoint("base_link", RobotJointKind.Fixed, 0, 0, deck - 0.1), Sensor = RobotSensor.Imu,
        };
    }

    private static RobotDrive Drive(RoverModel model, params string[] axles) => new(
        [.. axles.Select(axle => $"wheel_{axle}_left_joint")],
        [.. axles.Select(axle => $"wheel_{axle}_right_joint")],
        model.Chassis.TrackM,
        model.Chassis.WheelRadiusM,
        model.Drive.MaxSpeedMps,
        model.Drive.MaxYawRateRps);

    private static (string Side, double Y)[] Sides(double y) => [("left", y), ("right", -y)];

    private static RobotLink Wheel(string name, string parent, double x, double y, double z, double radius, double mass) =>
        new(name, [Cylinder(radius, 1.05 * radius, Vector3d.Zero, mass, "dark") with { Roll = QuarterTurn }])
        {
            Joint = new RobotJoint(parent, RobotJointKind.Continuous, x, y, z) { Damping = 0.05 },
        };

    /// <summary>A bar in the plane of a side, from (x0, z0) to (x1, z1).</summary>
    private static RobotShape Bar(double x0, double z0, double x1, double z1, double mass)
    {
        var (dx, dz) = (x1 - x0, z1 - z0);
        var length = Math.Sqrt((dx * dx) + (dz * dz));
        return Box(length, 0.035, 0.035, new(0.5 * (x0 + x1), 0, 0.5 * (z0 + z1)), mass, "metal") with { Pitch = -DetMath.Atan2(dz, dx), Collides = false };
    }

    private static RobotShape Box(double x, double y, double z, Vector3d centre, double mass, string colour) => new(RobotShapeKind.Box, new(x, y, z), centre, mass, colour);

    private static RobotShape Cylinder(double radius, double length, Vector3d centre, double mass, string colour) =>
        new(RobotShapeKind.Cylinder, new(radius, radius, length), centre, mass, colour);
}
