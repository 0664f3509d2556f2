using System.Xml.Linq;
using aios_interfaces.msg;
using Aios.Cli.Missions;
using Aios.Cli.Worlds;
using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;
using ROS2.Simulation;
using YamlDotNet.RepresentationModel;

namespace Aios.Cli.Tests.Worlds;

public sealed class GazeboFleetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fleet_InAWorld_StandsAtItsStartsWithTopicsOfItsOwn()
    {
        var world = _folder.Write("world.sdf", """
            <?xml version="1.0"?>
            <sdf version="1.9"><world name="w"><frame name="start_1"><pose>1 2 3 0 0 0</pose></frame><frame name="start_2"/></world></sdf>
            """);
        var file = _folder.Write("fleet.sdf", GazeboFleet.Write(world, ["rover_1", "rover_2"]));

        var models = XDocument.Load(file).Descendants("model").ToList();
        Assert.Equal(["rover_1", "rover_2"], models.Select(model => (string?)model.Attribute("name")));
        Assert.Equal("start_2", (string?)models[1].Element("pose")!.Attribute("relative_to"));
        var topics = models.Select(model => model.Descendants().Where(e => e.Name.LocalName is "topic" or "odom_topic").Select(e => e.Value).ToHashSet(StringComparer.Ordinal)).ToList();
        Assert.All(topics[0], topic => Assert.StartsWith("/rover_1/", topic, StringComparison.Ordinal));
        Assert.Empty(topics[0].Intersect(topics[1]));
        Assert.Contains("rover_2/lidar", models[1].Descendants("gz_frame_id").Select(e => e.Value));

        var bridged = Bridge("rover_1").Where(entry => entry.Gazebo != "/model/rover_1/battery/battery/state").Select(entry => entry.Gazebo.Replace("/points/points", "/points", StringComparison.Ordinal));
        Assert.Equal(topics[0].Order(StringComparer.Ordinal), bridged.Order(StringComparer.Ordinal));
        WorldFileTests.CheckSdf(file, _folder.Path);
    }

    [Theory]
    [InlineData("<sdf version='1.9'/>", "has no world")]
    [InlineData("<sdf version='1.9'><world name='w'/></sdf>", "has no frame 'start_1'")]
    [InlineData("<sdf", "world.sdf: ")]
    public void World_WithoutPlace_IsOneLine(string text, string message)
    {
        var exception = Assert.Throws<AiosException>(() => GazeboFleet.Write(_folder.Write("world.sdf", text), ["rover_1"]));
        Assert.Equal(ExitCode.WrongInput, exception.ExitCode);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bridges_OfThePackage_AreWhatTheProgramWrites()
    {
        for (var i = 1; i <= GazeboFleet.MostRovers; i++)
        {
            Assert.Equal(GazeboFleet.WriteBridge($"rover_{i}"), File.ReadAllText(Path.Combine(AiosHome.Directory, $"ros_ws/src/aios_gazebo/config/rover_{i}.yaml")));
        }

        Assert.Equal(GazeboFleet.WriteClockBridge(), File.ReadAllText(Path.Combine(AiosHome.Directory, "ros_ws/src/aios_gazebo/config/clock.yaml")));
    }

    [Fact]
    public void Bridge_OfARover_HasTypesThatTheRoversUse()
    {
        var types = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);
        Assert.All(Bridge("rover_3"), entry =>
        {
            Assert.StartsWith("/rover_3/", entry.Ros, StringComparison.Ordinal);
            Assert.NotNull(types.FindMessage(entry.Type));
        });
        Assert.Single(Bridge("rover_3"), entry => entry.Direction == "ROS_TO_GZ" && entry.Ros == "/rover_3/cmd_vel");
    }

    [Fact]
    public void Hardware_HearingThePoseOfGazebo_SurveysOnceAndMeasuresTheHeading()
    {
        using var bus = new SimulatedBus(1);
        using var context = new RosContext(bus.CreateTransport("gazebo"));
        var node = context.CreateNode("hardware");
        _ = new GazeboHardware(node, "rover_1", 7);
        var headings = new List<Heading>();
        var surveys = new List<PoseWithCovarianceStamped>();
        node.CreateSubscription<Heading>("/rover_1/heading", headings.Add);
        node.CreateSubscription<PoseWithCovarianceStamped>("/rover_1/initialpose", surveys.Add, QosProfile.KeepLast(10).WithTransientLocal());
        var truth = node.CreatePublisher<nav_msgs.msg.Odometry>("/rover_1/gz/truth");
        var q = Quaterniond.FromYaw(1.25);
        for (var i = 0; i <= 100; i++)
        {
            var message = new nav_msgs.msg.Odometry();
            (message.Header.Stamp.Sec, message.Header.Stamp.Nanosec) = (i / 10, (uint)(i % 10) * 100_000_000);
            (message.Pose.Pose.Position.X, message.Pose.Pose.Orientation.Z, message.Pose.Pose.Orientation.W) = (4, q.Z, q.W);
            truth.Publish(message);
            bus.RunUntil((i + 1) * 100_000_000L);
        }

        var survey = Assert.Single(surveys).Pose.Pose;
        Assert.InRange(survey.Position.X, 3.9, 4.1);
        Assert.Equal(11, headings.Count);
        Assert.All(headings, heading => Assert.InRange(heading.Yaw, 1.15, 1.35));
        Assert.True(headings.Select(heading => heading.Yaw).Distinct().Count() > 5, "it has errors of its own");
    }

    private static List<(string Ros, string Gazebo, string Type, string Direction)> Bridge(string rover)
    {
        var yaml = new YamlStream();
        using var reader = new StringReader(GazeboFleet.WriteBridge(rover));
        yaml.Load(reader);
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode).Select(node => (Text(node, "ros_topic_name"), Text(node, "gz_topic_name"), Text(node, "ros_type_name"), Text(node, "direction")))];
    }

    private static string Text(YamlNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
