using System.Globalization;
using System.Text;
using Aios.Nodes;

namespace Aios.Cli.Visualization;

/// <summary>Writes an RViz configuration for a fleet: all that a mission and its viewers' nodes show, with their quality of service.</summary>
internal sealed class RvizConfig
{
    private const string Plugins = "rviz_default_plugins/";

    private readonly StringBuilder _text = new();

    private RvizConfig()
    {
    }

    /// <summary>The text of a <c>.rviz</c> file.</summary>
    /// <param name="rovers">Their names; at least one.</param>
    public static string Write(IReadOnlyList<string> rovers)
    {
        var config = new RvizConfig();
        config.Head();
        config.Fleet();
        for (var i = 0; i < rovers.Count; i++)
        {
            config.Rover(rovers[i], isFirst: i == 0);
        }

        config.Tail(rovers);
        return config._text.ToString();
    }

    private void Head() => Lines(0, """
        # Made by: aios rviz
        Panels:
          - {Class: rviz_common/Displays, Name: Displays}
          - {Class: rviz_common/Selection, Name: Selection}
          - {Class: rviz_common/Tool Properties, Name: Tool Properties}
          - {Class: rviz_common/Views, Name: Views}
          - {Class: rviz_common/Time, Name: Time}
        Visualization Manager:
          Class: ""
          Displays:
            - {Class: rviz_default_plugins/Grid, Name: Grid, Enabled: true, Value: true, Cell Size: 5, Plane Cell Count: 20, Color: 90; 90; 102, Alpha: 0.4}
            - {Class: rviz_default_plugins/TF, Name: TF, Enabled: false, Value: false, Show Names: true, Marker Scale: 1, Frame Timeout: 15}
        """);

    private void Fleet()
    {
        Display(4, "PointCloud2", "Ground", true, ElevationCloud.Topic, "Transient Local", "Reliable", """
            Color Transformer: RGB8
            Position Transformer: XYZ
            Style: Boxes
            Size (m): 0.2
            """);
        Display(4, "MarkerArray", "Fleet", true, FleetMarkers.Topic, "Volatile", "Reliable", "Namespaces: {}");
    }

    private void Rover(string rover, bool isFirst)
    {
        Lines(4, $"- Class: rviz_common/Group\n  Name: {rover}\n  Enabled: true\n  Displays:");
        Display(8, "RobotModel", "Model", true, Topics.Of(rover, RobotStatePublisher.Description), "Transient Local", "Reliable",
            $"Description Source: Topic\nTF Prefix: {rover}\nVisual Enabled: true\nCollision Enabled: false", "Description Topic");
        Display(8, "PointCloud2", "Lidar", isFirst, Topics.Of(rover, Topics.Points), "Volatile", "Best Effort", """
            Color Transformer: AxisColor
            Axis: Z
            Position Transformer: XYZ
            Style: Points
            Size (Pixels): 2
            """);
        Display(8, "Path", "Plan", true, Topics.Of(rover, Topics.Plan), "Volatile", "Reliable", "Color: 51; 153; 255\nLine Style: Billboards\nLine Width: 0.08");
        Display(8, "Pose", "Goal", true, Topics.Of(rover, Topics.Goal), "Volatile", "Reliable", "Shape: Axes\nAxes Length: 1\nAxes Radius: 0.05");
        Display(8, "MarkerArray", "Frontiers", isFirst, Topics.Of(rover, Topics.Frontiers), "Volatile", "Reliable", "Namespaces: {}");
        Display(8, "Map", "Traversability", false, Topics.Of(rover, Topics.Traversability), "Volatile", "Reliable", "Alpha: 0.6\nColor Scheme: costmap\nDraw Behind: false");
        Display(8, "Odometry", "Odometry", false, Topics.Of(rover, Topics.Odom), "Volatile", "Reliable", "Keep: 100\nShape: {Value: Arrow}");
        Display(8, "grid_map_rviz_plugin/GridMap", "Elevation (grid map)", false, Topics.Of(rover, Topics.ElevationMap), "Volatile", "Reliable",
            "Height Layer: elevation\nColor Layer: elevation\nHeight Transformer: Layer\nColor Transformer: IntensityLayer");
        Lines(6, "Value: true");
    }

    private void Tail(IReadOnlyList<string> rovers)
    {
        Lines(2, """
            Enabled: true
            Global Options: {Background Color: 16; 16; 20, Fixed Frame: map, Frame Rate: 30}
            Name: root
            Tools:
              - {Class: rviz_default_plugins/Interact, Hide Inactive Objects: true}
              - {Class: rviz_default_plugins/MoveCamera}
              - {Class: rviz_default_plugins/Select}
              - {Class: rviz_default_plugins/FocusCamera}
              - {Class: rviz_default_plugins/Measure, Line color: 128; 128; 0}
            """);
        Tool(OperatorTopics.FleetGoal);
        foreach (var rover in rovers)
        {
            Tool(Topics.Of(rover, OperatorTopics.Goal));
        }

        var distance = (25 + (5 * rovers.Count)).ToString(CultureInfo.InvariantCulture);
        Lines(2, $"""
            Transformation:
              Current: {Braces("Class: rviz_default_plugins/TF")}
            Value: true
            Views:
              Current: {Braces($"Class: rviz_default_plugins/Orbit, Name: Current View, Distance: {distance}, Pitch: 0.8, Yaw: 4.2, Target Frame: map, Value: Orbit (rviz_default_plugins)")}
              Saved: ~
            """);
        Lines(0, "Window Geometry: {Width: 1600, Height: 1000, Hide Left Dock: false, Hide Right Dock: true}");
    }

    private void Tool(string topic)
    {
        Lines(4, "- Class: rviz_default_plugins/SetGoal");
        Topic(6, "Topic", topic, "Volatile", "Reliable");
    }

    /// <summary>One display.</summary>
    /// <param name="indent">Spaces before it.</param>
    /// <param name="kind">Name of the plugin's class; RViz' own without the package.</param>
    /// <param name="name">For people.</param>
    /// <param name="enabled">Whether it is on at first.</param>
    /// <param name="topic">What it shows.</param>
    /// <param name="durability">As RViz writes it.</param>
    /// <param name="reliability">As RViz writes it.</param>
    /// <param name="properties">Its own properties, one a line.</param>
    /// <param name="topicProperty">Name of the property that has the topic.</param>
    private void Display(
        int indent, string kind, string name, bool enabled, string topic, string durability, string reliability, string properties, string topicProperty = "Topic")
    {
        var on = enabled ? "true" : "false";
        Lines(indent, $"- Class: {(kind.Contains('/', StringComparison.Ordinal) ? kind : Plugins + kind)}\n  Name: {name}\n  Enabled: {on}\n  Value: {on}");
        Topic(indent + 2, topicProperty, topic, durability, reliability);
        Lines(indent + 2, properties);
    }

    private void Topic(int indent, string property, string topic, string durability, string reliability) => Lines(
        indent,
        $"{property}: {Braces($"Value: {topic}, Depth: 5, History Policy: Keep Last, Reliability Policy: {reliability}, Durability Policy: {durability}")}");

    private static string Braces(string text) => "{" + text + "}";

    private void Lines(int indent, string lines)
    {
        foreach (var line in lines.ReplaceLineEndings("\n").Split('\n'))
        {
            _text.Append(' ', indent).Append(line).Append('\n');
        }
    }
}
