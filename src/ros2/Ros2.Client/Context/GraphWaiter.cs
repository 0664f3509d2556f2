namespace ROS2;

/// <summary>Completes a task when a condition on the graph holds, checked at each change, or when time runs out.</summary>
internal sealed class GraphWaiter(RosContext context, Func<bool> condition)
{
    private readonly TaskCompletionSource<bool> _source = new();
    private Timer? _timer;

    public static Task<bool> Start(Node node, Func<bool> condition, TimeSpan timeout)
    {
        if (condition())
        {
            return Task.FromResult(true);
        }

        var waiter = new GraphWaiter(node.Context, condition);
        node.Context.Add(waiter);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            waiter._timer = node.CreateTimer(timeout, _ => waiter.Finish(condition()));
        }

        waiter.Check();
        return waiter._source.Task;
    }

    /// <summary>Ends the wait if the condition holds.</summary>
    /// <returns>Whether it does.</returns>
    public bool Check()
    {
        if (!condition())
        {
            return false;
        }

        Finish(true);
        return true;
    }

    private void Finish(bool result)
    {
        context.Remove(this);
        _timer?.Dispose();
        _source.TrySetResult(result);
    }
}
