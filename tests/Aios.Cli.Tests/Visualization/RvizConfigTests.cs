using System.Text.Json;
using Aios.Cli.Visualization;
using ROS2;
using ROS2.Transport;
using YamlDotNet.RepresentationModel;

namespace Aios.Cli.Tests.Visualization;

/// <summary>What RViz and Foxglove are told to show is what a mission says, with a quality of service that matches.</summary>
public sealed class RvizConfigTests
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["rviz_default_plugins/RobotModel"] = "std_msgs/msg/String",
        ["rviz_default_plugins/PointCloud2"] = "sensor_msgs/msg/PointCloud2",
        ["rviz_default_plugins/Path"] = "nav_msgs/msg/Path",
        ["rviz_default_plugins/Pose"] = "geometry_msgs/msg/PoseStamped",
        ["rviz_default_plugins/MarkerArray"] = "visualization_msgs/msg/MarkerArray",
        ["rviz_default_plugins/Map"] = "nav_msgs/msg/OccupancyGrid",
        ["rviz_default_plugins/Odometry"] = "nav_msgs/msg/Odometry",
        ["grid_map_rviz_plugin/GridMap"] = "grid_map_msgs/msg/GridMap",
        ["rviz_default_plugins/SetGoal"] = "geometry_msgs/msg/PoseStamped",
    };

    public static TheoryData<string, int> Files => new() { { "rover.rviz", 1 }, { "fleet.rviz", 3 } };

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OfTheBringupPackage_IsWhatTheProgramWrites(string name, int rovers) =>
        Assert.Equal(RvizConfig.Write([.. Enumerable.Range(1, rovers).Select(i => $"rover_{i}")]), File.ReadAllText(PathOf("ros_ws/src/aios_bringup/rviz/" + name)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Display_Each_IsPublishedWithItsTypeAndMatchingQos(string name, int rovers)
    {
        using var mission = new ShownMission(rovers);
        var endpoints = mission.Endpoints;
        var displays = Displays(PathOf("ros_ws/src/aios_bringup/rviz/" + name));

        Assert.Equal((8 * rovers) + 2 + rovers + 1, displays.Count);
        foreach (var (kind, topic, qos) in displays)
        {
            var wanted = kind.EndsWith("SetGoal", StringComparison.Ordinal) ? GraphEndpointKind.Subscription : GraphEndpointKind.Publisher;
            var others = endpoints.Where(e => e.Kind == wanted && e.Name == topic).ToList();
            Assert.True(others.Count > 0, $"nobody has {topic} of {kind}");
            Assert.All(others, other => Assert.Equal(Types[kind], other.TypeName));
            Assert.All(others, other => Assert.Equal(
                QosPolicyKind.Invalid,
                wanted == GraphEndpointKind.Publisher ? QosCompatibility.FirstMismatch(other.Qos, qos) : QosCompatibility.FirstMismatch(qos, other.Qos)));
        }
    }

    [Fact]
    public void FoxgloveLayout_EachTopicAndService_IsThere()
    {
        using var mission = new ShownMission(3);
        var names = mission.Endpoints.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        using var layout = JsonDocument.Parse(File.ReadAllText(PathOf("launch/foxglove-layout.json")));

        var named = Strings(layout.RootElement).Where(text => text.StartsWith('/') && text is not ("/clicked_point" or "/initialpose"))
            .Select(text => text.Split('.')[0]).Distinct().ToList();
        Assert.True(named.Count > 15);
        Assert.All(named, name => Assert.Contains(name, names));
    }

    private static string PathOf(string file) => AiosHome.FindFile(file) ?? throw new FileNotFoundException(file);

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value).Append(p.Name)),
        _ => [],
    };

    private static List<(string Class, string Topic, QosProfile Qos)> Displays(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(file);
        yaml.Load(reader);
        var found = new List<(string Class, string Topic, QosProfile Qos)>();
        Collect(yaml.Documents[0].RootNode, found);
        return found;
    }

    private static void Collect(YamlNode node, List<(string Class, string Topic, QosProfile Qos)> found)
    {
        if (node is YamlMappingNode map)
        {
            foreach (var property in (string[])["Topic", "Description Topic"])
            {
                if (map.Children.TryGetValue(property, out var value) && value is YamlMappingNode topic)
                {
                    var qos = QosProfile.KeepLast(int.Parse(Text(topic, "Depth"), System.Globalization.CultureInfo.InvariantCulture));
                    qos = Text(topic, "Reliability Policy") == "Best Effort" ? qos.WithBestEffort() : qos;
                    qos = Text(topic, "Durability Policy") == "Transient Local" ? qos.WithTransientLocal() : qos;
                    found.Add((Text(map, "Class"), Text(topic, "Value"), qos));
                }
            }
        }

        foreach (var child in node switch { YamlMappingNode m => m.Children.Values, YamlSequenceNode s => s.Children, _ => Enumerable.Empty<YamlNode>() })
        {
            Collect(child, found);
        }
    }

    private static string Text(YamlMappingNode map, string key) => ((YamlScalarNode)map[key]).Value!;
}
