using ROS2;
using Ros2.Interfaces.Tests;

namespace Ros2.Client.Tests;

/// <summary>Messages as text. What stands here as expected was printed by Python 3 and PyYAML 6, which the ROS tools use.</summary>
public sealed class MessageTextTests
{
    [Theory]
    [InlineData("", "data: ''\n", "{data: ''}\n")]
    [InlineData("a", "data: a\n", "{data: a}\n")]
    [InlineData("hello world", "data: hello world\n", "{data: hello world}\n")]
    [InlineData("true", "data: 'true'\n", "{data: 'true'}\n")]
    [InlineData("yes", "data: 'yes'\n", "{data: 'yes'}\n")]
    [InlineData("Null", "data: 'Null'\n", "{data: 'Null'}\n")]
    [InlineData("~", "data: '~'\n", "{data: '~'}\n")]
    [InlineData("1", "data: '1'\n", "{data: '1'}\n")]
    [InlineData("1.5", "data: '1.5'\n", "{data: '1.5'}\n")]
    [InlineData("1e5", "data: 1e5\n", "{data: 1e5}\n")]
    [InlineData("1.0e+5", "data: '1.0e+5'\n", "{data: '1.0e+5'}\n")]
    [InlineData("0x1F", "data: '0x1F'\n", "{data: '0x1F'}\n")]
    [InlineData("-", "data: '-'\n", "{data: '-'}\n")]
    [InlineData("- a", "data: '- a'\n", "{data: '- a'}\n")]
    [InlineData("a: b", "data: 'a: b'\n", "{data: 'a: b'}\n")]
    [InlineData("a:b", "data: a:b\n", "{data: 'a:b'}\n")]
    [InlineData("a #b", "data: 'a #b'\n", "{data: 'a #b'}\n")]
    [InlineData("a#b", "data: a#b\n", "{data: a#b}\n")]
    [InlineData("#a", "data: '#a'\n", "{data: '#a'}\n")]
    [InlineData("[x]", "data: '[x]'\n", "{data: '[x]'}\n")]
    [InlineData("{x", "data: '{x'\n", "{data: '{x'}\n")]
    [InlineData("it's", "data: it's\n", "{data: it's}\n")]
    [InlineData("\"q\"", "data: '\"q\"'\n", "{data: '\"q\"'}\n")]
    [InlineData("x\ny", "data: 'x\n\n  y'\n", "{data: 'x\n\n    y'}\n")]
    [InlineData("x\n", "data: 'x\n\n  '\n", "{data: 'x\n\n    '}\n")]
    [InlineData("x \ny", "data: \"x \\ny\"\n", "{data: \"x \\ny\"}\n")]
    [InlineData("\tx", "data: \"\\tx\"\n", "{data: \"\\tx\"}\n")]
    [InlineData("a\tb", "data: \"a\\tb\"\n", "{data: \"a\\tb\"}\n")]
    [InlineData("ünï", "data: ünï\n", "{data: ünï}\n")]
    [InlineData("漢字", "data: 漢字\n", "{data: 漢字}\n")]
    [InlineData("🚀", "data: 🚀\n", "{data: 🚀}\n")]
    [InlineData("\u0001", "data: \"\\x01\"\n", "{data: \"\\x01\"}\n")]
    [InlineData("2026-01-02", "data: '2026-01-02'\n", "{data: '2026-01-02'}\n")]
    [InlineData("12:30", "data: '12:30'\n", "{data: '12:30'}\n")]
    [InlineData("...", "data: '...'\n", "{data: '...'}\n")]
    [InlineData("---x", "data: '---x'\n", "{data: '---x'}\n")]
    [InlineData("<<", "data: '<<'\n", "{data: '<<'}\n")]
    [InlineData("=", "data: '='\n", "{data: '='}\n")]
    [InlineData("%x", "data: '%x'\n", "{data: '%x'}\n")]
    [InlineData("@x", "data: '@x'\n", "{data: '@x'}\n")]
    [InlineData("`x", "data: '`x'\n", "{data: '`x'}\n")]
    [InlineData("a, b", "data: a, b\n", "{data: 'a, b'}\n")]
    [InlineData("x?", "data: x?\n", "{data: 'x?'}\n")]
    [InlineData("?x", "data: ?x\n", "{data: '?x'}\n")]
    [InlineData("? x", "data: '? x'\n", "{data: '? x'}\n")]
    [InlineData(":x", "data: :x\n", "{data: ':x'}\n")]
    [InlineData("!x", "data: '!x'\n", "{data: '!x'}\n")]
    [InlineData("&x", "data: '&x'\n", "{data: '&x'}\n")]
    [InlineData("*x", "data: '*x'\n", "{data: '*x'}\n")]
    [InlineData("|", "data: '|'\n", "{data: '|'}\n")]
    [InlineData("> x", "data: '> x'\n", "{data: '> x'}\n")]
    [InlineData("'a", "data: '''a'\n", "{data: '''a'}\n")]
    [InlineData("a'", "data: a'\n", "{data: a'}\n")]
    [InlineData("back\\slash", "data: back\\slash\n", "{data: back\\slash}\n")]
    [InlineData("\ufeffx", "data: \"\\uFEFFx\"\n", "{data: \"\\uFEFFx\"}\n")]
    [InlineData(".5", "data: '.5'\n", "{data: '.5'}\n")]
    [InlineData("1_000", "data: '1_000'\n", "{data: '1_000'}\n")]
    [InlineData("0o17", "data: 0o17\n", "{data: 0o17}\n")]
    [InlineData("on", "data: 'on'\n", "{data: 'on'}\n")]
    [InlineData("N", "data: N\n", "{data: N}\n")]
    [InlineData(" lead", "data: ' lead'\n", "{data: ' lead'}\n")]
    [InlineData("trail ", "data: 'trail '\n", "{data: 'trail '}\n")]
    public void ToYaml_String_IsAsPyYamlWritesIt(string text, string block, string flow)
    {
        var message = new std_msgs.msg.String { Data = text };

        Assert.Equal(block, RosYamlWriter.ToYaml(message));
        Assert.Equal(flow, RosYamlWriter.ToYaml(message, new MessageTextOptions { FlowStyle = true }));
    }

