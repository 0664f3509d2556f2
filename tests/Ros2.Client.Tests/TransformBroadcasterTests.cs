using geometry_msgs.msg;
using ROS2;
using Ros2.Tests.Support;
using tf2_msgs.msg;

namespace Ros2.Client.Tests;

public sealed class TransformBroadcasterTests
{
    [Fact]
    public void StaticBroadcaster_LateListener_GetsTheLastOfEachChild()
    {
        using var graph = new TestGraph();
        var broadcaster = new StaticTransformBroadcaster(graph.Node("a", "n"));
        broadcaster.SendTransform(Transform("base", "lidar", 1));
        broadcaster.SendTransform(Transform("base", "camera", 2));
        broadcaster.SendTransform([Transform("base", "lidar", 3)]);
        var received = new List<string>();
        graph.Node("b", "late").CreateSubscription<TFMessage>("/tf_static", m => received.Add(Show(m)), QosProfile.StaticTransformProfile);
        graph.Bus.RunUntil(1);

        Assert.Equal(["base>lidar 3, base>camera 2"], received);
    }

    [Fact]
    public void Broadcaster_SendsWhatIsGiven()
    {
        using var graph = new TestGraph();
        var broadcaster = new TransformBroadcaster(graph.Node("a", "n"));
        var received = new List<string>();
        graph.Node("b", "listener").CreateSubscription<TFMessage>("/tf", m => received.Add(Show(m)), QosProfile.DynamicTransformProfile);
        broadcaster.SendTransform(Transform("map", "odom", 1));
        broadcaster.SendTransform([Transform("map", "odom", 2), Transform("odom", "base", 3)]);
        graph.Bus.RunUntil(1);

        Assert.Equal(["map>odom 1", "map>odom 2, odom>base 3"], received);
    }

    private static TransformStamped Transform(string parent, string child, double x)
    {
        var transform = new TransformStamped { ChildFrameId = child };
        transform.Header.FrameId = parent;
        transform.Transform.Translation.X = x;
        return transform;
    }

    private static string Show(TFMessage message) => string.Join(
        ", ", message.Transforms.Select(t => $"{t.Header.FrameId}>{t.ChildFrameId} {t.Transform.Translation.X}"));
}
