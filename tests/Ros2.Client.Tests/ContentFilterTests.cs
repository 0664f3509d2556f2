using geometry_msgs.msg;
using ROS2;
using Ros2.Tests.Support;
using sensor_msgs.msg;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.Client.Tests;

/// <summary>Subscriptions that want some of a topic's messages only.</summary>
public sealed class ContentFilterTests
{
    [Theory]
    [InlineData("temperature > 30", true)]
    [InlineData("temperature>30.5", false)]
    [InlineData("temperature = 30.5", true)]
    [InlineData("temperature <> 30.5", false)]
    [InlineData("temperature != 1 AND variance <= 2", true)]
    [InlineData("temperature < 1 OR variance >= 2", true)]
    [InlineData("temperature < 1 OR variance >= 2 AND temperature < 1", false)]
    [InlineData("NOT (temperature < 1 or variance < 1)", true)]
    [InlineData("not temperature < 1", true)]
    [InlineData("temperature BETWEEN 30 AND 31", true)]
    [InlineData("temperature NOT BETWEEN 30 AND 31", false)]
    [InlineData("temperature NOT BETWEEN 31 AND 32", true)]
    [InlineData("header.frame_id = 'lidar_1'", true)]
    [InlineData("header.frame_id LIKE 'lidar%'", true)]
    [InlineData("header.frame_id LIKE 'l_d%_1'", true)]
    [InlineData("header.frame_id LIKE 'lidar_'", false)]
    [InlineData("header.frame_id LIKE '%1%'", true)]
    [InlineData("header.frame_id > 'lidar'", true)]
    [InlineData("header.stamp.nanosec = 0x1F", true)]
    [InlineData("header.stamp.sec = -5", true)]
    [InlineData("header.stamp.sec < header.stamp.nanosec", true)]
    [InlineData("3.05e1 = temperature", true)]
    [InlineData("temperature > %0 AND header.frame_id = %1 AND header.stamp.sec = %2", true)]
    public void Filter_Condition_PassesWhatItSays(string expression, bool expected)
    {
        var message = new Temperature { Temperature_ = 30.5, Variance = 2 };
        message.Header.FrameId = "lidar_1";
        (message.Header.Stamp.Sec, message.Header.Stamp.Nanosec) = (-5, 31);

        Assert.Equal(expected, Parse<Temperature>(expression, "30", "'lidar_1'", "-5").Passes(message));
    }

    [Theory]
    [InlineData("ranges[1] = 2", true)]
    [InlineData("ranges[2] = 2", false)]
    [InlineData("NOT ranges[2] = 2", true)]
    [InlineData("angle_min < 1", false)]
    [InlineData("angle_min >= 1", false)]
    public void Filter_MissingOrNoNumber_DoesNotHold(string expression, bool expected) => Assert.Equal(
        expected, Parse<LaserScan>(expression).Passes(new LaserScan { Ranges = [1, 2], AngleMin = float.NaN }));

