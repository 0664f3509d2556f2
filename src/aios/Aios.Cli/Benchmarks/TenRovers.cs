using aios_interfaces.msg;
using Aios.Cli.Viewing;
using Aios.Nodes;
using Aios.Numerics;
using geometry_msgs.msg;
using sensor_msgs.msg;

namespace Aios.Cli.Benchmarks;

/// <summary>Ten rovers that drive outward on sixty metres of ground, with links, plans, frontiers and lidar scans.</summary>
/// <remarks>For one thread; its history may be read by others.</remarks>
internal sealed class TenRovers
{
    private const int Rovers = 10;
    private const int Seconds = 62;

    private static readonly string[] Names = [.. Enumerable.Range(1, Rovers).Select(i => $"rover_{i}")];

    private readonly ViewFeed _feed = new(new ViewHistory());
    private readonly List<ViewLidar> _lidars;
    private readonly PointCloud2 _cloud = Cloud();

    /// <param name="isLive">Whether the page is to take it for a running mission.</param>
    public TenRovers(bool isLive)
    {
        var map = new ViewMap(new GridGeometry(320, 320, 0.2, -32, -32));
        _feed.Hello(new ViewHello
        {
            Mission = "ten", Description = "", Seed = 1, Transport = "simulated", IsLive = isLive, Map = map.Geometry, Rovers = Names, AreaSize = 60,
        });
        map.Update(1, Ground(), null, _feed.History);
        _lidars = [.. Names.Select((_, i) => new ViewLidar(i, Pose3At(0, 0, 1.5, 0), _feed, isRecorded: !isLive))];
    }

    /// <summary>What was told.</summary>
    public ViewHistory Told => _feed.History;

    /// <summary>All of the recorded minute.</summary>
    public static ViewHistory History()
    {
        var fleet = new TenRovers(isLive: false);
        for (var time = 0; time <= Seconds; time++)
        {
            fleet.Tell(time);
        }

        fleet._feed.OnEnd(Seconds, "success", "");
        return fleet.Told;
    }

    /// <summary>Tells what happens at a time, s.</summary>
    public void Tell(double time)
    {
        for (var i = 0; i < Rovers; i++)
        {
            Tell(_feed, _lidars[i], _cloud, i, time);
        }

        _feed.OnLinks(time, Links(Names), Names);
        _feed.OnCoverage(time, Math.Min(1, time / Seconds));
    }

    private static void Tell(ViewFeed feed, ViewLidar lidar, PointCloud2 cloud, int rover, double time)
    {
        var angle = rover * 0.628;
        var (x, y) = (0.3 * time * Math.Cos(angle), 0.3 * time * Math.Sin(angle));
        var pose = new Pose();
        PoseMessages.Write(pose, Pose3At(x, y, 0.5, angle));
        lidar.MapFromBase = PoseMessages.Read(pose);
        lidar.OnCloud(time, cloud);
        feed.OnPose(rover, time, pose);
        feed.OnBattery(rover, time, new BatteryState { Percentage = 0.8f, Voltage = 28, Current = -3 });
        var plan = new nav_msgs.msg.Path();
        var frontiers = new visualization_msgs.msg.MarkerArray();
        frontiers.Markers.Add(new visualization_msgs.msg.Marker());
        for (var i = 0; i < 40; i++)
        {
            plan.Poses.Add(new PoseStamped { Pose = { Position = { X = x + (0.3 * i * Math.Cos(angle)), Y = y + (0.3 * i * Math.Sin(angle)) } } });
            frontiers.Markers[0].Points.Add(new Point { X = x + Math.Cos(i) * 8, Y = y + Math.Sin(i) * 8 });
        }

        feed.OnPlan(rover, time, plan);
        feed.OnFrontiers(rover, time, frontiers);
    }

    private static float[] Ground()
    {
        var heights = new float[320 * 320];
        for (var i = 0; i < heights.Length; i++)
        {
            heights[i] = (float)(Math.Sin(i % 320 * 0.05) + Math.Cos(i / 320 * 0.04));
        }

        return heights;
    }

    private static RadioLinks Links(string[] names)
    {
        var links = new RadioLinks();
        foreach (var from in names)
        {
            links.Links.AddRange(names.Where(to => to != from).Select(to => new RadioLink { FromHost = from, ToHost = to, Up = true, Quality = 0.7f }));
        }

        return links;
    }

    // 32 rings of 180 points, as the rovers' lidar has.
    private static PointCloud2 Cloud()
    {
        var cloud = new PointCloud2 { Height = 32, Width = 180, PointStep = 12, RowStep = 12 * 180 };
        foreach (var (name, offset) in (ReadOnlySpan<(string, uint)>)[("x", 0), ("y", 4), ("z", 8)])
        {
            cloud.Fields.Add(new PointField { Name = name, Offset = offset, Datatype = PointField.FLOAT32, Count = 1 });
        }

        for (var i = 0; i < 32 * 180; i++)
        {
            var (range, angle) = (1.5 + (0.3 * (i / 180)), i % 180 * 0.0349);
            foreach (var value in (ReadOnlySpan<float>)[(float)(range * Math.Cos(angle)), (float)(range * Math.Sin(angle)), -1.4f])
            {
                cloud.Data.AddRange(BitConverter.GetBytes(value));
            }
        }

        return cloud;
    }

    private static Pose3 Pose3At(double x, double y, double z, double yaw) => new(new Vector3d(x, y, z), Quaterniond.FromYaw(yaw));
}
