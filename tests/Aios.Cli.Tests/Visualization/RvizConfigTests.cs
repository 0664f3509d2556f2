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

    // Properties that a class has in RViz of ROS 2 Jazzy and in grid_map_rviz_plugin 2.2, with the values of those that are a choice.
    private static readonly Dictionary<string, Dictionary<string, string>> Properties = new(StringComparer.Ordinal)
    {
        ["rviz_default_plugins/Grid"] = Of("Alpha, Cell Size, Color, Line Style=Lines|Billboards, Line Width, Normal Cell Count, Offset, Plane=XY|XZ|YZ, Plane Cell Count, Reference Frame"),
        ["rviz_default_plugins/TF"] = Of("Filter (blacklist), Filter (whitelist), Frame Timeout, Marker Scale, Show Arrows, Show Axes, Show Names, Update Interval"),
        ["rviz_default_plugins/PointCloud2"] = Of("Topic, Alpha, Autocompute Value Bounds, Axis=X|Y|Z, Color Transformer=RGB8|AxisColor|Intensity|FlatColor|RGBF32, Decay Time, Max Value, Min Value, Position Transformer=XYZ, Selectable, Size (Pixels), Size (m), Style=Points|Squares|Flat Squares|Spheres|Boxes|Tiles, Use Fixed Frame"),
        ["rviz_default_plugins/RobotModel"] = Of("Description Topic, Alpha, Collision Enabled, Description File, Description Source=Topic|File, Mass Properties, TF Prefix, Update Interval, Visual Enabled"),
        ["rviz_default_plugins/Path"] = Of("Topic, Alpha, Buffer Length, Color, Line Style=Lines|Billboards, Line Width, Offset, Pose Color, Pose Style=None|Axes|Arrows"),
        ["rviz_default_plugins/Pose"] = Of("Topic, Alpha, Axes Length, Axes Radius, Color, Head Length, Head Radius, Shaft Length, Shaft Radius, Shape=Arrow|Axes"),
        ["rviz_default_plugins/MarkerArray"] = Of("Topic, Namespaces"),
        ["rviz_default_plugins/Map"] = Of("Topic, Update Topic, Alpha, Binary representation, Binary threshold, Color Scheme=map|costmap|raw, Draw Behind, Use Timestamp"),
        ["rviz_default_plugins/Odometry"] = Of("Topic, Angle Tolerance, Covariance, Keep, Position Tolerance, Shape=Arrow|Axes"),
        ["grid_map_rviz_plugin/GridMap"] = Of("Topic, Alpha, Autocompute Intensity Bounds, Color, Color Layer, Color Transformer=IntensityLayer|ColorLayer|FlatColor|None, Height Layer, Height Transformer=Layer|Flat, History Length, Invert Rainbow, Show Grid Lines, Use Rainbow"),
        ["rviz_default_plugins/Interact"] = Of("Hide Inactive Objects"),
        ["rviz_default_plugins/MoveCamera"] = Of(""),
        ["rviz_default_plugins/Select"] = Of(""),
        ["rviz_default_plugins/FocusCamera"] = Of(""),
        ["rviz_default_plugins/Measure"] = Of("Line color"),
        ["rviz_default_plugins/SetGoal"] = Of("Topic"),
        ["rviz_default_plugins/Orbit"] = Of("Distance, Focal Point, Focal Shape Fixed Size, Focal Shape Size, Near Clip Distance, Pitch, Target Frame, Yaw"),
        ["rviz_common/Group"] = Of("Displays"),
        ["rviz_common/Displays"] = Of(""),
        ["rviz_common/Selection"] = Of(""),
        ["rviz_common/Tool Properties"] = Of(""),
        ["rviz_common/Views"] = Of(""),
        ["rviz_common/Time"] = Of(""),
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

    [Theory]
    [MemberData(nameof(Files))]
    public void Class_EachProperty_IsOneThatRvizKnows(string name, int rovers)
    {
        var classes = YamlOf(PathOf("ros_ws/src/aios_bringup/rviz/" + name)).AllNodes.OfType<YamlMappingNode>().Where(map => map.Children.ContainsKey("Class") && Text(map, "Class").Length > 0).ToList();

        Assert.True(classes.Count > 8 * rovers);
        foreach (var map in classes)
        {
            var known = Properties[Text(map, "Class")];
            foreach (var (key, value) in map.Children.Where(pair => ((YamlScalarNode)pair.Key).Value is not ("Class" or "Name" or "Enabled" or "Value")))
            {
                var property = ((YamlScalarNode)key).Value!;
                Assert.True(known.ContainsKey(property), $"{Text(map, "Class")} has no property '{property}'");
                var choice = value is YamlMappingNode nested && nested.Children.TryGetValue("Value", out var inner) ? inner : value;
                Assert.True(known[property].Length == 0 || known[property].Split('|').Contains(((YamlScalarNode)choice).Value), $"'{property}' of {Text(map, "Class")} is {choice}");
            }
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
        var found = new List<(string Class, string Topic, QosProfile Qos)>();
        Collect(YamlOf(file).RootNode, found);
        return found;
    }

    private static YamlDocument YamlOf(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(file);
        yaml.Load(reader);
        return yaml.Documents[0];
    }

    // "Name, Choice=this|that": properties to their choices, none where every value will do.
    private static Dictionary<string, string> Of(string properties) =>
        properties.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal);

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
