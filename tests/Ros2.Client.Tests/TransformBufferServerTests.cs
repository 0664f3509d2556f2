using geometry_msgs.msg;
using ROS2;
using Ros2.Tests.Support;
using static Ros2.Client.Tests.TransformSamples;
using static Ros2.Tests.Support.TestGraph;

namespace Ros2.Client.Tests;

/// <summary>Looking transforms up in another node's buffer.</summary>
public sealed class TransformBufferServerTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly TestGraph _graph = new();
    private readonly TransformBuffer _buffer = new();
    private readonly Node _owner;
    private readonly TransformBufferServer _server;
    private readonly TransformBufferClient _client;

    public TransformBufferServerTests()
    {
        _owner = _graph.Node("a", "owner");
        _server = new TransformBufferServer(_buffer, _owner);
        _client = new TransformBufferClient(_graph.Node("b", "asker"));
        _graph.Bus.RunUntil(Ms(100));
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _graph.Dispose();
    }

    [Fact]
    public void Lookup_ThereOrSoon_IsAnswered()
    {
        _buffer.SetTransform(Make("map", "base", Second, x: 1));
        Task<TransformStamped> now = _client.LookupTransformAsync("map", "base", Second, TimeSpan.Zero);
        Task<TransformStamped> soon = _client.LookupTransformAsync("map", "base", 2 * Second, TimeSpan.FromSeconds(5));
        Task<TransformStamped> travel = _client.LookupTransformAsync("base", 2 * Second, "base", Second, "map", TimeSpan.FromSeconds(5));
        _graph.Bus.RunUntil(Ms(500));
        AssertTransform(now.Result, 1, 0, 0, 0);
        Assert.False(soon.IsCompleted);

        _buffer.SetTransform(Make("map", "base", 2 * Second, x: 3));
        _graph.Bus.RunUntil(Ms(1000));

        AssertTransform(soon.Result, 3, 0, 0, 0);
        AssertTransform(travel.Result, -2, 0, 0, 0);
        Assert.Empty(_owner.Timers.Where(timer => timer.Period == TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Lookup_NotThere_FailsWithTheKind()
    {
        _buffer.SetTransform(Make("map", "base", Second));
        Task<TransformStamped> unknown = _client.LookupTransformAsync("map", "ghost", 0, TimeSpan.Zero);
        Task<TransformStamped> late = _client.LookupTransformAsync("map", "base", 2 * Second, TimeSpan.Zero);
        Task<TransformStamped> never = _client.LookupTransformAsync("map", "base", 2 * Second, TimeSpan.FromSeconds(2));
        _graph.Bus.RunUntil(Ms(1000));
        Assert.Equal(TransformError.Lookup, KindOf(unknown));
        Assert.Equal(TransformError.NoDataForExtrapolation, KindOf(late));
        Assert.False(never.IsCompleted);

        _graph.Bus.RunUntil(Ms(5000));

        Assert.Equal(TransformError.Timeout, KindOf(never));
    }

    private static TransformError KindOf(Task task) => ((TransformException)task.Exception!.InnerException!).Error;
}