    [Fact]
    public void Filter_NestedArraysTruthAndLargeNumbers_AreCompared()
    {
        var poses = new PoseArray { Poses = [new Pose(), new Pose { Position = new Point { X = 4 } }] };

        Assert.True(Parse<PoseArray>("poses[1].position.x = 4").Passes(poses));
        Assert.True(Parse<std_msgs.msg.Bool>("data = TRUE").Passes(new std_msgs.msg.Bool { Data = true }));
        Assert.False(Parse<std_msgs.msg.UInt64>("data < 18446744073709551615").Passes(new std_msgs.msg.UInt64 { Data = ulong.MaxValue }));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("temperatur > 1", "column 1: sensor_msgs/msg/Temperature has no field 'temperatur'")]
    [InlineData("header = 1", "'header' is a message")]
    [InlineData("temperature[0] = 1", "'temperature' is no array")]
    [InlineData("temperature.x = 1", "a plain value has no field 'x'")]
    [InlineData("temperature > 'x'", "column 15: a number cannot be compared with a text")]
    [InlineData("temperature LIKE 'x'", "LIKE compares texts")]
    [InlineData("temperature", "a comparison was expected")]
    [InlineData("temperature > 1 variance", "AND, OR or the end was expected")]
    [InlineData("(temperature > 1", "')' was expected")]
    [InlineData("temperature NOT > 1", "BETWEEN was expected after NOT")]
    [InlineData("temperature BETWEEN 1 OR 2", "AND was expected")]
    [InlineData("temperature > %7", "parameter %7: there are 1")]
    [InlineData("temperature > %0", "'%0': a field, number")]
    [InlineData("header.frame_id = 'x", "no closing quote")]
    [InlineData("temperature > 1;", "';' was not expected")]
    [InlineData("temperature >", "'the end': a field, number")]
    public void Parse_WrongExpression_SaysWhereAndWhy(string expression, string? problem)
    {
        var options = new ContentFilterOptions { FilterExpression = expression, ExpressionParameters = ["30 31"] };
        if (problem is null)
        {
            Assert.Null(ContentFilter.Parse(RosMessageType.Of<Temperature>(), options));
        }
        else
        {
            string message = Assert.Throws<ArgumentException>(() => ContentFilter.Parse(RosMessageType.Of<Temperature>(), options)).Message;
            Assert.Contains(problem, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Subscription_WithAFilter_GetsWhatPassesAndCanChangeIt()
    {
        using var graph = new TestGraph();
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x");
        var heard = new List<int>();
        Node node = graph.Node("b", "listener");
        Subscription<Int32> subscription = node.CreateSubscription<Int32>("x", m => heard.Add(m.Data), null, new SubscriptionOptions
        {
            ContentFilter = new ContentFilterOptions { FilterExpression = "data >= %0", ExpressionParameters = ["3"] },
        });
        Send();
        Assert.Equal([3, 4], heard);
        Assert.True(subscription.IsCftEnabled);
        Assert.Equal(2, subscription.FilteredCount);

        subscription.SetContentFilter("data = %0 OR data = %1", "1", "4");
        Assert.Throws<ArgumentException>(() => subscription.SetContentFilter("dat = 1"));
        Send();
        subscription.SetContentFilter("");
        Send();

        Assert.Equal([3, 4, 1, 4, 1, 2, 3, 4], heard);
        Assert.False(subscription.IsCftEnabled);
        Assert.Throws<ArgumentException>(() => node.CreateSubscription<Int32>("x", _ => { }, null, new SubscriptionOptions
        {
            ContentFilter = new ContentFilterOptions { FilterExpression = "nothing" },
        }));
        Assert.Single(node.Subscriptions, s => s.Topic == "/x");

        void Send()
        {
            for (int i = 1; i <= 4; i++)
            {
                publisher.Publish(new Int32 { Data = i });
            }

            graph.Bus.RunUntil(graph.Bus.NowNs + Ms(100));
        }
    }

    [Fact]
    public void GenericSubscription_WithOptions_FiltersAndRunsInItsGroup()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        RosMessageType type = RosMessageType.Of<Int32>();
        SerializedPublisher publisher = node.CreateGenericPublisher(
            "x", type, null, new PublisherOptions { QosOverrides = QosOverridingOptions.Default });
        var heard = new List<int>();
        var options = new SubscriptionOptions
        {
            ContentFilter = new ContentFilterOptions { FilterExpression = "data > 1" },
            CallbackGroup = node.CreateCallbackGroup(CallbackGroupType.Reentrant),
        };
        GenericSubscription subscription = node.CreateGenericSubscription(
            "x", type, (IRosMessage m, in ROS2.Transport.SampleInfo _) => heard.Add(((Int32)m).Data), null, options);
        publisher.Publish(new Int32 { Data = 1 });
        publisher.Publish(new Int32 { Data = 2 });
        graph.Bus.RunUntil(Ms(10));

        Assert.Equal([2], heard);
        Assert.Equal(("data > 1", 1), (subscription.ContentFilter!.FilterExpression, subscription.FilteredCount));
        subscription.SetContentFilter("data < %0", "2");
        publisher.Publish(new Int32 { Data = 1 });
        publisher.Publish(new Int32 { Data = 2 });
        graph.Bus.RunUntil(Ms(20));
        Assert.Equal([2, 1], heard);
        Assert.True(node.HasParameter("qos_overrides./x.publisher.depth"));
        Assert.Throws<ArgumentException>(() => node.CreateSerializedSubscription(
            "x", type.ToTransportType(), (_, in _) => { }, null, options));
        SerializedSubscription bytes = node.CreateSerializedSubscription("x", type.ToTransportType(), (_, in _) => { });
        Assert.False(bytes.IsCftEnabled);
        Assert.Throws<NotSupportedException>(() => bytes.SetContentFilter("data > 1"));
    }

    private static ContentFilter Parse<T>(string expression, params string[] parameters)
        where T : IRosMessage => ContentFilter.Parse(
            RosMessageType.Of<T>(), new ContentFilterOptions { FilterExpression = expression, ExpressionParameters = parameters })!;
}