    [Theory]
    [InlineData(0.0, "0.0", "0.0")]
    [InlineData(-0.0, "-0.0", "-0.0")]
    [InlineData(1.0, "1.0", "1.0")]
    [InlineData(0.1, "0.1", "0.1")]
    [InlineData(1e-05, "1e-05", "1.0e-05")]
    [InlineData(0.0001, "0.0001", "0.0001")]
    [InlineData(1000000000000000.0, "1000000000000000.0", "1000000000000000.0")]
    [InlineData(1e+16, "1e+16", "1.0e+16")]
    [InlineData(1e+17, "1e+17", "1.0e+17")]
    [InlineData(1.5e+300, "1.5e+300", "1.5e+300")]
    [InlineData(123456789.125, "123456789.125", "123456789.125")]
    [InlineData(5e-324, "5e-324", "5.0e-324")]
    [InlineData(1e+23, "1e+23", "1.0e+23")]
    [InlineData(double.PositiveInfinity, "inf", ".inf")]
    [InlineData(0.30000000000000004, "0.30000000000000004", "0.30000000000000004")]
    [InlineData(100.0, "100.0", "100.0")]
    [InlineData(9007199254740992.0, "9007199254740992.0", "9007199254740992.0")]
    [InlineData(-2.5e-07, "-2.5e-07", "-2.5e-07")]
    [InlineData(1.7976931348623157e+308, "1.7976931348623157e+308", "1.7976931348623157e+308")]
    public void Numbers_AreAsPythonAndPyYamlWriteThem(double value, string python, string yaml)
    {
        var message = new std_msgs.msg.Float64 { Data = value };

        Assert.Equal($"std_msgs.msg.Float64(data={python})", RosPythonWriter.ToText(message));
        Assert.Equal($"data: {yaml}\n", RosYamlWriter.ToYaml(message));
    }

