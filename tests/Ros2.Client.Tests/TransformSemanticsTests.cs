using geometry_msgs.msg;
using ROS2;
using Ros2.Tests.Support;
using tf2_msgs.msg;
using tf2_msgs.srv;
using static Ros2.Client.Tests.TransformSamples;
using static Ros2.Tests.Support.TestGraph;

namespace Ros2.Client.Tests;

/// <summary>What tf2's own tests and sources say of corners, for our buffer.</summary>
public sealed class TransformSemanticsTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Lookup_FrameFromItself_IsTheIdentityEvenWhenUnknown()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", 3 * Second, x: 1));

        AssertTransform(buffer.LookupTransform("ghost", "ghost", 5 * Second), 0, 0, 0, 0);
        Assert.True(buffer.CanTransform("ghost", "ghost"));
        Assert.Equal(5 * Second, StampOf(buffer.LookupTransform("base", "base", 5 * Second)));
        Assert.Equal(3 * Second, StampOf(buffer.LookupTransform("base", "base")));
    }

    [Theory]
    [InlineData(5 * Second, "extrapolation into the future.  Requested time 5.000000000 but the latest data is at time 3.000000000")]
    [InlineData(Second, "extrapolation into the past.  Requested time 1.000000000 but the earliest data is at time 2.000000000")]
    public void Lookup_OutOfTime_SaysItInTheWordsOfTf2(long timeNs, string expected)
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", 2 * Second));
        buffer.SetTransform(Make("map", "base", 3 * Second));
        buffer.SetTransform(Make("base", "lidar", 0), isStatic: true);

        TransformException error = Assert.Throws<TransformException>(() => buffer.LookupTransform("map", "lidar", timeNs));

        Assert.True(error.IsExtrapolation);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(", when looking up transform from frame [lidar] to frame [map]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lookup_BothSidesOutOfTime_BlamesTheTargetsSide()
    {
        var buffer = new TransformBuffer();
        foreach ((string frame, long second) in new[] { ("a", 1L), ("a", 2L), ("b", 5L), ("b", 6L) })
        {
            buffer.SetTransform(Make("map", frame, second * Second));
        }

        Assert.False(buffer.TryLookupTransform("a", "b", 4 * Second, out _, out TransformError error, out _));
        Assert.Equal(TransformError.ForwardExtrapolation, error);
        Assert.False(buffer.TryLookupTransform("b", "a", 4 * Second, out _, out error, out _));
        Assert.Equal(TransformError.BackwardExtrapolation, error);
    }

    [Fact]
    public void Lookup_TransformsFurtherApartThanTheCacheIsLong_InterpolatesBetweenTheLastTwo()
    {
        var buffer = new TransformBuffer(TimeSpan.FromSeconds(1));
        for (int i = 1; i <= 4; i++)
        {
            Assert.True(buffer.SetTransform(Make("map", "base", 10 * i * Second, x: i)));
        }

        AssertTransform(buffer.LookupTransform("map", "base", 35 * Second), 3.5, 0, 0, 0);
        Assert.False(buffer.CanTransform("map", "base", 25 * Second));
    }

    [Fact]
    public void Lookup_ExpiredTransform_IsGoneAtOnce()
    {
        var buffer = new TransformBuffer(TimeSpan.FromSeconds(2));
        for (int i = 0; i <= 40; i++)
        {
            buffer.SetTransform(Make("map", "base", Second + (i * Second / 10), x: i));
        }

        // The newest is at 5.0 s; the one before it, 4.9 s, decides what expired: 2.9 s is the oldest.
        Assert.True(buffer.CanTransform("map", "base", 29 * Second / 10));
        Assert.False(buffer.CanTransform("map", "base", (29 * Second / 10) - 1));
        Assert.False(buffer.SetTransform(Make("map", "base", 2 * Second)));
    }

    [Fact]
    public void Lookup_LatestWithATransformStampedZero_IgnoresItsStamp()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "odom", 0, x: 1));
        Assert.Equal(0, StampOf(buffer.LookupTransform("map", "odom")));
        buffer.SetTransform(Make("odom", "base", 5 * Second));

        Assert.False(buffer.TryLookupTransform("map", "base", TransformBuffer.Latest, out _, out TransformError error, out string? reason));
        Assert.Equal(TransformError.NoDataForExtrapolation, error);
        Assert.Contains("at time 5.000000000, but only time 0.000000000 is in the buffer", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Lookup_SameStampTwice_TheLastOneHolds()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", Second, x: 1));
        buffer.SetTransform(Make("map", "base", Second, x: 2));

        AssertTransform(buffer.LookupTransform("map", "base", Second), 2, 0, 0, 0);
        AssertTransform(buffer.LookupTransform("map", "base"), 2, 0, 0, 0);
    }

    [Fact]
    public void Lookup_NewParent_HoldsFromItsStampOnAndIsNotInterpolatedTo()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("a", "base", Second, x: 1));
        buffer.SetTransform(Make("b", "base", 2 * Second, x: 5));

        AssertTransform(buffer.LookupTransform("a", "base", (2 * Second) - 1), 1, 0, 0, 0);
        AssertTransform(buffer.LookupTransform("b", "base", 2 * Second), 5, 0, 0, 0);
        Assert.False(buffer.CanTransform("a", "base", 2 * Second));
    }

    [Fact]
    public void Lookup_InALoopButReachable_IsFound()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("a", "b", Second, x: 1));
        buffer.SetTransform(Make("b", "a", Second, x: 7));

        AssertTransform(buffer.LookupTransform("a", "b", Second), 1, 0, 0, 0);
        AssertTransform(buffer.LookupTransform("b", "a"), 7, 0, 0, 0);
    }

    [Fact]
    public void Set_StaticAfterMoving_ReplacesItAndViceVersa()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", Second, x: 1));
        buffer.SetTransform(Make("map", "base", 0, x: 2), isStatic: true);
        AssertTransform(buffer.LookupTransform("map", "base", 77 * Second), 2, 0, 0, 0);

        buffer.SetTransform(Make("map", "base", 3 * Second, x: 3));

        AssertTransform(buffer.LookupTransform("map", "base"), 3, 0, 0, 0);
        Assert.False(buffer.CanTransform("map", "base", 77 * Second));
    }

    [Fact]
    public void Clear_MovingFrames_KeepsNamesAndStaticOnes()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("/map", "/base", Second));
        buffer.SetTransform(Make("base", "lidar", 0), isStatic: true);

        buffer.Clear();

        Assert.Equal(["base", "lidar", "map"], buffer.GetFrames());
        Assert.True(buffer.CanTransform("base", "lidar", Second));
        Assert.False(buffer.TryLookupTransform("map", "base", Second, out _, out TransformError error, out _));
        Assert.Equal(TransformError.NoDataForExtrapolation, error);
        Assert.False(buffer.TryLookupTransform("map", "base", 0, out _, out error, out _));
        Assert.Equal(TransformError.Connectivity, error);
    }

    [Theory]
    [InlineData("map", "map", 0, 1, "TF_SELF_TRANSFORM")]
    [InlineData("map", "", 0, 1, "TF_NO_CHILD_FRAME_ID")]
    [InlineData("/", "base", 0, 1, "TF_NO_FRAME_ID")]
    [InlineData("map", "base", double.NaN, 1, "TF_NAN_INPUT")]
    [InlineData("map", "base", 0, 1.0051, "TF_DENORMALIZED_QUATERNION")]
    [InlineData("map", "base", 0, 0, "TF_DENORMALIZED_QUATERNION")]
    [InlineData("map", "base", 0, 1.0049, null)]
    public void Set_BadTransform_IsNamedAsInTf2(string parent, string child, double x, double w, string? expected)
    {
        TransformStamped transform = Make(parent, child, Second, x: x);
        transform.Transform.Rotation.W = w;

        bool isTaken = new TransformBuffer().TrySetTransform(transform, "me", isStatic: false, out string? refusal);

        Assert.Equal(expected is null, isTaken);
        Assert.Equal(expected, refusal?.Split(':')[0]);
    }

    [Fact]
    public void TimeTravel_UnknownFrames_AreNamed()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", Second));

        Assert.True(buffer.CanTransform("base", Second, "base", Second, "map", out _));
        Assert.False(buffer.CanTransform("base", Second, "base", Second, "ghost", out string? reason));
        Assert.Contains("\"ghost\" passed to lookupTransform argument fixed_frame does not exist", reason, StringComparison.Ordinal);
        Assert.Equal(
            TransformError.Lookup,
            Assert.Throws<TransformException>(() => buffer.LookupTransform("ghost", 0, "ghost", 0, "map")).Error);
    }

    [Fact]
    public void Velocity_TurningAndMovingFrame_IsMeasuredInBothFrames()
    {
        var buffer = new TransformBuffer();
        for (int i = 0; i <= 20; i++)
        {
            buffer.SetTransform(Make("map", "base", Second + (i * Second / 10), x: 0.3 * i / 10, yaw: 0.5 * i / 10));
        }

        VelocityStamped v = buffer.LookupVelocity("base", "map", 2 * Second, TimeSpan.FromSeconds(0.2));
        VelocityStamped ahead = buffer.LookupVelocity(
            "base", "map", "base", new Point { X = 2 }, "base", 2 * Second, TimeSpan.FromSeconds(0.2));

        Assert.Equal((0.3, 0.0, 0.5), (Math.Round(v.Velocity.Linear.X, 9), Math.Round(v.Velocity.Linear.Y, 9), Math.Round(v.Velocity.Angular.Z, 9)));
        Assert.Equal(("map", "map", "base"), (v.Header.FrameId, v.ReferenceFrameId, v.BodyFrameId));
        Assert.Equal(2 * Second, RosTime.ToNanoseconds(v.Header.Stamp));
        double yaw = 0.5;
        Assert.Equal(0.3 * Math.Cos(yaw), ahead.Velocity.Linear.X, 9);
        Assert.Equal((-0.3 * Math.Sin(yaw)) + (0.5 * 2), ahead.Velocity.Linear.Y, 9);
    }

    [Fact]
    public void Wait_TimeFurtherBackThanIsKept_FailsAtOnce()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("b", "listener");
        var buffer = new TransformBuffer(TimeSpan.FromSeconds(1));
        Task<TransformStamped> waiting = buffer.WaitForTransformAsync(node, "map", "base", Second, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        buffer.SetTransform(Make("map", "base", 2 * Second));
        Assert.False(waiting.IsCompleted);

        buffer.SetTransform(Make("map", "base", 9 * Second));
        Task<TransformStamped> another = buffer.WaitForTransformAsync(node, "map", "base", Second, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        foreach (Task<TransformStamped> task in new[] { waiting, another })
        {
            Assert.Equal(TransformError.Lookup, ((TransformException)task.Exception!.InnerException!).Error);
        }

        Assert.Empty(node.Timers);
    }

    [Fact]
    public void Wait_Canceled_EndsAndLeavesNoTimer()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("b", "listener");
        using var stop = new CancellationTokenSource();
        Task<TransformStamped> waiting = new TransformBuffer().WaitForTransformAsync(
            node, "map", "base", Second, TimeSpan.FromSeconds(60), stop.Token);

        stop.Cancel();

        Assert.True(waiting.IsCanceled);
        Assert.Empty(node.Timers);
    }

    [Fact]
    public void Frames_AskedByService_AreYamlForViewFrames()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "owner");
        var buffer = new TransformBuffer();
        Assert.Equal("[]", buffer.AllFramesAsYaml());
        buffer.OfferFrames(node);
        buffer.TrySetTransform(Make("map", "base", Second), "me", isStatic: false, out _);
        buffer.SetTransform(Make("map", "base", 2 * Second));
        var client = graph.Node("b", "view").CreateClient<FrameGraph, FrameGraph_Request, FrameGraph_Response>("tf2_frames");
        Task<FrameGraph_Response> answer = client.SendRequestAsync(new FrameGraph_Request(), TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        graph.Bus.RunUntil(Ms(1000));

        string expected = "base: \n  parent: 'map'\n  broadcaster: 'default_authority'\n  rate: 2.000\n"
            + "  most_recent_transform: 2.000000000\n  oldest_transform: 1.000000000\n  buffer_length: 1.000\n";
        Assert.Equal(expected, answer.Result.FrameYaml);
        Assert.Contains("\"map\" -> \"base\"", buffer.AllFramesAsDot(), StringComparison.Ordinal);
        Assert.Contains("  transform_delay: 3.000\n", buffer.AllFramesAsYaml(5 * Second), StringComparison.Ordinal);
    }

    [Fact]
    public void Listener_BadTransforms_AreLoggedOncePerKindAndCounted()
    {
        using var graph = new TestGraph();
        Node sender = graph.Node("a", "sender");
        Publisher<TFMessage> publisher = sender.CreatePublisher<TFMessage>("/tf", QosProfile.DynamicTransformProfile);
        RosContext host = graph.Host("b");
        using var listener = new TransformListener(new TransformBuffer(), host);
        sender.CreateTimer(TimeSpan.FromMilliseconds(100), _ => publisher.Publish(
            new TFMessage { Transforms = [Make("map", "base", Second, x: double.NaN), Make("map", "map", Second)] }));

        graph.Bus.RunUntil(Ms(1050));

        Assert.Equal(20, listener.Buffer.RefusedCount);
        List<LogRecord> log = ((MemoryLog)host.Options.LogSink!).Records;
        Assert.Equal(["TF_NAN_INPUT", "TF_SELF_TRANSFORM"], log.Select(r => r.Message.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.StartsWith("transform_listener_impl_", Assert.Single(host.Nodes).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Listener_QualityOfService_IsThatOfTf2AndCanBeOverridden()
    {
        using var graph = new TestGraph();
        RosContext host = graph.Host("b");
        Node node = host.CreateNode("n", options: new NodeOptions
        {
            ParameterOverrides = [new Parameter("qos_overrides./tf.subscription.depth", 7L)],
        });
        using var listener = new TransformListener(new TransformBuffer(), node);
        using var broadcaster = new StaticTransformBroadcaster(node);

        Assert.Equal(
            [("/tf", 7, QosDurabilityPolicy.Volatile), ("/tf_static", 100, QosDurabilityPolicy.TransientLocal)],
            node.Subscriptions.Where(s => s.Topic.StartsWith("/tf", StringComparison.Ordinal))
                .Select(s => (s.Topic, s.QosProfile.Depth, s.QosProfile.Durability)));
        Assert.False(node.HasParameter("qos_overrides./tf_static.publisher.durability"));
        Assert.True(node.HasParameter("qos_overrides./tf_static.publisher.depth"));
    }

    private static long StampOf(TransformStamped transform) => RosTime.ToNanoseconds(transform.Header.Stamp);
}
