using System.Globalization;
using Aios.Cli.RosTools;
using Aios.Cli.Verbs;
using geometry_msgs.msg;
using ROS2;

namespace Aios.Cli.Tests.RosTools;

/// <summary><c>ros tf2</c>: the text of tf2_ros' programs, number by number.</summary>
public sealed class TfToolTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    private readonly ToolGraph _graph = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _graph.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Echo_Transform_PrintsItsFormsAsTf2Echo()
    {
        using var output = new StringWriter();
        var transform = new StaticTransformOptions { X = 1, Y = -0.0625, Z = 2.5, Yaw = Math.PI / 2, Frame = "map", Child = "base" }.ToTransform();
        (transform.Header.Stamp.Sec, transform.Header.Stamp.Nanosec) = (5, 70);

        TfEcho.Print(output, transform);

        Assert.Equal(
            "At time 5.70\n"
            + "- Translation: [1.000, -0.062, 2.500]\n"
            + "- Rotation: in Quaternion [0.000, 0.000, 0.707, 0.707]\n"
            + "- Rotation: in RPY (radian) [0.000, -0.000, 1.571]\n"
            + "- Rotation: in RPY (degree) [0.000, -0.000, 90.000]\n"
            + "- Matrix:\n"
            + "  0.000 -1.000  0.000  1.000\n"
            + "  1.000  0.000  0.000 -0.062\n"
            + "  0.000  0.000  1.000  2.500\n"
            + "  0.000  0.000  0.000  1.000\n",
            output.ToString());
    }

    [Fact]
    public void Echo_GimbalLock_HasNoYaw()
    {
        using var output = new StringWriter();
        var transform = new TransformStamped();
        (transform.Transform.Rotation.Y, transform.Transform.Rotation.W) = (Math.Sqrt(0.5), Math.Sqrt(0.5));

        TfEcho.Print(output, transform);

        Assert.Contains("(radian) [0.000, 1.571, 0.000]", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Echo_TransformComesLater_IsWaitedForAndPrinted()
    {
        Drive();

        var text = _graph.RunUntil("0.000  1.000\n", session => TfEcho.Run(session, "map", "base", Short));

        Assert.Contains("- Translation: [3.000, 0.000, 0.000]\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Static_Published_IsSeenByEchoAndMonitorAndFrames()
    {
        using var stop = new CancellationTokenSource();
        var publisher = new Thread(() => _graph.RunAs("static_tf", stop.Token, session => TfStatic.Run(
            session, new StaticTransformOptions { Z = 0.5, Roll = Math.PI, Frame = "base", Child = "lidar" }.ToTransform())));
        publisher.Start();
        Drive();
        try
        {
            AssertSeen();
        }
        finally
        {
            stop.Cancel();
            publisher.Join();
        }
    }

    private void AssertSeen()
    {
        Assert.Contains("[3.000, 0.000, 0.500]", _graph.RunUntil("0.000  1.000\n", s => TfEcho.Run(s, "map", "lidar", Short)), StringComparison.Ordinal);

        var monitored = _graph.RunUntil("Node: /driver", s => TfMonitor.Run(s, ("map", "lidar"), Short));
        Assert.StartsWith("Gathering data on map -> lidar for 10 seconds...\n\n\n\nRESULTS: for map to lidar\nChain is: map -> base -> lidar\nNet delay     avg = ", monitored, StringComparison.Ordinal);
        Assert.Matches(@"\nFrames:\nFrame: base, published by /driver, Average Delay: \S+, Max Delay: \S+\nFrame: lidar, published by /static_tf, Average", monitored);
        Assert.Matches(@"\nAll Broadcasters:\nNode: /driver \S+ Hz, Average Delay: \S+ Max Delay: \S+\n", monitored);
        Assert.Contains("RESULTS: for all Frames\n\nFrames:\n", _graph.RunUntil("Node: /driver", s => TfMonitor.Run(s, null, Short)), StringComparison.Ordinal);

        var file = Path.Combine(_folder.Path, "tree");
        _graph.Run(s => TfFrames.Run(s, TimeSpan.FromSeconds(1), file, hasDot: false));
        var drawn = File.ReadAllText(file + ".gv");
        Assert.Contains("\"map\" -> \"base\"[label=\" Broadcaster: Authority undetectable\\nAverage rate: ", drawn, StringComparison.Ordinal);
        Assert.Contains("\"base\" -> \"lidar\"", drawn, StringComparison.Ordinal);
        Assert.EndsWith("\"[ shape=plaintext ] ;\n}->\"map\";\n}", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_Known_AreDrawnAsViewFrames()
    {
        Assert.Equal(
            "digraph G {\n\"map\" -> \"base\"[label=\" Broadcaster: x\\nAverage rate: 10.2\\nBuffer length: 10.5\\nMost recent transform: 12.5\\nOldest transform: 2.0\\n\"];\n"
            + "edge [style=invis];\n subgraph cluster_legend { style=bold; color=black; label =\"view_frames Result\";\n"
            + "\"Recorded at time: 99.0\"[ shape=plaintext ] ;\n}->\"map\";\n}",
            TfFrames.ToDot([new FrameStatistics("base", "map", "x", 10.2, 12_500_000_000, 2_000_000_000)], 99));
        Assert.Equal("digraph G { \"No tf data received\" }", TfFrames.ToDot([], 99));
        Assert.Contains(
            "\"a\\\"b\\nc\\\\\" -> \"d\"[", TfFrames.ToDot([new FrameStatistics("d", "a\"b\nc\\", "x", 1, 1, 1)], 99), StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_WithGraphviz_MakesAPdf()
    {
        if (Aios.Cli.Processes.ChildProcess.FindProgram("dot") is null)
        {
            Assert.Skip("Graphviz' dot is not installed");
        }

        var node = _graph.Node("driver");
        using var broadcaster = new StaticTransformBroadcaster(node);
        broadcaster.SendTransform(Stamped(node, new StaticTransformOptions { Frame = "a \"map\"", Child = "base" }));
        var file = Path.Combine(_folder.Path, "tree");
        _graph.Run(s => TfFrames.Run(s, TimeSpan.FromSeconds(1), file, hasDot: true));

        Assert.StartsWith("%PDF", File.ReadAllText(file + ".pdf"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 2 3 0 0 1.5707963267948966 map base", 0.7071068, 0, 0)]
    [InlineData("1 2 3 0 1.5707963267948966 0 map base", 0, 0.7071068, 0)]
    [InlineData("1 2 3 1.5707963267948966 0 0 map base", 0, 0, 0.7071068)]
    [InlineData("1 2 3 0 0 1 0 map base", 0, 0, 1)]
    public void Static_OldForm_IsYawPitchRollOrQuaternion(string arguments, double x, double y, double z)
    {
        var transform = new StaticTransformOptions { Positional = arguments.Split(' ') }.ToTransform();

        var q = transform.Transform.Rotation;
        Assert.Equal((x, y, z), (Math.Round(q.X, 7), Math.Round(q.Y, 7), Math.Round(q.Z, 7)));
        var t = transform.Transform.Translation;
        Assert.Equal((1.0, 2.0, 3.0, "map", "base"), (t.X, t.Y, t.Z, transform.Header.FrameId, transform.ChildFrameId));
    }

    public static TheoryData<string, string> WrongOptions => new()
    {
        { "--frame-id a", "Child frame id must not be empty" },
        { "--child-frame-id a", "Frame id must not be empty" },
        { "--frame-id a --child-frame-id a", "cannot publish static transform from 'a' to 'a'" },
        { "--frame-id a --child-frame-id b --roll 1 --qx 1", "Cannot specify both quaternion and Euler rotations" },
        { "--frame-id a --child-frame-id b --qx 1", "listeners would not take it: TF_DENORMALIZED_QUATERNION" },
        { "--x 1 1 2 -3 0 0 0 a b", "Cannot specify both new-style (flags) and old-style (arguments)" },
        { "1 2 3", "Extra unparsed arguments on command-line" },
        { "1 2 z 0 0 0 a b", "Failed to parse z argument as float: 'z'" },
        { "1 2 3 0 NaN 0 a b", "Failed to parse pitch argument as float: 'NaN'" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Static_WrongArguments_AreOneLine(string arguments, string message)
    {
        var error = Assert.Throws<AiosException>(() => RosTfVerb.StaticOptions(RosTfVerb.Create().Parse($"static {arguments}")).ToTransform());

        Assert.Equal(ExitCode.WrongInput, error.ExitCode);
        Assert.StartsWith($"error parsing command line arguments: {message}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("static_transform_publisher --x far --frame-id a --child-frame-id b", "--x: expected a number, found 'far'")]
    [InlineData("tf2_echo a b 0", "expected a rate in Hz above 0, up to 1000, found '0'")]
    [InlineData("tf2_monitor a", "expected two frames or none, found 1")]
    [InlineData("view_frames -t soon", "expected seconds from 0 to 3600, found 'soon'")]
    public void Command_WrongArguments_SaysWhatWasExpected(string arguments, string message) =>
        Assert.Contains(message, Assert.Single(RosTfVerb.Create().Parse(arguments).Errors).Message, StringComparison.Ordinal);

    /// <summary>Tells again and again where the base is, until the graph ends and its publisher with it.</summary>
    private void Drive()
    {
        var node = _graph.Node("driver");
        var broadcaster = new TransformBroadcaster(node);
        node.CreateTimer(Short, _ => broadcaster.SendTransform(Stamped(node, new StaticTransformOptions { X = 3, Frame = "map", Child = "base" })));
    }

    private static TransformStamped Stamped(Node node, StaticTransformOptions options)
    {
        var transform = options.ToTransform();
        RosTime.Write(transform.Header.Stamp, node.Clock.NowNanoseconds);
        return transform;
    }
}
