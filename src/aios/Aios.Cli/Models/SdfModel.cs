using Aios.Cli.Worlds;

namespace Aios.Cli.Models;

/// <summary>A robot as an SDF 1.9 model with the plugins and sensors that Gazebo needs to drive it.</summary>
internal static class SdfModel
{
    /// <summary>The text of <c>model.sdf</c>.</summary>
    public static string Write(RobotDescription robot)
    {
        using var sdf = new SdfWriter();
        sdf.In("sdf", () => sdf.In("model", () => WriteModel(sdf, robot), ("name", robot.Name)), ("version", "1.9"));
        return sdf.Text;
    }

    private static void WriteModel(SdfWriter sdf, RobotDescription robot)
    {
        sdf.Comment($"{robot.Text}. Made by: aios world models");
        foreach (var link in robot.Links)
        {
            sdf.In("link", () => WriteLink(sdf, link), ("name", link.Name));
            if (link.Joint is { } joint)
            {
                WriteJoint(sdf, link, joint);
            }
        }

        if (robot.Drive is { } drive)
        {
            WriteDrive(sdf, robot, drive);
        }
    }

    private static void WriteLink(SdfWriter sdf, RobotLink link)
    {
        if (link.Joint is { } joint)
        {
            sdf.Content("pose", SdfWriter.Numbers(joint.X, joint.Y, joint.Z, 0, joint.Pitch, 0), ("relative_to", joint.Parent));
        }

        WriteInertial(sdf, RobotInertia.Of(link.Shapes));
        for (var i = 0; i < link.Shapes.Count; i++)
        {
            var shape = link.Shapes[i];
            sdf.In("visual", () =>
            {
                WritePlace(sdf, shape);
                WriteGeometry(sdf, shape);
                var colour = RobotColours.All[shape.Colour];
                sdf.In("material", () =>
                {
                    sdf.Values("ambient", colour.X, colour.Y, colour.Z, 1);
                    sdf.Values("diffuse", colour.X, colour.Y, colour.Z, 1);
                });
            }, ("name", $"visual_{i + 1}"));
            if (shape.Collides)
            {
                sdf.In("collision", () => WriteCollision(sdf, link, shape), ("name", $"collision_{i + 1}"));
            }
        }

        if (link.Sensor is { } sensor)
        {
            SdfSensors.Write(sdf, sensor);
        }
    }

    private static void WriteCollision(SdfWriter sdf, RobotLink link, RobotShape shape)
    {
        WritePlace(sdf, shape);
        WriteGeometry(sdf, shape);
        if (link.Joint?.Kind == RobotJointKind.Continuous)
        {
            sdf.In("surface", () => sdf.In("friction", () => sdf.In("ode", () =>
            {
                sdf.Values("mu", 1.0);
                sdf.Values("mu2", 0.6); // skid steering slides sideways
                sdf.Values("fdir1", 1, 0, 0);
            })));
        }
    }

    private static void WriteInertial(SdfWriter sdf, in RobotInertia inertia)
    {
        var (c, mass) = (inertia.Centre, inertia.Mass);
        (string Name, double Value)[] moments =
        [
            ("ixx", inertia.Xx), ("ixy", inertia.Xy), ("ixz", inertia.Xz), ("iyy", inertia.Yy), ("iyz", inertia.Yz), ("izz", inertia.Zz),
        ];
        sdf.In("inertial", () =>
        {
            sdf.Values("pose", c.X, c.Y, c.Z, 0, 0, 0);
            sdf.Values("mass", mass);
            sdf.In("inertia", () =>
            {
                foreach (var (name, value) in moments)
                {
                    sdf.Values(name, value);
                }
            });
        });
    }

    private static void WritePlace(SdfWriter sdf, RobotShape shape) =>
        sdf.Values("pose", shape.Centre.X, shape.Centre.Y, shape.Centre.Z, shape.Roll, shape.Pitch, 0);

