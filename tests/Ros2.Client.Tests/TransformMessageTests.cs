using System.Buffers.Binary;
using geometry_msgs.msg;
using ROS2;
using Ros2.Tests.Support;
using sensor_msgs.msg;
using static Ros2.Client.Tests.TransformSamples;
using static Ros2.Tests.Support.TestGraph;

namespace Ros2.Client.Tests;

/// <summary>Messages carried between frames, and the filter that waits until they can be.</summary>
public sealed class TransformMessageTests
{
    private const long Second = 1_000_000_000;

    // A quarter turn to the left, then one forward and two up.
    private static readonly TransformStamped Quarter = Make("map", "base", Second, x: 1, z: 2, yaw: Math.PI / 2);

    [Fact]
    public void DoTransform_PointVectorPose_TranslatesWhatHasAPlace()
    {
        PointStamped point = TransformMessages.DoTransform(new PointStamped { Point = new Point { X = 3 } }, Quarter);
        Vector3Stamped vector = TransformMessages.DoTransform(new Vector3Stamped { Vector = new Vector3 { X = 3 } }, Quarter);
        PoseStamped pose = TransformMessages.DoTransform(
            new PoseStamped { Pose = new Pose { Position = new Point { Y = 1 }, Orientation = new Quaternion { W = 1 } } }, Quarter);
        WrenchStamped wrench = TransformMessages.DoTransform(
            new WrenchStamped { Wrench = new Wrench { Force = new Vector3 { X = 1 }, Torque = new Vector3 { Y = 1 } } }, Quarter);

        Assert.Equal((1.0, 3.0, 2.0), Rounded(point.Point.X, point.Point.Y, point.Point.Z));
        Assert.Equal((0.0, 3.0, 0.0), Rounded(vector.Vector.X, vector.Vector.Y, vector.Vector.Z));
        Assert.Equal((0.0, 0.0, 2.0), Rounded(pose.Pose.Position.X, pose.Pose.Position.Y, pose.Pose.Position.Z));
        Assert.Equal(Math.Sin(Math.PI / 4), pose.Pose.Orientation.Z, 12);
        Assert.Equal((0.0, 1.0, 0.0), Rounded(wrench.Wrench.Force.X, wrench.Wrench.Force.Y, wrench.Wrench.Force.Z));
        Assert.Equal((-1.0, 0.0, 0.0), Rounded(wrench.Wrench.Torque.X, wrench.Wrench.Torque.Y, wrench.Wrench.Torque.Z));
        Assert.Equal(("map", Second), (point.Header.FrameId, RosTime.ToNanoseconds(point.Header.Stamp)));
    }

