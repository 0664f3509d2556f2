using FsCheck;
using FsCheck.Fluent;
using geometry_msgs.msg;
using ROS2;
using Ros2.Tests.Support;
using static Ros2.Client.Tests.TransformSamples;
using static Ros2.Tests.Support.TestGraph;

namespace Ros2.Client.Tests;

public sealed class TransformBufferTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Lookup_Chain_ComposesInTheRightOrder()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "odom", Second, x: 1, yaw: Math.PI / 2));
        buffer.SetTransform(Make("odom", "base", Second, x: 2));
        buffer.SetTransform(Make("base", "lidar", 0, z: 0.5), isStatic: true);

        TransformStamped mapFromLidar = buffer.LookupTransform("map", "lidar", Second);

        AssertTransform(mapFromLidar, 1, 2, 0.5, Math.PI / 2);
        Assert.Equal(("map", "lidar"), (mapFromLidar.Header.FrameId, mapFromLidar.ChildFrameId));
        AssertTransform(buffer.LookupTransform("lidar", "map", Second), -2, 1, -0.5, -Math.PI / 2);
        AssertTransform(buffer.LookupTransform("base", "base", 77), 0, 0, 0, 0);
    }

    [Fact]
    public void ChainBetween_TwoFrames_GoesOverTheirNearestCommonParent()
    {
        var buffer = new TransformBuffer();
        foreach ((string parent, string child) in new[] { ("map", "odom"), ("odom", "base"), ("base", "lidar"), ("odom", "arm"), ("x", "y"), ("y", "x") })
        {
            buffer.SetTransform(Make(parent, child, Second));
        }

        Assert.Equal(["lidar", "base", "odom", "arm"], buffer.ChainBetween("/lidar", "arm"));
        Assert.Equal(["map", "odom"], buffer.ChainBetween("map", "odom"));
        Assert.Equal(["arm"], buffer.ChainBetween("arm", "arm"));
        Assert.Empty(buffer.ChainBetween("x", "map"));
        Assert.Empty(buffer.ChainBetween("map", "unknown"));
    }

    [Fact]
    public void Lookup_Siblings_GoesOverTheirCommonParent()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "rover_1", Second, x: 3));
        buffer.SetTransform(Make("map", "rover_2", Second, x: 10, yaw: Math.PI));

        AssertTransform(buffer.LookupTransform("rover_1", "rover_2", Second), 7, 0, 0, Math.PI);
    }

    [Fact]
    public void Lookup_BetweenTwoStamps_Interpolates()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", Second, x: 0, yaw: 0));
        buffer.SetTransform(Make("map", "base", 2 * Second, x: 4, yaw: 2));

        AssertTransform(buffer.LookupTransform("map", "base", Second + (Second / 4)), 1, 0, 0, 0.5);
    }

    [Fact]
    public void Lookup_Latest_IsTheLatestCommonTime()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "odom", Second, x: 1));
        buffer.SetTransform(Make("map", "odom", 3 * Second, x: 3));
        buffer.SetTransform(Make("odom", "base", Second));
        buffer.SetTransform(Make("odom", "base", 2 * Second));

        TransformStamped transform = buffer.LookupTransform("map", "base");

        Assert.Equal(2 * Second, RosTime.ToNanoseconds(transform.Header.Stamp));
        AssertTransform(transform, 2, 0, 0, 0);
    }

    [Fact]
    public void Lookup_OutOfOrderArrival_IsSorted()
    {
        var buffer = new TransformBuffer();
        foreach (int second in new[] { 3, 1, 2, 2 })
        {
            Assert.True(buffer.SetTransform(Make("map", "base", second * Second, x: second)));
        }

        AssertTransform(buffer.LookupTransform("map", "base", (3 * Second) / 2), 1.5, 0, 0, 0);
        AssertTransform(buffer.LookupTransform("map", "base", (5 * Second) / 2), 2.5, 0, 0, 0);
    }

    [Theory]
    [InlineData("map", "ghost", 0, TransformError.Lookup)]
    [InlineData("ghost", "base", 0, TransformError.Lookup)]
    [InlineData("map", "island", 0, TransformError.Connectivity)]
    [InlineData("map", "base", Second - 1, TransformError.BackwardExtrapolation)]
    [InlineData("map", "base", (2 * Second) + 1, TransformError.ForwardExtrapolation)]
    [InlineData("", "base", 0, TransformError.InvalidArgument)]
    [InlineData("/map", "base", 0, TransformError.InvalidArgument)]
    [InlineData("sea", "island", 2 * Second, TransformError.NoDataForExtrapolation)]
    public void Lookup_NotAvailable_SaysWhy(string target, string source, long timeNs, TransformError expected)
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", Second));
        buffer.SetTransform(Make("map", "base", 2 * Second));
        buffer.SetTransform(Make("sea", "island", Second));

        Assert.False(buffer.TryLookupTransform(target, source, timeNs, out _, out TransformError error, out string? reason));
        Assert.Equal(expected, error);
        Assert.NotEmpty(reason!);
        Assert.Equal(expected, Assert.Throws<TransformException>(() => buffer.LookupTransform(target, source, timeNs)).Error);
        Assert.False(buffer.CanTransform(target, source, timeNs));
    }

    [Fact]
    public void Set_BadTransform_IsRefused()
    {
        var buffer = new TransformBuffer();
        TransformStamped unnormalized = Make("map", "base", Second);
        unnormalized.Transform.Rotation.W = 0.5;
        TransformStamped old = Make("map", "base", Second);

        Assert.False(buffer.SetTransform(Make("map", "base", Second, x: double.NaN)));
        Assert.False(buffer.SetTransform(Make("map", "base", Second, yaw: double.PositiveInfinity)));
        Assert.False(buffer.SetTransform(unnormalized));
        Assert.False(buffer.SetTransform(Make("map", "map", Second)));
        Assert.False(buffer.SetTransform(Make("", "base", Second)));
        Assert.True(buffer.SetTransform(Make("map", "base", 20 * Second)));
        Assert.False(buffer.SetTransform(old));
        Assert.Equal(6, buffer.RefusedCount);
    }

    [Fact]
    public void Set_LongHistory_KeepsTheCacheTimeOnly()
    {
        var buffer = new TransformBuffer(TimeSpan.FromSeconds(2));
        for (int i = 0; i <= 1000; i++)
        {
            buffer.SetTransform(Make("map", "base", i * Second / 10, x: i));
        }

        AssertTransform(buffer.LookupTransform("map", "base", 98 * Second), 980, 0, 0, 0);
        Assert.False(buffer.CanTransform("map", "base", 80 * Second));
    }

    [Fact]
    public void Lookup_LoopOfFrames_EndsWithAnError()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("a", "b", Second));
        buffer.SetTransform(Make("b", "a", Second));
        buffer.SetTransform(Make("x", "y", Second));

        Assert.False(buffer.CanTransform("a", "y", Second));
        Assert.False(buffer.CanTransform("a", "y", TransformBuffer.Latest, out string? reason));
        Assert.Contains("loop", reason, StringComparison.Ordinal);
        Assert.Contains("Frame a exists with parent b.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TimeTravel_GoesThroughTheFixedFrame()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", Second, x: 1));
        buffer.SetTransform(Make("map", "base", 2 * Second, x: 5));

        AssertTransform(buffer.LookupTransform("base", 2 * Second, "base", Second, "map"), -4, 0, 0, 0);
    }

    [Fact]
    public void Interpolation_AnyTwoRotations_MovesAtConstantRate() => Prop
        .ForAll<double, double, double>((a, b, c) =>
        {
            double from = Wrap(a);
            double turn = Wrap(b) * 0.99;
            double ratio = Math.Abs(Wrap(c)) / Math.PI;
            RigidTransform first = RigidTransform.From(Make("m", "b", 0, yaw: from).Transform)!.Value;
            RigidTransform second = RigidTransform.From(Make("m", "b", 0, yaw: from + turn).Transform)!.Value;
            RigidTransform between = RigidTransform.Interpolate(first, second, ratio);
            double got = 2 * Math.Atan2(between.Qz, between.Qw);
            double error = Math.IEEERemainder(got - (from + (turn * ratio)), 2 * Math.PI);
            return Math.Abs(error) < 1e-12;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20240103, 7));

    [Fact]
    public void Inverse_Composed_IsIdentity() => Prop
        .ForAll<double, double>((a, b) =>
        {
            RigidTransform t = RigidTransform.From(Make("m", "b", 0, x: Wrap(a), z: Wrap(b), yaw: Wrap(a + b)).Transform)!.Value;
            RigidTransform unit = t.Compose(t.Inverse());
            return Math.Abs(unit.X) + Math.Abs(unit.Y) + Math.Abs(unit.Z) < 1e-12 && Math.Abs(Math.Abs(unit.Qw) - 1) < 1e-12;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20240104, 7));

    [Fact]
    public void Listener_OnTheBus_FillsTheBufferAndCompletesWaits()
    {
        using var graph = new TestGraph();
        Node sender = graph.Node("a", "sender");
        var dynamic = new TransformBroadcaster(sender);
        var fixedOnes = new StaticTransformBroadcaster(sender);
        fixedOnes.SendTransform(Make("base", "lidar", 0, z: 1));
        Node node = graph.Node("b", "listener");
        using var listener = new TransformListener(new TransformBuffer(), node);
        Task<TransformStamped> waiting = listener.Buffer.WaitForTransformAsync(
            node, "map", "lidar", Ms(500), TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Task<TransformStamped> hopeless = listener.Buffer.WaitForTransformAsync(
            node, "map", "ghost", Ms(500), TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        sender.CreateTimer(TimeSpan.FromMilliseconds(200), _ =>
            dynamic.SendTransform(Make("map", "base", sender.Clock.NowNanoseconds, x: sender.Clock.NowNanoseconds / 1e9)));
        graph.Bus.RunUntil(Ms(599));
        Assert.False(waiting.IsCompleted);
        graph.Bus.RunUntil(Ms(600));
        Assert.True(waiting.IsCompleted);
        graph.Bus.RunUntil(Ms(3000));

        AssertTransform(waiting.Result, 0.5, 0, 1, 0);
        Assert.Equal(TransformError.Timeout, ((TransformException)hopeless.Exception!.InnerException!).Error);
        Assert.Equal(["base", "lidar", "map"], listener.Buffer.GetFrames());
        Assert.Empty(node.Timers);
    }

    [Fact]
    public void Listener_ClockJumpsBack_ForgetsMovingTransforms()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("b", "listener");
        using var listener = new TransformListener(new TransformBuffer(), node);
        node.Clock.EnableRosTimeOverride();
        node.Clock.SetRosTimeOverride(5 * Second);
        listener.Buffer.SetTransform(Make("map", "base", 5 * Second));
        listener.Buffer.SetTransform(Make("base", "lidar", 0), isStatic: true);
        node.Clock.SetRosTimeOverride(6 * Second);
        Assert.True(listener.Buffer.CanTransform("map", "lidar"));

        node.Clock.SetRosTimeOverride(Second);

        Assert.False(listener.Buffer.CanTransform("map", "lidar"));
        Assert.True(listener.Buffer.CanTransform("base", "lidar"));
    }

    private static double Wrap(double value) => double.IsFinite(value) ? Math.IEEERemainder(value, 2 * Math.PI) : 1;
}
