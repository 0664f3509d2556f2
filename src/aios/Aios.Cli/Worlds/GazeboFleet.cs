using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Aios.Cli.Models;

namespace Aios.Cli.Worlds;

/// <summary>A world with rovers in it for Gazebo, and how <c>ros_gz_bridge</c> ties them to ROS 2.</summary>
/// <remarks>Gazebo's topics of a rover begin with its name, as ROS' do; frames are the rover's own, <c>rover_1/lidar</c>.</remarks>
internal static class GazeboFleet
{
    public const string FileName = "fleet.sdf";

    /// <summary>Start poses that a world has.</summary>
    public const int MostRovers = 6;

    private const string FromGazebo = "GZ_TO_ROS";
    private const string ToGazebo = "ROS_TO_GZ";

    /// <summary>The truth that Gazebo tells; only <c>aios node gazebo</c> listens, and makes measurements of it.</summary>
    public const string Truth = "gz/truth";

    /// <summary>The world's text with rovers at its start poses.</summary>
    /// <param name="file">A <c>world.sdf</c>.</param>
    /// <param name="rovers">Names, at most <see cref="MostRovers"/>.</param>
    /// <exception cref="AiosException">It cannot be read, or has no start pose for one of them.</exception>
    public static string Write(string file, IReadOnlyList<string> rovers)
    {
        XDocument document;
        try
        {
            document = XDocument.Load(file);
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            throw new AiosException(ExitCode.WrongInput, $"{file}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        var world = document.Root?.Element("world") ?? throw new AiosException(ExitCode.WrongInput, $"{file}: has no world, expected <sdf><world>");
        for (var i = 0; i < rovers.Count; i++)
        {
            var start = $"start_{i + 1}";
            if (!world.Elements("frame").Any(frame => (string?)frame.Attribute("name") == start))
            {
                throw new AiosException(ExitCode.WrongInput, $"{file}: has no frame '{start}', where {rovers[i]} would start");
            }

            world.Add(Rover(rovers[i], start));
        }

        return document + "\n";
    }

    /// <summary>A configuration of <c>ros_gz_bridge</c>'s <c>parameter_bridge</c> for one rover.</summary>
    public static string WriteBridge(string rover)
    {
        var text = new StringBuilder($"# {rover} between Gazebo and ROS 2, for ros_gz_bridge. Made by: aios world fleet\n");
        Append(text, $"/{rover}/points", $"/{rover}/points/points", "sensor_msgs/msg/PointCloud2", "gz.msgs.PointCloudPacked", FromGazebo);
        Append(text, $"/{rover}/imu", $"/{rover}/imu", "sensor_msgs/msg/Imu", "gz.msgs.IMU", FromGazebo);
        Append(text, $"/{rover}/camera", $"/{rover}/camera", "sensor_msgs/msg/Image", "gz.msgs.Image", FromGazebo);
        Append(text, $"/{rover}/wheel_odom", $"/{rover}/wheel_odom", "nav_msgs/msg/Odometry", "gz.msgs.Odometry", FromGazebo);
        Append(text, $"/{rover}/joint_states", $"/{rover}/joint_states", "sensor_msgs/msg/JointState", "gz.msgs.Model", FromGazebo);
        Append(text, $"/{rover}/battery_state", $"/model/{rover}/battery/battery/state", "sensor_msgs/msg/BatteryState", "gz.msgs.BatteryState", FromGazebo);
        Append(text, $"/{rover}/{Truth}", $"/{rover}/{Truth}", "nav_msgs/msg/Odometry", "gz.msgs.Odometry", FromGazebo);
        Append(text, $"/{rover}/cmd_vel", $"/{rover}/cmd_vel", "geometry_msgs/msg/TwistStamped", "gz.msgs.Twist", ToGazebo);
        return text.ToString();
    }

    /// <summary>The bridge of simulated time.</summary>
    public static string WriteClockBridge()
    {
        var text = new StringBuilder("# Gazebo's time for ROS 2, for ros_gz_bridge. Made by: aios world fleet\n");
        Append(text, "/clock", "/clock", "rosgraph_msgs/msg/Clock", "gz.msgs.Clock", FromGazebo);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string ros, string gazebo, string rosType, string gazeboType, string direction) => text.Append(
        CultureInfo.InvariantCulture,
        $"- ros_topic_name: {ros}\n  gz_topic_name: {gazebo}\n  ros_type_name: {rosType}\n  gz_type_name: {gazeboType}\n  direction: {direction}\n");

    private static XElement Rover(string rover, string start)
    {
        var model = XDocument.Parse(SdfModel.Write(RobotModels.All[0])).Root!.Element("model")!;
        model.SetAttributeValue("name", rover);
        model.AddFirst(new XElement("pose", new XAttribute("relative_to", start), "0 0 0.05 0 0 0"));
        foreach (var sensor in model.Descendants("sensor"))
        {
            var topic = sensor.Element("topic")!;
            topic.Value = $"/{rover}/{topic.Value}";
            var isImu = (string?)sensor.Attribute("type") == "imu";
            topic.AddAfterSelf(new XElement("gz_frame_id", $"{rover}/{(isImu ? "base_link" : (string?)sensor.Attribute("name"))}"));
        }

        foreach (var plugin in model.Elements("plugin"))
        {
            switch ((string?)plugin.Attribute("filename"))
            {
                case "gz-sim-diff-drive-system":
                    plugin.Add(
                        new XElement("topic", $"/{rover}/cmd_vel"), new XElement("odom_topic", $"/{rover}/wheel_odom"), new XElement("tf_topic", $"/{rover}/gz/tf"),
                        new XElement("frame_id", $"{rover}/odom"), new XElement("child_frame_id", $"{rover}/base_link"));
                    break;
                case "gz-sim-odometry-publisher-system":
                    plugin.Element("odom_topic")!.Value = $"/{rover}/{Truth}";
                    break;
                case "gz-sim-joint-state-publisher-system":
                    plugin.Add(new XElement("topic", $"/{rover}/joint_states"));
                    break;
            }
        }

        return model;
    }
}
