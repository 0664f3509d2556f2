using Aios.Cli.Worlds;
using Aios.Sim;

namespace Aios.Cli.Models;

/// <summary>Sensors of a robot in SDF, with the noise that the built-in simulator gives them.</summary>
internal static class SdfSensors
{
    /// <summary>Writes a sensor into the link that is open.</summary>
    public static void Write(SdfWriter sdf, RobotSensor sensor)
    {
        switch (sensor)
        {
            case RobotSensor.Lidar:
                sdf.In("sensor", () => WriteLidar(sdf, new LidarModel()), ("name", "lidar"), ("type", "gpu_lidar"));
                break;
            case RobotSensor.Imu:
                sdf.In("sensor", () => WriteImu(sdf, new ImuModel()), ("name", "imu"), ("type", "imu"));
                break;
            default:
                sdf.In("sensor", () => WriteCamera(sdf), ("name", "camera"), ("type", "camera"));
                break;
        }
    }

    // Gazebo spaces rings evenly in angle; the built-in lidar spaces them evenly on flat ground, between the same ends.
    private static void WriteLidar(SdfWriter sdf, LidarModel lidar)
    {
        sdf.Value("topic", "points");
        sdf.Values("update_rate", lidar.RateHz);
        sdf.In("lidar", () =>
        {
            sdf.In("scan", () =>
            {
                sdf.In("horizontal", () => WriteScan(sdf, lidar.Azimuths, -Math.PI, Math.PI));
                sdf.In("vertical", () => WriteScan(sdf, lidar.GroundRings + lidar.SkyRings, -0.79, 0.17));
            });
            sdf.In("range", () =>
            {
                sdf.Values("min", lidar.MinRangeM);
                sdf.Values("max", lidar.MaxRangeM);
            });
            WriteNoise(sdf, lidar.RangeSigmaM);
        });
    }

    private static void WriteScan(SdfWriter sdf, int samples, double from, double to)
    {
        sdf.Values("samples", samples);
        sdf.Values("min_angle", from);
        sdf.Values("max_angle", to);
    }

    private static void WriteImu(SdfWriter sdf, ImuModel imu)
    {
        sdf.Value("topic", "imu");
        sdf.Values("update_rate", imu.RateHz);
        sdf.In("imu", () =>
        {
            sdf.In("angular_velocity", () => WriteAxes(sdf, imu.GyroSigmaRps));
            sdf.In("linear_acceleration", () => WriteAxes(sdf, imu.AccelSigmaMps2));
        });
    }

    private static void WriteAxes(SdfWriter sdf, double sigma)
    {
        foreach (var axis in (ReadOnlySpan<string>)["x", "y", "z"])
        {
            sdf.In(axis, () => WriteNoise(sdf, sigma, ("type", "gaussian")));
        }
    }

    private static void WriteNoise(SdfWriter sdf, double sigma, params (string Name, string Value)[] attributes) => sdf.In("noise", () =>
    {
        if (attributes.Length == 0)
        {
            sdf.Value("type", "gaussian");
        }

        sdf.Values("mean", 0);
        sdf.Values("stddev", sigma);
    }, attributes);

    private static void WriteCamera(SdfWriter sdf)
    {
        sdf.Value("topic", "camera");
        sdf.Values("update_rate", 5);
        sdf.In("camera", () =>
        {
            sdf.Values("horizontal_fov", 1.2);
            sdf.In("image", () =>
            {
                sdf.Values("width", 640);
                sdf.Values("height", 400);
            });
            sdf.In("clip", () =>
            {
                sdf.Values("near", 0.1);
                sdf.Values("far", 200);
            });
        });
    }
}