    [Fact]
    public void ToYaml_NestedMessagesAndSequences_AreInBlockStyle()
    {
        var cloud = new sensor_msgs.msg.PointCloud2 { Height = 1, PointStep = 4, Data = [1, 255] };
        cloud.Header.FrameId = "map";
        cloud.Header.Stamp.Sec = -1;
        cloud.Fields.Add(new sensor_msgs.msg.PointField { Name = "x", Datatype = 7, Count = 1 });
        cloud.Fields.Add(new sensor_msgs.msg.PointField());

        Assert.Equal(
            """
            header:
              stamp:
                sec: -1
                nanosec: 0
              frame_id: map
            height: 1
            width: 0
            fields:
            - name: x
              offset: 0
              datatype: 7
              count: 1
            - name: ''
              offset: 0
              datatype: 0
              count: 0
            is_bigendian: false
            point_step: 4
            row_step: 0
            data:
            - 1
            - 255
            is_dense: false

            """,
            RosYamlWriter.ToYaml(cloud));
    }

    [Fact]
    public void ToYaml_Options_CutAndReplace()
    {
        var array = new std_msgs.msg.Float32MultiArray { Data = [0.1f, 2, 3] };
        array.Layout.Dim.Add(new std_msgs.msg.MultiArrayDimension { Label = "abcdef" });

        Assert.Equal(
            "layout:\n  dim:\n  - label: ab...\n    size: 0\n    stride: 0\n  data_offset: 0\ndata:\n- 0.10000000149011612\n- 2.0\n- '...'\n",
            RosYamlWriter.ToYaml(array, new MessageTextOptions { TruncateLength = 2 }));
        Assert.Equal(
            "layout:\n  dim: '<sequence type: std_msgs/msg/MultiArrayDimension, length: 1>'\n  data_offset: 0\ndata: '<sequence type: float, length: 3>'\n",
            RosYamlWriter.ToYaml(array, new MessageTextOptions { NoArrays = true }));
        Assert.Equal(
            "{layout: {dim: [{label: '<string length: <6>>', size: 0, stride: 0}], data_offset: 0}, data: [0.10000000149011612, 2.0, 3.0]}\n",
            RosYamlWriter.ToYaml(array, new MessageTextOptions { NoStrings = true, FlowStyle = true }));
        Assert.Equal("{}\n", RosYamlWriter.ToYaml(new std_msgs.msg.Empty()));
    }

    [Fact]
    public void ToCsv_NestedMessage_IsFlat()
    {
        var twist = new geometry_msgs.msg.Twist();
        twist.Linear.X = 0.5;
        twist.Angular.Z = double.NaN;

        Assert.Equal("0.5,0.0,0.0,0.0,0.0,nan", RosPythonWriter.ToCsv(twist));
        Assert.Equal("0,0,", RosPythonWriter.ToCsv(new std_msgs.msg.Header()));
    }

    [Fact]
    public void ToText_IsPythonsRepresentation()
    {
        var request = new std_srvs.srv.SetBool_Request { Data = true };
        var level = new diagnostic_msgs.msg.DiagnosticStatus { Level = 1, Name = "it's", Message = "two\nlines" };

        Assert.Equal("std_srvs.srv.SetBool_Request(data=True)", RosPythonWriter.ToText(request));
        Assert.Equal(
            """diagnostic_msgs.msg.DiagnosticStatus(level=b'\x01', name="it's", message='two\nlines', hardware_id='', values=[])""",
            RosPythonWriter.ToText(level));
        Assert.Equal("geometry_msgs.msg.Point(x=0.0, y=0.0, z=0.0)", RosPythonWriter.ToText(new geometry_msgs.msg.Point()));
    }

    [Fact]
    public void Read_WhatWasWritten_GivesTheSameMessage()
    {
        foreach (RosMessageType type in AllTypes.Messages)
        {
            for (int seed = 0; seed < 3; seed++)
            {
                IRosMessage message = new RandomMessage(seed).Create(type);
                foreach (bool flow in new[] { false, true })
                {
                    string yaml = RosYamlWriter.ToYaml(message, new MessageTextOptions { FlowStyle = flow });
                    IRosMessage again = type.Create();
                    RosYamlReader.Read(yaml, again);
                    Assert.True(CdrMessage.ToArray(message).AsSpan().SequenceEqual(CdrMessage.ToArray(again)), $"{type}:\n{yaml}\n{RosYamlWriter.ToYaml(again)}");
                }
            }
        }
    }