    [Fact]
    public void DoTransform_Covariance_TurnsItsAxes()
    {
        var pose = new PoseWithCovarianceStamped();
        pose.Pose.Pose.Orientation.W = 1;
        (pose.Pose.Covariance[0], pose.Pose.Covariance[7], pose.Pose.Covariance[1], pose.Pose.Covariance[6]) = (4, 1, 0.5, 0.5);
        (pose.Pose.Covariance[21], pose.Pose.Covariance[3]) = (9, 2);

        double[] turned = TransformMessages.DoTransform(pose, Quarter).Pose.Covariance;

        Assert.Equal((1.0, 4.0, -0.5), Rounded(turned[0], turned[7], turned[1]));
        Assert.Equal((9.0, 0.0, 2.0), Rounded(turned[28], turned[21], turned[10]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DoTransform_PointCloud_MovesItsPointsAndKeepsTheRest(bool isBigEndian)
    {
        PointCloud2 cloud = Cloud(isBigEndian, (3, 0, 0, 7), (float.NaN, 0, 0, 8));

        PointCloud2 moved = TransformMessages.DoTransform(cloud, Quarter);

        Assert.Equal((1.0, 3.0, 2.0), Rounded(Value(moved, 0), Value(moved, 4), Value(moved, 8)));
        Assert.Equal(7, Value(moved, 12));
        Assert.True(float.IsNaN(Value(moved, 16)));
        Assert.Equal(8, Value(moved, 28));
        Assert.Equal(3, Value(cloud, 0));
        cloud.Width = 3;
        Assert.Throws<ArgumentException>(() => TransformMessages.DoTransform(cloud, Quarter));
    }

    [Fact]
    public void BufferTransform_StampedMessage_UsesItsFrameAndStamp()
    {
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", Second, x: 1));
        buffer.SetTransform(Make("map", "base", 2 * Second, x: 2));
        var point = new PointStamped();
        point.Header.FrameId = "base";
        RosTime.Write(point.Header.Stamp, 3 * Second / 2);

        Assert.Equal(1.5, buffer.Transform(point, "map").Point.X, 12);
        Assert.Equal(-0.5, buffer.Transform(point, "base", 2 * Second, "map").Point.X, 12);
        Assert.Throws<ArgumentException>(() => buffer.Transform(new Imu { Header = point.Header }, "map"));
        Assert.Throws<ArgumentException>(() => buffer.Transform(new Point(), "map"));
    }

    [Fact]
    public void Filter_TransformComesLater_HandsOnInOrder()
    {
        using var graph = new TestGraph();
        var buffer = new TransformBuffer();
        var got = new List<double>();
        using var filter = new TransformMessageFilter<PointStamped>(graph.Node("a", "n"), buffer, "/map", m => got.Add(m.Point.X));
        filter.Add(At("base", Second, 1));
        filter.Add(At("base", 2 * Second, 2));
        filter.Add(At("base", 3 * Second, 3));
        buffer.SetTransform(Make("map", "base", Second));
        Assert.Equal([1], got);

        buffer.SetTransform(Make("map", "base", (5 * Second) / 2));
        filter.Add(At("base", 2 * Second, 4));

        Assert.Equal([1, 2, 4], got);
        Assert.Equal((4, 3, 0, 1), (filter.IncomingCount, filter.DeliveredCount, filter.DroppedCount, filter.WaitingCount));
        filter.Clear();
        Assert.Equal(0, filter.WaitingCount);
    }

    [Fact]
    public void Filter_SeveralTargetsAndTolerance_WaitsForAllOfThem()
    {
        using var graph = new TestGraph();
        var buffer = new TransformBuffer();
        int got = 0;
        using var filter = new TransformMessageFilter<PointStamped>(
            graph.Node("a", "n"), buffer, "map", _ => got++, new TransformMessageFilterOptions { Tolerance = TimeSpan.FromSeconds(1) });
        filter.SetTargetFrames("map", "odom");
        filter.Add(At("base", Second, 1));
        foreach (long second in new[] { 1, 2 })
        {
            buffer.SetTransform(Make("odom", "base", second * Second));
        }

        buffer.SetTransform(Make("map", "odom", Second));
        Assert.Equal(0, got);
        buffer.SetTransform(Make("map", "odom", 2 * Second));

        Assert.Equal(1, got);
    }

    [Fact]
    public void Filter_MessageThatCannotBeTransformed_IsDroppedWithTheReason()
    {
        using var graph = new TestGraph();
        RosContext host = graph.Host("a");
        var buffer = new TransformBuffer(TimeSpan.FromSeconds(1));
        var dropped = new List<(double, FilterFailureReason)>();
        using var filter = new TransformMessageFilter<PointStamped>(
            host.CreateNode("n"),
            buffer,
            "map",
            _ => Assert.Fail("nothing can be transformed"),
            new TransformMessageFilterOptions { QueueSize = 2, Timeout = TimeSpan.FromSeconds(5) });
        filter.Dropped += (m, reason) => dropped.Add((m.Point.X, reason));

        filter.Add(At("", Second, 0));
        filter.Add(At("base", 100 * Second, 1));
        filter.Add(At("base", Second, 2));
        filter.Add(At("base", 100 * Second, 3));
        buffer.SetTransform(Make("map", "base", 9 * Second));
        graph.Bus.RunUntil(Ms(6000));

        Assert.Equal(
            [(0, FilterFailureReason.EmptyFrameId), (1, FilterFailureReason.QueueFull), (2, FilterFailureReason.OutTheBack), (3, FilterFailureReason.NoTransformFound)],
            dropped);
        Assert.Equal(4, filter.DroppedCount);
        Assert.Contains(
            "Message Filter dropping message: frame 'base' at time 1.000 for reason 'the timestamp on the message is earlier than all the data in the transform cache'",
            ((MemoryLog)host.Options.LogSink!).Records.Select(r => r.Message));
    }

    [Fact]
    public void Filter_Subscribed_GetsMessagesOfTheTopic()
    {
        using var graph = new TestGraph();
        Node sender = graph.Node("a", "sender");
        Publisher<PointStamped> publisher = sender.CreatePublisher<PointStamped>("points");
        var buffer = new TransformBuffer();
        buffer.SetTransform(Make("map", "base", 0), isStatic: true);
        int got = 0;
        var filter = new TransformMessageFilter<PointStamped>(graph.Node("b", "n"), buffer, "map", _ => got++);
        filter.Subscribe("points");
        sender.CreateTimer(TimeSpan.FromMilliseconds(100), _ => publisher.Publish(At("base", Second, 1)));
        graph.Bus.RunUntil(Ms(350));
        Assert.Equal(3, got);

        filter.Dispose();
        graph.Bus.RunUntil(Ms(1000));

        Assert.Equal(3, got);
        Assert.Throws<ArgumentException>(() => new TransformMessageFilter<Point>(sender, buffer, "map", _ => { }));
    }

    private static (double X, double Y, double Z) Rounded(double x, double y, double z) =>
        (Math.Round(x, 6) + 0.0, Math.Round(y, 6) + 0.0, Math.Round(z, 6) + 0.0);

    private static PointStamped At(string frame, long stampNs, double x)
    {
        var point = new PointStamped { Point = new Point { X = x } };
        point.Header.FrameId = frame;
        RosTime.Write(point.Header.Stamp, stampNs);
        return point;
    }

    private static PointCloud2 Cloud(bool isBigEndian, params (float X, float Y, float Z, float Intensity)[] points)
    {
        var cloud = new PointCloud2 { Height = 1, Width = (uint)points.Length, PointStep = 16, IsBigendian = isBigEndian };
        cloud.RowStep = cloud.Width * cloud.PointStep;
        foreach ((int i, string name) in new[] { "x", "y", "z", "intensity" }.Index())
        {
            cloud.Fields.Add(new PointField { Name = name, Offset = (uint)(4 * i), Datatype = PointField.FLOAT32, Count = 1 });
        }

        byte[] bytes = new byte[4];
        foreach (float value in points.SelectMany(p => new[] { p.X, p.Y, p.Z, p.Intensity }))
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            cloud.Data.AddRange(isBigEndian ? bytes.Reverse() : bytes);
        }

        return cloud;
    }

    private static float Value(PointCloud2 cloud, int at)
    {
        byte[] bytes = [.. cloud.Data.GetRange(at, 4)];
        return cloud.IsBigendian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes);
    }
}