    private static void WriteGeometry(SdfWriter sdf, RobotShape shape) => sdf.In("geometry", () =>
    {
        switch (shape.Kind)
        {
            case RobotShapeKind.Box:
                sdf.In("box", () => sdf.Values("size", shape.Size.X, shape.Size.Y, shape.Size.Z));
                break;
            case RobotShapeKind.Cylinder:
                sdf.In("cylinder", () =>
                {
                    sdf.Values("radius", shape.Size.X);
                    sdf.Values("length", shape.Size.Z);
                });
                break;
            default:
                sdf.In("sphere", () => sdf.Values("radius", shape.Size.X));
                break;
        }
    });

    private static void WriteJoint(SdfWriter sdf, RobotLink link, RobotJoint joint) => sdf.In("joint", () =>
    {
        sdf.Value("parent", joint.Parent);
        sdf.Value("child", link.Name);
        if (joint.Kind == RobotJointKind.Fixed)
        {
            return;
        }

        sdf.In("axis", () =>
        {
            sdf.Values("xyz", 0, 1, 0);
            if (joint.Kind == RobotJointKind.Revolute)
            {
                sdf.In("limit", () =>
                {
                    sdf.Values("lower", -joint.Limit);
                    sdf.Values("upper", joint.Limit);
                });
            }

            sdf.In("dynamics", () =>
            {
                sdf.Values("damping", joint.Damping);
                sdf.Values("spring_reference", 0);
                sdf.Values("spring_stiffness", joint.Stiffness);
            });
        });

        // Not "continuous": Fortress' DART knows it not, and fixes such wheels. A revolute joint without limits is the same.
    }, ("name", link.Name + "_joint"), ("type", joint.Kind == RobotJointKind.Fixed ? "fixed" : "revolute"));

    private static void WriteDrive(SdfWriter sdf, RobotDescription robot, RobotDrive drive)
    {
        sdf.In("plugin", () =>
        {
            foreach (var joint in drive.Left)
            {
                sdf.Value("left_joint", joint);
            }

            foreach (var joint in drive.Right)
            {
                sdf.Value("right_joint", joint);
            }

            sdf.Values("wheel_separation", drive.TrackM);
            sdf.Values("wheel_radius", drive.WheelRadiusM);
            sdf.Values("max_linear_velocity", drive.MaxSpeedMps);
            sdf.Values("min_linear_velocity", -drive.MaxSpeedMps);
            sdf.Values("max_angular_velocity", drive.MaxYawRateRps);
            sdf.Values("min_angular_velocity", -drive.MaxYawRateRps);
            sdf.Values("odom_publish_frequency", 20);
        }, ("filename", "gz-sim-diff-drive-system"), ("name", "gz::sim::systems::DiffDrive"));
        sdf.In("plugin", () =>
        {
            sdf.Value("odom_frame", "world");
            sdf.Value("robot_base_frame", "base_link");
            sdf.Value("odom_topic", $"/model/{robot.Name}/truth");
            sdf.Values("dimensions", 3);
        }, ("filename", "gz-sim-odometry-publisher-system"), ("name", "gz::sim::systems::OdometryPublisher"));
        sdf.Empty("plugin", ("filename", "gz-sim-joint-state-publisher-system"), ("name", "gz::sim::systems::JointStatePublisher"));
        sdf.In("plugin", () =>
        {
            sdf.Value("publish_link_pose", "true");
            sdf.Value("use_pose_vector_msg", "true");
        }, ("filename", "gz-sim-pose-publisher-system"), ("name", "gz::sim::systems::PosePublisher"));
        sdf.In("plugin", () =>
        {
            sdf.Value("battery_name", "battery");
            sdf.Values("voltage", 29.6);
            sdf.Values("open_circuit_voltage_constant_coef", 33.6);
            sdf.Values("open_circuit_voltage_linear_coef", -8);
            sdf.Values("initial_charge", robot.BatteryWh / 29.6);
            sdf.Values("capacity", robot.BatteryWh / 29.6);
            sdf.Values("resistance", 0.08);
            sdf.Values("smooth_current_tau", 2);
            sdf.Values("power_load", 36);
        }, ("filename", "gz-sim-linearbatteryplugin-system"), ("name", "gz::sim::systems::LinearBatteryPlugin"));
    }
}