    [Fact]
    public void Read_AsUsersTypeIt_SetsTheNamedFieldsAlone()
    {
        var twist = new geometry_msgs.msg.Twist();
        twist.Linear.Y = 7;

        Assert.Empty(RosYamlReader.Read("{linear: {x: 0x10, z: -.inf}, angular: {z: 1}}", twist));
        Assert.Equal((16, 7, double.NegativeInfinity, 1), (twist.Linear.X, twist.Linear.Y, twist.Linear.Z, twist.Angular.Z));
        Assert.Empty(RosYamlReader.Read("", twist));
        Assert.Equal(16, twist.Linear.X);

        var text = new std_msgs.msg.String();
        RosYamlReader.Read("data: 12", text);
        Assert.Equal("12", text.Data);
        var flag = new std_msgs.msg.Bool();
        RosYamlReader.Read("data: yes", flag);
        Assert.True(flag.Data);
    }

    [Fact]
    public void Read_AutoHeaderAndTimeNow_ReturnsTheStamps()
    {
        var pose = new geometry_msgs.msg.PoseStamped();
        var transforms = new tf2_msgs.msg.TFMessage();

        Assert.Same(pose.Header.Stamp, Assert.Single(RosYamlReader.Read("header: auto", pose)));
        Assert.Same(pose.Header.Stamp, Assert.Single(RosYamlReader.Read("{header: {stamp: now, frame_id: map}}", pose)));
        Assert.Equal("map", pose.Header.FrameId);
        Assert.Equal(2, RosYamlReader.Read("transforms: [{header: auto}, {header: {stamp: now}}]", transforms).Count);
    }

    [Theory]
    [InlineData("geometry_msgs/msg/Twist", "{linear: {x: fast}}", "linear.x: expected float64, a number, found 'fast'")]
    [InlineData("geometry_msgs/msg/Twist", "{linear: {w: 1}}", "geometry_msgs/msg/Vector3 has no field 'w', expected x, y, z at linear")]
    [InlineData("geometry_msgs/msg/Twist", "{linear: 1}", "linear: expected the fields of geometry_msgs/msg/Vector3 as 'name: value', found '1'")]
    [InlineData("std_msgs/msg/UInt8", "data: 256", "data: expected uint8, a whole number from 0 to 255, found '256'")]
    [InlineData("std_msgs/msg/Int64", "data: 1.5", "data: expected int64, a whole number from -9223372036854775808 to 9223372036854775807, found '1.5'")]
    [InlineData("std_msgs/msg/Bool", "data: 2", "data: expected bool, true or false, found '2'")]
    [InlineData("sensor_msgs/msg/Imu", "orientation_covariance: [1, 2]", "orientation_covariance: expected float64[9], found 2 values")]
    [InlineData("sensor_msgs/msg/LaserScan", "ranges: [1, x]", "ranges[1]: expected float32, a number, found 'x'")]
    [InlineData("sensor_msgs/msg/LaserScan", "ranges: 1", "ranges: expected float32[], a list in brackets, found '1'")]
    [InlineData("std_msgs/msg/String", "hello", "message: expected the fields of std_msgs/msg/String as 'name: value', found 'hello'")]
    [InlineData("std_msgs/msg/Empty", "a: 1", "std_msgs/msg/Empty has no field 'a', expected none")]
    public void Read_WrongValue_NamesFieldAndExpectation(string type, string yaml, string expected)
    {
        FormatException error = Assert.Throws<FormatException>(() => RosYamlReader.Read(yaml, AllTypes.Registry.FindMessage(type)!.Create()));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Read_NoYaml_SaysWhere() => Assert.StartsWith(
        "not YAML (line ",
        Assert.Throws<FormatException>(() => RosYamlReader.Read("{data: [", new std_msgs.msg.String())).Message,
        StringComparison.Ordinal);
}
